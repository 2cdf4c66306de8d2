/** At most `limit` at once; tenants take turns, and within a tenant who has begun goes first, then the first to ask. */
export class FairSlots {
  private free: number;
  /** In the order of their next turn. */
  private readonly waiting = new Map<string, Array<() => void>>();

  constructor(limit: number) {
    this.free = limit;
  }

  acquire(tenant: string, { begun = false }: { begun?: boolean } = {}): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const queue = this.waiting.get(tenant);
      if (!queue) this.waiting.set(tenant, [resolve]);
      else if (begun) queue.unshift(resolve);
      else queue.push(resolve);
    });
  }

  release(): void {
    const turn = this.waiting.entries().next();
    if (turn.done) {
      this.free += 1;
      return;
    }
    const [tenant, queue] = turn.value;
    const next = queue.shift();
    this.waiting.delete(tenant);
    if (queue.length > 0) this.waiting.set(tenant, queue);
    next?.();
  }
}
