/** The last bytes of a terminal, and which of all it ever said they are. */
export class TerminalRing {
  /** How many bytes there were in all. */
  end = 0;
  private readonly chunks: Buffer[] = [];
  private kept = 0;

  constructor(private readonly most: number) {}

  /** The number of the first byte that is still here. */
  get start(): number {
    return this.end - this.kept;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.end += chunk.length;
    this.kept += chunk.length;
    while (this.kept > this.most) this.shorten(this.kept - this.most);
  }

  /** From that byte on, at most so many, in however small pieces they came. */
  slice(from: number, most: number): Buffer {
    const parts: Buffer[] = [];
    let [at, missing] = [this.start, Math.min(most, this.end - from)];
    for (const chunk of this.chunks) {
      if (missing <= 0) break;
      const begin = Math.max(0, from - at);
      if (begin < chunk.length) {
        const part = chunk.subarray(begin, begin + missing);
        parts.push(part);
        missing -= part.length;
      }
      at += chunk.length;
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : Buffer.concat(parts);
  }

  private shorten(by: number): void {
    const [first] = this.chunks;
    if (!first) return;
    if (first.length <= by) this.chunks.shift();
    else this.chunks[0] = first.subarray(by);
    this.kept -= Math.min(by, first.length);
  }
}
