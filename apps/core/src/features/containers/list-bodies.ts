/** A short body holds on to the whole slab of Node's pool that it was cut from. */
const LEAST_BYTES = Buffer.poolSize;

/** Answers kept ready, up to a bound: what is asked for is the client's choice, what it may hold is not. */
export class ListBodies {
  private readonly bodies = new Map<string, Buffer>();
  private heldBytes = 0;

  constructor(private readonly limitBytes: number) {}

  get count(): number {
    return this.bodies.size;
  }

  find(key: string): Buffer | undefined {
    return this.bodies.get(key);
  }

  /** When there is no room for it, everything makes room: what is still asked for is soon there again. */
  keep(key: string, body: Buffer): void {
    const bytes = Math.max(body.length, LEAST_BYTES) + 2 * key.length;
    if (this.heldBytes + bytes > this.limitBytes) this.clear();
    this.bodies.set(key, body);
    this.heldBytes += bytes;
  }

  clear(): void {
    this.bodies.clear();
    this.heldBytes = 0;
  }
}
