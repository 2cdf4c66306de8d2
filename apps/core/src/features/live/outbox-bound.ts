const MOST_MESSAGES = 2048;
const MOST_BYTES = 1024 * 1024;
/** A single large answer, such as a snapshot, is not a sign of falling behind. */
const ALWAYS_ALLOWED = 8;

/** What a connection has not taken yet. Whoever is too far behind is cut off and starts anew. */
export class OutboxBound {
  private messages = 0;
  private bytes = 0;

  /** False once it is too much. */
  add(bytes: number): boolean {
    this.messages += 1;
    this.bytes += bytes;
    return this.messages <= ALWAYS_ALLOWED || (this.messages <= MOST_MESSAGES && this.bytes <= MOST_BYTES);
  }

  /** The connection took everything. */
  empty(): void {
    this.messages = 0;
    this.bytes = 0;
  }
}
