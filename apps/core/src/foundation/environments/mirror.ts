import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineInfo } from '@bailiwick/contract';
import type { Clock } from '../../kernel/clock.js';
import { isAppError } from '../../kernel/errors.js';
import type { Log } from '../../kernel/log/log.js';
import type { Engine, EngineContainer, EngineEvent } from './engine.js';
import { withoutDetails } from './inspection.rules.js';
import { isOutage, type OutageReason, toOutageReason } from './outage.rules.js';
import {
  abandonReads,
  beginInspect,
  beginList,
  emptyMirror,
  endInspect,
  endList,
  failInspect,
  findItem,
  hint,
} from './mirror.rules.js';
import { Slots } from './slots.js';

const PING_EVERY_MS = 5000;
const NS_PER_MS = 1_000_000n;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 2000;
const INSPECTS_AT_ONCE = 8;
/** Each call of a connection listens for its end; this many are no leak. */
const MOST_WAITING = 100;

export interface MirrorStatus {
  readonly state: 'connecting' | 'online' | 'offline';
  readonly sinceMs: number;
  /** When the mirror last agreed with the engine. */
  readonly syncedAtMs: number | null;
  readonly reason: OutageReason | null;
  readonly info: EngineInfo | null;
}

/** The end of a run, as the engine announced it. */
export interface MirrorEnd {
  readonly engineId: string;
  readonly exitCode: number | null;
  readonly atMs: number;
}

interface Wiring {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: Log;
  readonly resyncMs: number;
  /** These containers may have changed, appeared or gone. */
  readonly onTouched: (engineIds: readonly string[]) => void;
  /** Told before the container is looked at again: what started it anew meanwhile hides how it ended. */
  readonly onEnded: (end: MirrorEnd) => void;
  /** Whatever the engine announces; `looked` resolves when the container was looked at for it, or cannot be. */
  readonly onAnnounced: (event: EngineEvent, looked: Promise<void>) => void;
  readonly onStatus: () => void;
}

/** Ends when aborted; `lose` ends it with the reason. */
interface Connection {
  readonly signal: AbortSignal;
  readonly lose: (error: unknown) => void;
}

