const MARK = '•••';

/**
 * Takes confidences out of a text that comes in parts, also where one is cut between two of them: what may be the
 * beginning of one waits for what follows.
 */
export class Redactor {
  private readonly longest: number;
  /** What was not given back yet. */
  private held = '';
  /** So much of it belongs to a mark that was. */
  private marked = 0;

  constructor(private readonly confidences: readonly string[]) {
    this.longest = Math.max(1, ...confidences.map(({ length }) => length));
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
    for (const { from, to } of this.foundIn(all)) {
      if (from >= until) break;
      if (from >= at) out += all.slice(at, from) + MARK;
      at = Math.max(at, to);
    }
    if (at < until) out += all.slice(at, until);
    this.held = all.slice(until);
    this.marked = Math.max(0, at - until);
    return out;
  }

  /** Every place of each of them, from the first on. */
  private foundIn(text: string): Array<{ from: number; to: number }> {
    const found: Array<{ from: number; to: number }> = [];
    for (const each of this.confidences)
      for (let from = text.indexOf(each); from !== -1; from = text.indexOf(each, from + 1))
        found.push({ from, to: from + each.length });
    return found.sort((one, other) => one.from - other.from);
  }

  /** Where what may be the beginning of one stands at the end; else the end. */
  private surelyUntil(text: string): number {
    for (let at = Math.max(0, text.length - this.longest + 1); at < text.length; at += 1) {
      const tail = text.slice(at);
      if (this.confidences.some((each) => each.length > tail.length && each.startsWith(tail))) return at;
    }
    return text.length;
  }
}
