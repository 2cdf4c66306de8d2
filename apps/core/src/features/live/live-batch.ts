import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Topic } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';

/** A burst becomes one flush; a single change does not wait. */
const BETWEEN_FLUSHES_MS = 20;

/** One thing changed; what that means depends on who looks. */
export interface Touch {
  readonly id: string;
  readonly topics: readonly Topic[];
  /** As its list shows it; undefined where this actor may not see it, or where it is no more. */
  readonly read: (actor: Actor) => unknown;
  readonly wasVisibleTo: (actor: Actor) => boolean;
  /** Who is shown the same; without it, whoever has the same rights. */
  readonly keyOf?: (actor: Actor) => string;
}

/** Gathers what changed, in order; what changed twice is told once, as it is now. */
export class LiveBatch {
  private pending = new Map<string, Touch>();
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly flush: (touches: readonly Touch[]) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  add(touch: Touch): void {
    if (this.stopping.signal.aborted) return;
    const earlier = this.pending.get(touch.id);
    this.pending.delete(touch.id);
    this.pending.set(touch.id, earlier ? { ...touch, wasVisibleTo: earlier.wasVisibleTo } : touch);
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    await nextTurn();
    while (this.pending.size > 0 && !signal.aborted) {
      const touches = [...this.pending.values()];
      this.pending = new Map();
      await this.flush(touches).catch(this.onError);
      await pause(BETWEEN_FLUSHES_MS, undefined, { signal }).catch(() => undefined); // stopped while waiting
    }
  }
}
