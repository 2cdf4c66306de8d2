/** Ends a call when its time is up or the asker gives up, whatever the connection does. */
export class Deadline {
  isOver = false;
  private readonly ending = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly giveUp = () => this.ending.abort(this.outer?.reason);

  constructor(
    readonly limitMs: number,
    readonly outer?: AbortSignal,
  ) {
    outer?.addEventListener('abort', this.giveUp, { once: true });
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.ending.abort();
    }, limitMs);
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  async race<Result>(work: () => Promise<Result>): Promise<Result> {
    this.signal.throwIfAborted();
    let stop: () => void = () => undefined;
    const ended = new Promise<never>((_, reject) => {
      stop = () => reject(new Error('The call was ended.'));
      this.signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([work(), ended]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  /** The time limit is met; from here on only the asker ends it. */
  keepSignal(): void {
    clearTimeout(this.timer);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.outer?.removeEventListener('abort', this.giveUp);
  }
}
