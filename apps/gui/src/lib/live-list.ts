import type { Change, Position } from '@bailiwick/contract';

export interface Identified {
  id: string;
}

/**
 * One topic's items by id. Each row subscribes to its own item, so that a change of one row renders one row.
 * Changes come in order; a hole in the sequence is answered with `false` and the caller asks for a snapshot.
 */
export class LiveList<Item extends Identified> {
  private byId = new Map<string, Item>();
  private all: readonly Item[] = [];
  private position: Position | null = null;
  private readonly listListeners = new Set<() => void>();
  private readonly itemListeners = new Map<string, Set<() => void>>();

  constructor(initial: readonly Item[] = []) {
    this.fill(initial);
  }

  /** Where this list stands in its topic; null until the first snapshot. */
  get since(): Position | null {
    return this.position;
  }

  items = (): readonly Item[] => this.all;

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
    this.all = [...this.byId.values()];
    this.tellList();
    this.tellItem(change.id);
    return true;
  }

  private fill(items: readonly Item[]): void {
    this.byId = new Map(items.map((item) => [item.id, item]));
    this.all = [...this.byId.values()];
  }

  private tellList(): void {
    for (const listener of [...this.listListeners]) listener();
  }

  private tellItem(id: string): void {
    for (const listener of [...(this.itemListeners.get(id) ?? [])]) listener();
  }
}