/** One engine, kept in memory: subscribe, list, swap, apply, and list again now and then. */
export class Mirror {
  status: MirrorStatus;
  private readonly picture = emptyMirror<EngineContainer>();
  private readonly slots = new Slots(INSPECTS_AT_ONCE);
  private readonly stopping = new AbortController();
  private readonly inspects = new Map<string, Promise<void>>();
  private connection: Connection | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly wiring: Wiring) {
    this.status = {
      state: 'connecting',
      sinceMs: wiring.clock.now(),
      syncedAtMs: null,
      reason: null,
      info: null,
    };
  }

  find(engineId: string): EngineContainer | undefined {
    return findItem(this.picture, engineId);
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Asks the engine about one container now; the picture holds the answer when this returns. */
  async refresh(engineId: string): Promise<void> {
    if (this.connection) return this.look(engineId, this.connection);
    await this.wiring.engine.ping(this.stopping.signal);
  }

  private async run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!this.stopping.signal.aborted) {
      const ending = new AbortController();
      setMaxListeners(MOST_WAITING, ending.signal);
      const stop = () => ending.abort();
      this.stopping.signal.addEventListener('abort', stop);
      try {
        await this.live(ending.signal, () => (retryMs = FIRST_RETRY_MS));
      } catch (error) {
        if (!this.stopping.signal.aborted) this.lose(error);
      } finally {
        this.connection = undefined;
        this.stopping.signal.removeEventListener('abort', stop);
        ending.abort();
        await Promise.allSettled(this.inspects.values());
        abandonReads(this.picture);
      }
      await pause(retryMs, undefined, { signal: this.stopping.signal }).catch(() => undefined); // stopped while waiting
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    }
  }

  /** Ends only by throwing: the engine is lost, or we are stopped. */
  private async live(signal: AbortSignal, onOnline: () => void): Promise<never> {
    const { engine } = this.wiring;
    await engine.ping(signal);
    const info = await engine.info(signal);
    const events = await engine.events(signal);
    await this.list(signal);
    onOnline();
    signal.throwIfAborted();
    return new Promise<never>((_, lose) => {
      const connection = { signal, lose };
      this.connection = connection;
      this.become({ state: 'online', reason: null, info });
      this.follow(events, connection).catch(lose);
      this.relist(signal).catch(lose);
      this.keepAsking(signal).catch(lose);
      signal.addEventListener('abort', () => lose(signal.reason), { once: true });
    });
  }

  private async follow(events: AsyncIterable<EngineEvent>, connection: Connection): Promise<void> {
    // Not awaited: a slow inspect of one container must not hold back the others.
    for await (const event of events) {
      const { engineId, action, exitCode, atNs } = event;
      if (action === 'die') this.wiring.onEnded({ engineId, exitCode, atMs: Number(atNs / NS_PER_MS) });
      const looked = this.look(engineId, connection).catch(() => undefined); // `look` told
      this.wiring.onAnnounced(event, looked);
    }
    throw new Error('The engine ended its events.');
  }

  /** An inspect that starts after this call, shared with whoever asks meanwhile. */
  private look(engineId: string, connection: Connection): Promise<void> {
    const running = this.inspects.get(engineId);
    if (!hint(this.picture, engineId) && running) return running;
    const look = this.slots
      .run(() => this.inspect(engineId, connection.signal))
      .catch((error: unknown) => {
        if (isOutage(error)) connection.lose(error);
        else this.wiring.log.warn({ err: error, engineId }, 'A container cannot be inspected');
        throw error;
      })
      .finally(() => this.inspects.delete(engineId));
    this.inspects.set(engineId, look);
    return look;
  }

  private async relist(signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(this.wiring.resyncMs, undefined, { signal });
      await this.list(signal);
    }
  }

  /** A hung engine keeps its connections open and says nothing: only an unanswered question shows it. */
  private async keepAsking(signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(PING_EVERY_MS, undefined, { signal });
      await this.wiring.engine.ping(signal);
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    const ticket = beginList(this.picture);
    const listed = await this.wiring.engine.list(signal);
    signal.throwIfAborted();
    this.touch(endList(this.picture, ticket, new Map(listed.map((item) => [item.engineId, item]))));
    this.status = { ...this.status, syncedAtMs: this.wiring.clock.now() };
  }

  private async inspect(engineId: string, signal: AbortSignal): Promise<void> {
    for (let again = true; again;) {
      signal.throwIfAborted();
      const ticket = beginInspect(this.picture, engineId);
      try {
        const item = await this.ask(engineId, signal);
        signal.throwIfAborted();
        const outcome = endInspect(this.picture, engineId, ticket, item);
        if (outcome.touched) this.touch([engineId]);
        again = outcome.again;
      } catch (error) {
        failInspect(this.picture, engineId, ticket);
        throw error;
      }
    }
  }

  private async ask(engineId: string, signal: AbortSignal): Promise<EngineContainer | undefined> {
    try {
      return withoutDetails(await this.wiring.engine.inspect(engineId, signal));
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  private touch(engineIds: readonly string[]): void {
    if (engineIds.length > 0) this.wiring.onTouched(engineIds);
  }

  private lose(error: unknown): void {
    const reason = toOutageReason(error);
    if (this.status.state !== 'offline')
      // An engine that is away is no bug of ours: its reason says more than our stack.
      this.wiring.log.warn(isAppError(error) ? { reason } : { err: error, reason }, 'The engine is lost');
    this.become({ state: 'offline', reason });
  }

  private become(next: Pick<MirrorStatus, 'state' | 'reason'> & { info?: EngineInfo }): void {
    const same = next.state === this.status.state && next.reason?.code === this.status.reason?.code;
    const sinceMs = next.state === this.status.state ? this.status.sinceMs : this.wiring.clock.now();
    this.status = { ...this.status, ...next, sinceMs };
    if (!same) this.wiring.onStatus();
  }
}
