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

  /** From that byte on, at most so many; fewer where a chunk ends. */
  slice(from: number, most: number): Buffer {
    let at = this.start;
    for (const chunk of this.chunks) {
      if (from < at + chunk.length) return chunk.subarray(from - at, from - at + most);
      at += chunk.length;
    }
    return Buffer.alloc(0);
  }

  private shorten(by: number): void {
    const [first] = this.chunks;
    if (!first) return;
    if (first.length <= by) this.chunks.shift();
    else this.chunks[0] = first.subarray(by);
    this.kept -= Math.min(by, first.length);
  }
}
