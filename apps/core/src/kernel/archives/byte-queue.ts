import { Buffer } from 'node:buffer';
import { ArchiveRefused } from './archive.js';

const NOTHING: Buffer = Buffer.alloc(0);

/** What comes in pieces of any length, taken in those that are wanted. Never more than one piece is held. */
export class ByteQueue {
  private readonly source: AsyncIterator<Buffer>;
  private held: Buffer = NOTHING;

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Exactly so many; an archive that ends before is broken. */
  async take(count: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = count; left > 0;) {
      const piece = await this.some(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return pieces.length === 1 ? (pieces[0] ?? NOTHING) : Buffer.concat(pieces);
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) left -= (await this.some(left)).length;
  }

  /** At least one and at most so many. */
  async some(most: number): Promise<Buffer> {
    const piece = await this.someOrEnd(most);
    if (piece.length === 0) throw new ArchiveRefused('broken');
    return piece;
  }

  /** The same, or none where there are no more. */
  async someOrEnd(most: number): Promise<Buffer> {
    while (this.held.length === 0) {
      const next = await this.source.next();
      if (next.done) return NOTHING;
      this.held = next.value;
    }
    const piece = this.held.subarray(0, most);
    this.held = this.held.subarray(piece.length);
    return piece;
  }
}
