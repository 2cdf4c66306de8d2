import { toCompact } from './json-line.rules.ts';
import { FoldHeads, linesUnder } from './log-fold.rules.ts';
import type { Level } from '@bailiwick/contract/log-levels';
import type { LogLineRow } from './log-rows.ts';
import { findIn, type Search, toExpression } from './log-search.rules.ts';
import type { LogStore } from './log-store.ts';
import { placeAfter } from './together.rules.ts';

export interface LogFilter extends Search {
  /** Empty: every level. */
  levels: readonly Level[];
  stream: 'stdout' | 'stderr' | null;
  /** The lines that do not match are what is looked for. */
  invert: boolean;
  /** Only what was written so long ago at most. */
  since: Since | null;
  /** Only what was written between two moments, both of them included. */
  span: Span | null;
  /** Shows only the lines that match, instead of marking them among all. */
  onlyMatches: boolean;
  /** How many lines before and after a match are shown with it, whatever their level, while only matches are shown. */
  context: Context;
}
/** Two moments to the millisecond, as ISO 8601. */
export interface Span {
  from: string;
  to: string;
}
export const CONTEXTS = [0, 3, 10] as const;
export type Context = (typeof CONTEXTS)[number];

export const SINCE_MS = { '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000 } as const;
export type Since = keyof typeof SINCE_MS;
export const SINCES: readonly Since[] = ['15m', '1h', '24h'];

/** So far from where older rows join newer ones a line may turn out to go on with one of the other side. */
const FOLD_SEAM = 1000;
/** How the lines of all logs are read, whatever is looked for in them. */
export interface Reading {
  /** Lines that go on with another are folded under it. */
  folding: boolean;
  /** The fields of lines of JSON that stand in columns. */
  columns: readonly string[];
}
const AS_WRITTEN: Reading = { folding: false, columns: [] };

const ALL_TIMES = { fromMs: 0, toMs: Infinity };
const NOTHING: readonly number[] = [];
export const NO_FILTER: LogFilter = {
  query: '',
  regex: false,
  levels: [],
  stream: null,
  invert: false,
  since: null,
  span: null,
  onlyMatches: false,
  context: 0,
};

/**
 * Which rows of the store are shown, and which of them match. Shown rows have a place that stays the same while rows
 * come and go at both ends: `base` is the place of the first. Without a filter a row's place is its number.
 */
export class LogView {
  private filter: LogFilter = NO_FILTER;
  private expression: RegExp | null = null;
  private shownTimes = ALL_TIMES;
  private readonly heads: FoldHeads;
  private reading = AS_WRITTEN;
  /** The lines whose continuation is shown. */
  private unfolded = new Set<number>();
  private rows: number[] | null = null;
  private matches: number[] = [];
  /** The part of the store that was looked at. */
  private seen = { first: 0, end: 0 };
  private filteredBase = 0;
  /** Changes with every filter: places before and after do not compare. */
  generation = 0;

  constructor(private readonly store: LogStore) {
    this.heads = new FoldHeads(store);
  }

  get base(): number {
    return this.rows === null ? this.store.first : this.filteredBase;
  }

  get count(): number {
    return this.rows?.length ?? this.store.size;
  }

  get matchCount(): number {
    return this.matches.length;
  }

  /** The number of the row at a place; undefined outside of what is shown. */
  seqAt(place: number): number | undefined {
    if (place < this.base || place >= this.base + this.count) return undefined;
    return this.rows === null ? place : this.rows[place - this.base];
  }

  /** The place of a row, or of the next one that is shown. */
  placeOf(seq: number): number {
    if (this.rows === null)
      return Math.min(Math.max(seq, this.store.first), Math.max(this.store.first, this.store.end - 1));
    return this.base + Math.min(lowerBound(this.rows, seq), Math.max(0, this.rows.length - 1));
  }

  /** Where the search is found in a line. */
  foundIn(seq: number): readonly number[] {
    return this.marking ? findIn(this.store.words(seq) ?? '', this.marking) : NOTHING;
  }

  /** What is marked in a line: nothing where those that do not match are looked for. */
  private get marking(): RegExp | null {
    return this.filter.invert ? null : this.expression;
  }

  /** A line of JSON as it is read, with what is found in that. */
  compactOf(seq: number): LogLineRow['compact'] {
    const compact = toCompact(this.store.words(seq) ?? '', this.reading.columns);
    const foundIn = (text: string) => (this.marking ? findIn(text, this.marking) : NOTHING);
    return compact ? { ...compact, found: foundIn(compact.text), cellsFound: compact.cells.map(foundIn) } : undefined;
  }

  /** What goes on with a shown line. */
  foldOf(seq: number): LogLineRow['fold'] {
    const lines = this.under(seq);
    if (lines.length === 0) return undefined;
    const matches = lines.filter((each) => this.matches[lowerBound(this.matches, each)] === each).length;
    return { lines: lines.length, matches, isOpen: this.unfolded.has(seq) };
  }

  /** The lines that are folded under a shown one. */
  foldedUnder(seq: number): number[] {
    return this.unfolded.has(seq) ? [] : this.under(seq);
  }

  private under(seq: number): number[] {
    return this.isFolding ? linesUnder(this.store, seq).filter((each) => this.isOpenTo(each)) : [];
  }

  /** Where only matches are shown, each stands for itself. */
  private get isFolding(): boolean {
    return this.reading.folding && !(this.filter.onlyMatches && this.expression);
  }

  /** Shows what goes on with a line, or folds it again; of a line that goes on with another, that one's. Tells whose. */
  toggleFold(seq: number): number {
    const head = this.heads.of(seq) ?? seq;
    if (!this.unfolded.delete(head)) this.unfolded.add(head);
    this.showAgain(head, (linesUnder(this.store, head).at(-1) ?? head) + 1);
    return head;
  }

  /** Shows a line that is folded under another. */
  unfold(seq: number): void {
    if (this.isFolded(seq)) this.toggleFold(seq);
  }

  private isFolded(seq: number): boolean {
    if (!this.isFolding || !this.store.goesOn(seq)) return false;
    const head = this.heads.of(seq);
    return head !== undefined && !this.unfolded.has(head) && this.isOpenTo(head);
  }

  private showAgain(from: number, end: number): void {
    if (this.rows === null) return;
    const [begin, after] = [lowerBound(this.rows, from), lowerBound(this.rows, end)];
    this.rows = [...this.rows.slice(0, begin), ...this.shownBetween(from, end), ...this.rows.slice(after)];
  }

  /** How many lines stand at a place, with what is folded there. */
  linesAt(index: number): number {
    const seq = this.rows?.[index];
    if (seq === undefined || !this.isFolding) return 1;
    const next = this.rows?.[index + 1] ?? this.store.end;
    // What is not shown is folded, where nothing else is left out.
    if (isOpen(this.filter, this.expression)) return next - seq;
    let lines = 1;
    for (let each = seq + 1; each < next; each += 1) if (this.isFolded(each) && this.isOpenTo(each)) lines += 1;
    return lines;
  }

  setFilter(filter: LogFilter, reading = this.reading): void {
    if (reading.folding !== this.reading.folding) this.unfolded.clear();
    this.reading = reading;
    this.filter = filter;
    this.expression = toExpression(filter);
    this.shownTimes = timesOf(filter);
    this.generation += 1;
    this.filteredBase = 0;
    this.rows = isOpen(filter, this.expression) && !reading.folding ? null : [];
    this.matches = [];
    this.seen = { first: this.store.first, end: this.store.first };
    this.catchUp();
  }

  /** Takes what was added at either end of the store, and lets go of what was dropped. */
  catchUp(): void {
    this.heads.forget();
    if (this.store.first < this.seen.first) this.look(this.store.first, this.seen.first, 'before');
    if (this.store.first > this.seen.first) this.letGo();
    if (this.store.end > this.seen.end) this.look(Math.max(this.seen.end, this.store.first), this.store.end, 'after');
    this.seen = { first: this.store.first, end: this.store.end };
  }

  /** Rows were put at these numbers, among those that were looked at: what begins there is looked at anew. */
  rewind(put: readonly number[]): void {
    const [from] = put;
    if (from === undefined) return;
    this.heads.forget();
    this.unfolded = new Set([...this.unfolded].map((seq) => placeAfter(seq, put)));
    if (from >= this.seen.end) return;
    this.matches.length = lowerBound(this.matches, from);
    if (this.rows !== null) this.rows.length = lowerBound(this.rows, from);
    this.seen.end = from;
  }

  /** The next match after or before a row, going round at the ends. */
  nextMatch(from: number, direction: 1 | -1): { seq: number; ordinal: number } | undefined {
    if (this.matches.length === 0) return undefined;
    const at = lowerBound(this.matches, direction === 1 ? from + 1 : from) - (direction === 1 ? 0 : 1);
    const ordinal = (at + this.matches.length) % this.matches.length;
    const seq = this.matches[ordinal];
    return seq === undefined ? undefined : { seq, ordinal: ordinal + 1 };
  }

  /** The next line of a bad level, going round at the ends. */
  nextProblem(from: number, direction: 1 | -1): number | undefined {
    for (let step = 1; step <= this.count; step += 1) {
      const place = this.base + modulo(this.placeOf(from) - this.base + step * direction, this.count);
      const seq = this.seqAt(place);
      const level = seq === undefined ? null : this.store.level(seq);
      if (level === 'error' || level === 'fatal') return seq;
    }
    return undefined;
  }

  private look(from: number, end: number, where: 'before' | 'after'): void {
    const matches: number[] = [];
    for (let seq = from; seq < end; seq += 1) if (this.matchesAt(seq) && this.isOpenTo(seq)) matches.push(seq);
    this.matches = where === 'after' ? append(this.matches, matches) : [...matches, ...this.matches];
    if (this.rows === null) return;
    if (where === 'after') this.showNewer(from, end);
    else this.showOlder(from, end);
  }

  /** A match brings lines before it that were left out until now. */
  private showNewer(from: number, end: number): void {
    if (this.rows === null) return;
    const around = Math.max(this.seen.first, this.store.first, from - this.context);
    while ((this.rows.at(-1) ?? -Infinity) >= around) this.rows.pop();
    append(this.rows, this.shownBetween(around, end));
  }

  /** Matches on either side of the seam bring lines of the other side. */
  private showOlder(from: number, end: number): void {
    if (this.rows === null) return;
    const around = Math.min(
      this.store.end,
      this.seen.end,
      end + Math.max(this.context, this.isFolding ? FOLD_SEAM : 0),
    );
    const rest = this.rows.slice(lowerBound(this.rows, around));
    const rows = [...this.shownBetween(from, around), ...rest];
    this.filteredBase -= rows.length - this.rows.length;
    this.rows = rows;
  }

  private shownBetween(from: number, end: number): number[] {
    const rows: number[] = [];
    let at = lowerBound(this.matches, from - this.context);
    for (let seq = from; seq < end; seq += 1) {
      while ((this.matches[at] ?? Infinity) < seq - this.context) at += 1;
      if (this.isShown(seq, (this.matches[at] ?? Infinity) <= seq + this.context)) rows.push(seq);
    }
    return rows;
  }

  private letGo(): void {
    this.matches = this.matches.slice(lowerBound(this.matches, this.store.first));
    if (this.rows === null) return;
    const count = this.rows.length;
    const rest = this.store.first + (this.isFolding ? FOLD_SEAM : 0);
    // What went on with a line that is gone stands for itself.
    const seam = this.shownBetween(this.store.first, Math.min(rest, this.seen.end));
    this.rows = [...seam, ...this.rows.slice(lowerBound(this.rows, rest))];
    this.filteredBase += count - this.rows.length;
    for (const seq of [...this.unfolded]) if (seq < this.store.first) this.unfolded.delete(seq);
  }

  private matchesAt(seq: number): boolean {
    const words = this.expression ? this.store.words(seq) : undefined;
    if (!this.expression || words === undefined) return false;
    this.expression.lastIndex = 0;
    return this.expression.test(words) !== this.filter.invert;
  }

  private isShown(seq: number, nearMatch: boolean): boolean {
    if (!this.filter.onlyMatches || !this.expression) return this.isOpenTo(seq) && !this.isFolded(seq);
    return nearMatch || (this.store.level(seq) === null && this.isOpenTo(seq));
  }

  private get context(): number {
    return this.filter.onlyMatches ? this.filter.context : 0;
  }

  /** Gaps and events belong to every level and stream. */
  private isOpenTo(seq: number): boolean {
    const { levels, stream } = this.filter;
    const atMs = this.shownTimes === ALL_TIMES ? 0 : this.store.timeAt(seq);
    if (atMs > 0 && (atMs < this.shownTimes.fromMs || atMs > this.shownTimes.toMs)) return false;
    const level = this.store.level(seq);
    if (level === null) return true;
    return (levels.length === 0 || levels.includes(level)) && (stream === null || this.store.stream(seq) === stream);
  }
}

function timesOf({ since, span }: LogFilter): typeof ALL_TIMES {
  if (since === null && span === null) return ALL_TIMES;
  const sinceMs = since === null ? 0 : Date.now() - SINCE_MS[since];
  return {
    fromMs: Math.max(sinceMs, span === null ? 0 : Date.parse(span.from)),
    toMs: span === null ? Infinity : Date.parse(span.to),
  };
}

const isOpen = ({ levels, stream, since, span, onlyMatches }: LogFilter, expression: RegExp | null): boolean =>
  levels.length === 0 && stream === null && since === null && span === null && !(onlyMatches && expression);

/** In place: what is added may be more than a call takes as arguments. */
function append(to: number[], added: readonly number[]): number[] {
  for (const each of added) to.push(each);
  return to;
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const modulo = (value: number, size: number): number => ((value % size) + size) % size;
