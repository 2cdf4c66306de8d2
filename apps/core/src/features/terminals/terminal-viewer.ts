import { TERMINAL_FRAME_BYTES, TERMINAL_HIGH_BYTES, type TerminalSize } from '@bailiwick/contract';
import { dataFrame, noticeFrame } from './terminal-frames.rules.js';
import type { TerminalRing } from './terminal-ring.js';

/**
 * A client may acknowledge every frame, and what it may say at once is bounded: beyond `FRAMES` that are not shown yet
 * only large ones go out, which together with what is unread at most stay within that.
 */
const [FRAMES, LARGE_BYTES] = [64, 4096];

/** Somebody who looks on: how far they were told, and how far they have shown it. */
export class TerminalViewer {
  size: TerminalSize;
  /** Took nothing for long while the program waited for it: nobody waits for it any more until it does. */
  isStalled = false;
  private sent: number;
  private shown: number;
  /** Where each frame ends that was sent and not shown yet. */
  private readonly open: number[] = [];

  constructor(
    readonly id: string,
    readonly name: string,
    size: TerminalSize,
    readonly send: (frame: Buffer) => void,
    private readonly ring: TerminalRing,
    after: number | undefined,
  ) {
    this.size = size;
    this.sent = after !== undefined && after >= ring.start && after <= ring.end ? after : ring.start;
    this.shown = this.sent;
  }

  /** Where what they are told begins. */
  get offset(): number {
    return this.sent;
  }

  /** What was said and they have not shown yet. */
  get behind(): number {
    return this.ring.end - this.shown;
  }

  acknowledge(bytes: number): void {
    this.shown = Math.min(this.sent, this.shown + bytes);
    this.isStalled = false;
    while (this.open[0] !== undefined && this.open[0] <= this.shown) this.open.shift();
  }

  /** All there is, as long as they keep up. */
  pump(): void {
    while (this.sent < this.ring.end && this.sent - this.shown < TERMINAL_HIGH_BYTES && this.isWorthAFrame) {
      if (this.sent < this.ring.start) this.skip();
      const bytes = this.ring.slice(this.sent, TERMINAL_FRAME_BYTES);
      this.sent += bytes.length;
      this.open.push(this.sent);
      this.send(dataFrame(bytes));
    }
  }

  /** Whoever shows what they get is told at once; nothing is held back from a program that waits. */
  private get isWorthAFrame(): boolean {
    return this.open.length < FRAMES || this.ring.end - this.sent >= LARGE_BYTES || this.behind >= TERMINAL_HIGH_BYTES;
  }

  private skip(): void {
    const bytes = this.ring.start - this.sent;
    this.sent = this.ring.start;
    this.shown += bytes;
    this.send(noticeFrame({ type: 'skipped', bytes }));
  }
}
