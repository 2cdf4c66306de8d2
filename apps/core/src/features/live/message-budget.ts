const PER_SECOND = 50;
const BURST = 200;

/** What one connection may say: 50 messages a second, 200 at once, and an answer to each it was sent. */
export class MessageBudget {
  private left = BURST;

  constructor(private atMs: number) {}

  /** False once it is spent. */
  spend(nowMs: number): boolean {
    this.earn(((nowMs - this.atMs) / 1000) * PER_SECOND);
    this.atMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  earn(messages: number): void {
    this.left = Math.min(BURST, this.left + messages);
  }
}
