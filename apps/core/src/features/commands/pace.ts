import { setTimeout as pause } from 'node:timers/promises';

const SECOND_MS = 1000;

/** Lets no more than so many bytes a second by: who says more waits. */
export class Pace {
  private taken = 0;
  private sinceMs = performance.now();

  constructor(private readonly mostPerSecond: number) {}

  async take(bytes: number): Promise<void> {
    this.taken += bytes;
    if (this.taken < this.mostPerSecond) return;
    const leftMs = this.sinceMs + (this.taken / this.mostPerSecond) * SECOND_MS - performance.now();
    if (leftMs > 0) await pause(leftMs);
    this.taken = 0;
    this.sinceMs = performance.now();
  }
}
