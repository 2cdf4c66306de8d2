import type { FileKind, FindBound, FoundFile, FoundLine } from '@bailiwick/contract';

export interface Wish {
  readonly name?: string | undefined;
  readonly text?: string | undefined;
  readonly matchCase: boolean;
}
export interface SearchBounds {
  /** How many lines and names are answered. */
  readonly mostMatches: number;
  readonly mostLinesOfOne: number;
  readonly mostEntries: number;
  readonly mostBytes: number;
  /** A larger file is not looked into. */
  readonly mostBytesOfOne: number;
  readonly mostDeep: number;
}
export const SEARCH_BOUNDS: SearchBounds = {
  mostMatches: 500,
  mostLinesOfOne: 20,
  mostEntries: 50_000,
  mostBytes: 256 * 1024 * 1024,
  mostBytesOfOne: 16 * 1024 * 1024,
  mostDeep: 32,
};

/** One search: what is looked for, what was found of it, and whether it goes on. */
export class FileSearch {
  readonly found: FoundFile[] = [];
  entries = 0;
  leftOut = 0;
  stoppedBy: FindBound | null = null;
  private bytes = 0;
  private matches = 0;
  private readonly ending = new AbortController();

  /** `apart`: the paths where something else is mounted, which is looked into by its own way. */
  constructor(
    readonly wish: Wish,
    readonly apart: ReadonlySet<string>,
    readonly bounds: SearchBounds = SEARCH_BOUNDS,
  ) {}

  get isOver(): boolean {
    return this.ending.signal.aborted;
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Null: nobody waits for it any more. The first reason is the one that is told. */
  stop(by: FindBound | null): void {
    if (this.isOver) return;
    this.stoppedBy = by;
    this.ending.abort();
  }

  /** Whether there is room to look at one more. */
  takeEntry(): boolean {
    if (this.entries >= this.bounds.mostEntries) this.stop('entries');
    else this.entries += 1;
    return !this.isOver;
  }

  takeBytes(count: number): void {
    this.bytes += count;
    if (this.bytes > this.bounds.mostBytes) this.stop('bytes');
  }

  fitsName(name: string): boolean {
    return this.wish.name === undefined || findText(name, this.wish.name, this.wish.matchCase) !== undefined;
  }

  addName(path: string, kind: FileKind): void {
    this.found.push({ path, kind, lines: [], more: false });
    this.count(1);
  }

  addLines(path: string, all: readonly FoundLine[]): void {
    if (all.length === 0) return;
    const most = Math.min(this.bounds.mostLinesOfOne, this.bounds.mostMatches - this.matches);
    const lines = all.slice(0, most);
    this.found.push({ path, kind: 'file', lines, more: all.length > lines.length });
    this.count(lines.length);
  }

  private count(matches: number): void {
    this.matches += matches;
    if (this.matches >= this.bounds.mostMatches) this.stop('matches');
  }
}

/** The lines of one file with a text in them, piece by piece as it is read; one more than `most`, to say that there are more. */
export class LineFinder {
  readonly lines: FoundLine[] = [];
  /** It has all it needs, or is no text. */
  isDone = false;
  private readonly decoder = new TextDecoder();
  private rest = '';
  private line = 1;

  constructor(
    private readonly wish: { readonly text: string; readonly matchCase: boolean },
    private readonly most: number,
  ) {}

  push(bytes: Buffer): void {
    if (this.isDone) return;
    if (bytes.includes(0)) this.isDone = true;
    else this.look(this.rest + this.decoder.decode(bytes, { stream: true }), false);
  }

  end(): void {
    if (!this.isDone) this.look(this.rest + this.decoder.decode(), true);
    this.isDone = true;
  }

  private look(text: string, last: boolean): void {
    let at = 0;
    for (let end = text.indexOf('\n'); end !== -1 && !this.isDone; end = text.indexOf('\n', at)) {
      this.lookAt(text.slice(at, end));
      this.line += 1;
      at = end + 1;
    }
    this.rest = text.slice(at);
    if (last) this.lookAt(this.rest);
    else if (this.rest.length > MOST_LINE) this.lookAtPart();
  }

  private lookAt(line: string): void {
    const { text, matchCase } = this.wish;
    const found = findText(line.endsWith('\r') ? line.slice(0, -1) : line, text, matchCase);
    if (!found || this.lines.at(-1)?.line === this.line) return;
    this.lines.push({ line: this.line, ...found });
    if (this.lines.length > this.most) this.isDone = true;
  }

  /** A line without an end is not kept whole: only what a match could still begin with. */
  private lookAtPart(): void {
    this.lookAt(this.rest);
    this.rest = this.rest.slice(-this.wish.text.length);
  }
}

const MOST_LINE = 64 * 1024;
const BEFORE = 60;
const AFTER = 140;

/** The first place a text stands at in a line, with a little of what is around it. */
export function findText(line: string, text: string, matchCase: boolean): Omit<FoundLine, 'line'> | undefined {
  const folded = matchCase ? line : line.toLowerCase();
  const sought = matchCase ? text : text.toLowerCase();
  const at = folded.indexOf(sought);
  if (at === -1) return undefined;
  // A few letters become longer: what is shown then is what was compared.
  const shown = folded.length === line.length ? line : folded;
  const end = at + sought.length;
  return {
    before: whole(shown.slice(Math.max(0, at - BEFORE), at)),
    match: shown.slice(at, end),
    after: whole(shown.slice(end, end + AFTER)),
  };
}

/** Without the halves of letters that were cut. */
const whole = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');

/** From what `grep -nH` says of files that are known: which one, and which line; undefined for what is none of them. */
export class GrepReader {
  private readonly known: ReadonlySet<string>;
  /** Nothing else of a line can be one of them, and there are few, however long a line is. */
  private readonly lengths: readonly number[];

  constructor(paths: readonly string[]) {
    this.known = new Set(paths);
    // The longest first, for a name may have a colon and a number at its end.
    this.lengths = [...new Set(paths.map(({ length }) => length))].sort((one, other) => other - one);
  }

  read(line: string): { path: string; line: number; text: string } | undefined {
    for (const length of this.lengths) {
      NUMBERED.lastIndex = length;
      const number = NUMBERED.exec(line)?.[1];
      if (number === undefined) continue;
      const path = line.slice(0, length);
      if (this.known.has(path)) return { path, line: Number(number), text: line.slice(NUMBERED.lastIndex) };
    }
    return undefined;
  }
}

const NUMBERED = /:(\d{1,15}):/y;

/** What `find -print0` says, one path after the other, each read only when it is asked for; what has no end is none. */
export function* pathsIn(said: Buffer): Generator<string> {
  let at = 0;
  for (let end = said.indexOf(0); end !== -1; end = said.indexOf(0, at)) {
    yield said.toString('utf8', at, end);
    at = end + 1;
  }
}
