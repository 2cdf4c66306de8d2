import type { EngineEvent } from './engine.js';
import type { SeenContainer } from './seen-container.js';

/** So many of those that went are still known by name: the engine says last that they are gone. */
const KEPT_PARTED = 1000;
/** So many announcements are known again: an engine that is asked anew begins a moment in the past. */
const KEPT_HEARD = 5000;

interface Wiring {
  readonly find: (engineId: string) => SeenContainer | undefined;
  /** Resolves when what was looked at is recorded. */
  readonly settled: () => Promise<void>;
  /** Whether another container has taken its place. */
  readonly isAnothers: (container: SeenContainer) => boolean;
  readonly tell: (told: { container: SeenContainer; event: EngineEvent }) => void;
}

/** What one engine announces, told once and for each container in order, as soon as it is known which one is meant. */
export class Announcements {
  private readonly telling = new Map<string, Promise<void>>();
  private readonly parted = new Map<string, SeenContainer>();
  private readonly heard = new Set<string>();

  constructor(private readonly wiring: Wiring) {}

  hear(event: EngineEvent, looked: Promise<void>): void {
    const { engineId, action, atNs } = event;
    const key = `${engineId} ${action} ${atNs}`;
    if (this.heard.has(key)) return;
    this.heard.add(key);
    forgetOldest(this.heard, KEPT_HEARD);
    const before = this.known(engineId);
    const earlier = this.telling.get(engineId) ?? Promise.resolve();
    const told = Promise.all([earlier, looked])
      .then(() => this.wiring.settled())
      .then(() => this.tell(event, before))
      .finally(() => {
        if (this.telling.get(engineId) === told) this.telling.delete(engineId);
      });
    this.telling.set(engineId, told);
  }

  /** It is not there any more. */
  part(container: SeenContainer): void {
    this.parted.set(container.engineId, container);
    forgetOldest(this.parted, KEPT_PARTED);
  }

  private tell(event: EngineEvent, before: SeenContainer | undefined): void {
    const container = this.known(event.engineId) ?? before;
    if (!container) return; // gone before anybody knew whose it was
    // What was made anew is another one to the engine and the same one to everybody else.
    if (event.action === 'destroy' && this.wiring.isAnothers(container)) return;
    if (event.action === 'rename' && before?.name === container.name) return;
    this.wiring.tell({ container, event });
  }

  private known(engineId: string): SeenContainer | undefined {
    return this.wiring.find(engineId) ?? this.parted.get(engineId);
  }
}

function forgetOldest(kept: Map<string, unknown> | Set<string>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
