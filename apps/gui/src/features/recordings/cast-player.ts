import type { TerminalSize } from '@bailiwick/contract';
import { type Cast, type CastEvent, readSize } from './cast.rules.ts';

const EVERY_MS = 50;
/** Written in one go; a terminal drops what comes faster than it draws. */
const MOST_CHARACTERS = 256 * 1024;

export interface CastScreen {
  write(text: string, options: { isReplay: boolean; done: () => void }): void;
  setSize(size: TerminalSize): void;
  clear(): void;
}
export interface CastState {
  atMs: number;
  plays: boolean;
}

/** Plays a recording on a screen: from anywhere, as fast as one likes. What it asks is answered to nobody. */
export class CastPlayer {
  private atMs = 0;
  private next = 0;
  private speed = 1;
  private timer: ReturnType<typeof setInterval> | undefined;
  /** Counts what was sought: what is still being drawn for an earlier place stops. */
  private seeks = 0;
  private isDrawing = false;

  constructor(
    private readonly screen: CastScreen,
    private readonly cast: Cast,
    private readonly tell: (state: CastState) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    screen.setSize(cast.size);
  }

  play(): void {
    if (this.timer !== undefined) return;
    if (this.atMs >= this.cast.lengthMs) void this.seek(0);
    let before = this.nowMs();
    this.timer = setInterval(() => {
      const now = this.nowMs();
      // What is not drawn yet is waited for.
      if (!this.isDrawing) void this.go(this.atMs + (now - before) * this.speed);
      before = now;
    }, EVERY_MS);
    this.say();
  }

  pause(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.say();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  /** Done when that moment is shown. */
  async seek(atMs: number): Promise<void> {
    this.seeks += 1;
    if (atMs < this.atMs) {
      this.screen.clear();
      this.screen.setSize(this.cast.size);
      this.next = 0;
    }
    await this.go(atMs);
  }

  dispose(): void {
    this.seeks += 1;
    clearInterval(this.timer);
  }

  private async go(atMs: number): Promise<void> {
    const seek = this.seeks;
    this.atMs = Math.min(atMs, this.cast.lengthMs);
    this.isDrawing = true;
    while (seek === this.seeks && this.isDue(this.cast.events[this.next])) await this.draw();
    if (seek !== this.seeks) return;
    this.isDrawing = false;
    if (this.atMs >= this.cast.lengthMs) this.pause();
    else this.say();
  }

  /** All that is due up to a new size, at most so much at once. */
  private async draw(): Promise<void> {
    let text = '';
    for (let event = this.cast.events[this.next]; this.isDue(event); event = this.cast.events[this.next]) {
      if (event.kind === 'r') {
        if (text !== '') break;
        const size = readSize(event.data);
        if (size) this.screen.setSize(size);
      } else text += event.data;
      this.next += 1;
      if (text.length >= MOST_CHARACTERS) break;
    }
    if (text !== '') await new Promise<void>((done) => this.screen.write(text, { isReplay: true, done }));
  }

  private isDue(event: CastEvent | undefined): event is CastEvent {
    return event !== undefined && event.atMs <= this.atMs;
  }

  private say(): void {
    this.tell({ atMs: this.atMs, plays: this.timer !== undefined });
  }
}
