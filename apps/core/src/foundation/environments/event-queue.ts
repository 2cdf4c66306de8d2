const MOST_WAITING = 10_000;

/** What was announced, in order, for one reader. Overflows loudly: who misses events has to list again. */
export class EventQueue<Event> implements AsyncIterable<Event> {
  private readonly waiting: Event[] = [];
  private ended: { error: Error | undefined } | undefined;
  private wake: (() => void) | undefined;

  push(event: Event): void {
    if (this.ended) return;
    if (this.waiting.length >= MOST_WAITING) return this.end(new Error('The reader of events fell behind.'));
    this.waiting.push(event);
    this.wake?.();
  }

  /** Without an error the reader simply comes to the end. */
  end(error?: Error): void {
    this.ended ??= { error };
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
    for (;;) {
      const event = this.waiting.shift();
      if (event !== undefined) {
        yield event;
        continue;
      }
      if (this.ended?.error) throw this.ended.error;
      if (this.ended) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
    }
  }
}
