import { createHmac } from 'node:crypto';
import type { PluginEvent } from '@bailiwick/plugin';

/** What waits while the receiver is slow; the oldest goes first where it is more. */
const MOST_WAITING = 1000;
const TRIES = 3;
const AGAIN_MS = 1000;
const TIMEOUT_MS = 5000;

export interface Receiver {
  url: string;
  /** Empty: messages are not signed. */
  secret: string;
}

/** Hands events on to an address, one after the other, and counts what became of them. */
export class Outbox {
  readonly counts = { delivered: 0, failed: 0, leftOut: 0 };
  /** Of the last message; empty where it was taken. */
  trouble = '';
  private readonly waiting: PluginEvent[] = [];
  private isSending = false;
  private isClosed = false;

  constructor(
    private readonly receiver: Receiver,
    private readonly againMs = AGAIN_MS,
  ) {}

  add(event: PluginEvent): void {
    if (this.waiting.length === MOST_WAITING) {
      this.waiting.shift();
      this.counts.leftOut += 1;
    }
    this.waiting.push(event);
    if (!this.isSending) void this.sendAll();
  }

  close(): void {
    this.isClosed = true;
    this.waiting.length = 0;
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    for (let event = this.waiting.shift(); event; event = this.waiting.shift()) await this.deliver(event);
    this.isSending = false;
  }

  private async deliver(event: PluginEvent): Promise<void> {
    for (let tries = 1; tries <= TRIES && !this.isClosed; tries += 1) {
      this.trouble = await this.send(event);
      if (this.trouble === '') {
        this.counts.delivered += 1;
        return;
      }
      if (tries < TRIES) await new Promise((done) => setTimeout(done, this.againMs));
    }
    this.counts.failed += 1;
  }

  /** What kept it from being taken, in words. */
  async send(event: PluginEvent): Promise<string> {
    const { url, secret } = this.receiver;
    const body = JSON.stringify({ ...event, at: event.at.toISOString() });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const headers = {
      'content-type': 'application/json',
      ...(secret === '' ? {} : { 'x-bailiwick-signature': `sha256=${signature}` }),
    };
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'error' });
      await answer.body?.cancel();
      return answer.ok ? '' : `The receiver answered ${answer.status}.`;
    } catch (error) {
      const { message, cause } = error as Error;
      return `The receiver was not reached: ${cause instanceof Error ? cause.message || cause.name : message}`;
    }
  }
}
