/** Lets many wait for the next time something happened, without missing one that happened just before. */
export class LogBell {
  private rings = 0;
  private readonly waiting = new Set<() => void>();

  /** Hand this to `after`: whatever rings from now on is heard. */
  get now(): number {
    return this.rings;
  }

  ring(): void {
    this.rings += 1;
    if (this.waiting.size === 0) return;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Resolves once it has rung after `since`, the time is up, or the signal aborts. */
  after(since: number, { signal, timeoutMs }: { signal?: AbortSignal; timeoutMs?: number } = {}): Promise<void> {
    if (this.rings > since || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(wake, timeoutMs);
      this.waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
