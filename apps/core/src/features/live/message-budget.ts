const PER_SECOND = 50;
const BURST = 200;

/** What one connection may say: 50 messages a second, 200 at once, and an answer to each message it was sent. */
export class MessageBudget {
  private left = BURST;
  private atMs: number | undefined;

  /** False once it is spent. */
  spend(nowMs: number): boolean {
    this.left = Math.min(BURST, this.left + ((nowMs - (this.atMs ?? nowMs)) / 1000) * PER_SECOND);
    this.atMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  /** It was told something and may answer. */
  earn(): void {
    this.left = Math.min(BURST, this.left + 1);
  }
}
