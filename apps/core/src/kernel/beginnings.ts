/** The most letters that are looked up before a text is compared. */
const KEY = 6;

/** Many texts, asked for by what begins with them: however many they are, a place costs about the same. */
export class Beginnings {
  readonly longest: number;
  private readonly sorted: readonly string[];
  /** Of each, which is the longest other that it begins with; undefined where none is. */
  private readonly shorter: ReadonlyArray<number | undefined>;
  private readonly keyLength: number;
  /** What each begins with. */
  private readonly keys: ReadonlySet<string>;
  /** What each of those begins with. */
  private readonly parts: ReadonlySet<string>;

  constructor(texts: readonly string[]) {
    this.sorted = [...new Set(texts)].sort();
    this.shorter = shorterOf(this.sorted);
    this.longest = this.sorted.reduce((most, { length }) => Math.max(most, length), 0);
    const keyLength = this.sorted.reduce((least, { length }) => Math.min(least, length), KEY);
    this.keyLength = keyLength;
    this.keys = new Set(this.sorted.map((each) => each.slice(0, keyLength)));
    this.parts = new Set(
      [...this.keys].flatMap((key) => Array.from({ length: key.length }, (_, at) => key.slice(0, at))),
    );
  }

  /** How long the longest of them is that stands at a place of a text; 0 where none does. */
  longestAt(text: string, at: number): number {
    if (!this.keys.has(text.slice(at, at + this.keyLength))) return 0;
    // Whatever it begins with is the last one not after it, or what that one begins with.
    let index: number | undefined = this.firstAfter(text.slice(at, at + this.longest)) - 1;
    for (; index !== undefined; index = this.shorter[index]) {
      const each = this.sorted[index];
      if (each !== undefined && text.startsWith(each, at)) return each.length;
    }
    return 0;
  }

  /** Whether a longer one begins with it. */
  isPart(text: string): boolean {
    if (text.length < this.keyLength) return this.parts.has(text);
    return (
      this.keys.has(text.slice(0, this.keyLength)) && this.sorted[this.firstAfter(text)]?.startsWith(text) === true
    );
  }

  private firstAfter(text: string): number {
    let [from, to] = [0, this.sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.sorted[middle] ?? '') > text) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}

function shorterOf(sorted: readonly string[]): Array<number | undefined> {
  const open: Array<{ text: string; index: number }> = [];
  return sorted.map((text, index) => {
    while (open.length > 0 && !text.startsWith(open.at(-1)?.text ?? '')) open.pop();
    const shorter = open.at(-1)?.index;
    open.push({ text, index });
    return shorter;
  });
}
