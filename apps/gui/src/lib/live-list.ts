import type { Change, Position } from '@bailiwick/contract';
import { inNextFrame } from './next-frame.ts';

export interface Identified {
  id: string;
}

/**
 * One topic's items by id. Each row subscribes to its own item, so that a change of one row renders one row; what
 * comes between two frames is told once. Changes come in order; a hole in the sequence is answered with `false` and the caller asks for a snapshot.
 */
export class LiveList<Item extends Identified> {
  private byId = new Map<string, Item>();
  private all: readonly Item[] | null = null;
  private position: Position | null = null;
  private readonly listListeners = new Set<() => void>();
  private readonly itemListeners = new Map<string, Set<() => void>>();
  /** What changed since somebody was told. */
  private readonly untold = new Set<string>();

  constructor(
    initial: readonly Item[] = [],
    private readonly soon: (work: () => void) => void = inNextFrame,
  ) {
    this.fill(initial);
  }

  /** Where this list stands in its topic; null until the first snapshot. */
  get since(): Position | null {
    return this.position;
  }

  items = (): readonly Item[] => (this.all ??= [...this.byId.values()]);

  get = (id: string): Item | undefined => this.byId.get(id);

  subscribe = (listener: () => void): (() => void) => {
    this.listListeners.add(listener);
    return () => this.listListeners.delete(listener);
  };

  subscribeItem(id: string, listener: () => void): () => void {
    const listeners = this.itemListeners.get(id) ?? new Set();
    this.itemListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.itemListeners.get(id) === listeners) this.itemListeners.delete(id);
    };
  }

  /** Everything anew: the first state, or the state after a gap. */
  reset(items: readonly Item[], position: Position): void {
    const before = this.byId;
    this.fill(items);
    this.position = position;
    this.tellList();
    for (const id of this.itemListeners.keys()) if (before.get(id) !== this.byId.get(id)) this.tellItem(id);
  }

  /** False when changes were missed; the list is then as it was. */
  apply(change: Pick<Change, 'epoch' | 'seq' | 'type' | 'id'>, item: Item | undefined): boolean {
    if (this.position === null || change.epoch !== this.position.epoch) return false;
    if (change.seq <= this.position.seq) return true;
    if (change.seq !== this.position.seq + 1) return false;
    this.position = { epoch: change.epoch, seq: change.seq };
    if (change.type === 'remove') this.byId.delete(change.id);
    else if (item) this.byId.set(change.id, item);
    this.all = null;
    const isFirst = this.untold.size === 0;
    this.untold.add(change.id);
    if (isFirst) this.soon(() => this.tellUntold());
    return true;
  }

  private fill(items: readonly Item[]): void {
    this.byId = new Map(items.map((item) => [item.id, item]));
    this.all = null;
  }

  private tellUntold(): void {
    const ids = [...this.untold];
    this.untold.clear();
    this.tellList();
    for (const id of ids) this.tellItem(id);
  }

  private tellList(): void {
    for (const listener of [...this.listListeners]) listener();
  }

  private tellItem(id: string): void {
    for (const listener of [...(this.itemListeners.get(id) ?? [])]) listener();
  }
}
