import { Mutex } from './mutex.js';

const EVERY_MS = 3_600_000;

/** Work that is due at the start and every hour, one after the other; what fails is tried again in an hour. */
export class Hourly<Result> {
  private readonly turn = new Mutex();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly work: () => Promise<Result>,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    const due = () => void this.now().catch(this.failed);
    this.timer = setInterval(due, EVERY_MS).unref();
    due();
  }

  /** Once what is at work has ended. */
  now(): Promise<Result> {
    return this.turn.run(this.work);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.turn.run(() => Promise.resolve());
  }
}
