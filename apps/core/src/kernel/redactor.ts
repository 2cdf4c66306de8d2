import { Beginnings } from './beginnings.js';

const MARK = '•••';

/**
 * Takes confidences out of a text that comes in parts, also where one is cut between two of them: what may be the
 * beginning of one waits for what follows.
 */
export class Redactor {
  private readonly confidences: Beginnings;
  /** What was not given back yet. */
  private held = '';
  /** So much of it belongs to a mark that was. */
  private marked = 0;

  /** None of them is empty. */
  constructor(confidences: readonly string[]) {
    this.confidences = new Beginnings(confidences);
  }

  push(text: string): string {
    const all = this.held + text;
    return this.give(all, this.surelyUntil(all));
  }

  /** Nothing more comes. */
  end(): string {
    return this.give(this.held, this.held.length);
  }

  private give(all: string, until: number): string {
    let out = '';
    let at = this.marked;
    for (let from = 0; from < until && this.confidences.longest > 0; from += 1) {
      const length = this.confidences.longestAt(all, from);
      if (length === 0) continue;
      if (from >= at) out += all.slice(at, from) + MARK;
      at = Math.max(at, from + length);
    }
    if (at < until) out += all.slice(at, until);
    this.held = all.slice(until);
    this.marked = Math.max(0, at - until);
    return out;
  }

  /** Where what may be the beginning of one stands at the end; else the end. */
  private surelyUntil(text: string): number {
    for (let at = Math.max(0, text.length - this.confidences.longest + 1); at < text.length; at += 1)
      if (this.confidences.isPart(text.slice(at))) return at;
    return text.length;
  }
}
