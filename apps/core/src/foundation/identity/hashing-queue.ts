import { unreachable } from '../../kernel/errors.js';

/** A few at a time, a short queue, then an honest no: hashing is made to be expensive. */
export class HashingQueue {
  private running = 0;
  private readonly waiting: Array<() => void> = [];

  constructor(private readonly limits: { atOnce: number; queued: number }) {}

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.limits.atOnce) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= this.limits.queued)
      throw unreachable('busy', 'Too many people sign in right now. Try again in a moment.', {
        params: { retryAfterSeconds: 1 },
      });
    // Whoever leaves hands its place over, so `running` stays as it is.
    await new Promise<void>((enter) => this.waiting.push(enter));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
