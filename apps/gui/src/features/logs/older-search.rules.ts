import type { ErrorEnvelope, LogLine, LogMatches } from '@bailiwick/contract';
import { inOrder } from './together.rules.ts';

export const MOST_OLDER_MATCHES = 500;

/** Why a search through older lines is over, or that it goes on. */
export type OlderSearchEnd = 'beginning' | 'depth' | 'enough' | 'stopped' | 'failed';

/** From where a log is searched further back: before a line, and that line as well where nobody sees it yet. */
export interface SearchFrom {
  cursor: string;
  unseen: LogLine | null;
}

/** The search of one log. */
export interface OlderSearch {
  /** Which of the logs of the viewer. */
  source: number;
  /** In the order of the log. */
  lines: readonly LogLine[];
  found: number;
  /** The moment of the oldest line that was looked at. */
  backTo: string | null;
  before: string;
  /** How deep the next step reaches; undefined for the first one. */
  depth: number | undefined;
  end: OlderSearchEnd | null;
  /** Why it failed. */
  error: ErrorEnvelope | null;
}

export const startOlderSearch = (
  source: number,
  { cursor, unseen }: SearchFrom,
  isFound: (line: LogLine) => boolean = () => false,
): OlderSearch => {
  const lines = unseen && isFound(unseen) ? [unseen] : [];
  return {
    source,
    lines,
    found: lines.length,
    backTo: null,
    before: cursor,
    depth: undefined,
    end: null,
    error: null,
  };
};

/** What is known after one more step. */
export function afterStep(search: OlderSearch, step: LogMatches): OlderSearch {
  const lines = [...step.matches, ...search.lines];
  const enough = lines.length >= MOST_OLDER_MATCHES ? 'enough' : null;
  return {
    ...search,
    lines: lines.slice(-MOST_OLDER_MATCHES),
    found: search.found + step.found,
    backTo: step.scannedTo?.at ?? search.backTo,
    before: step.scannedTo?.cursor ?? search.before,
    depth: step.next ?? search.depth,
    end: step.end ?? enough,
  };
}

/** The searches with one of them further on; together they have enough as soon as one alone would have. */
export function withStep(searches: readonly OlderSearch[], next: OlderSearch): OlderSearch[] {
  const all = searches.map((each) => (each.source === next.source ? next : each));
  const enough = all.reduce((lines, each) => lines + each.lines.length, 0) >= MOST_OLDER_MATCHES;
  return enough ? ended(all, 'enough') : all;
}

export const ended = (searches: readonly OlderSearch[], end: OlderSearchEnd): OlderSearch[] =>
  searches.map((each) => (each.end === null ? { ...each, end } : each));

/** The log that was looked through least far back: so all get back to the same time. */
export function nextSearch(searches: readonly OlderSearch[]): OlderSearch | undefined {
  const open = searches.filter(({ end }) => end === null);
  return open.find(({ backTo }) => backTo === null) ?? open.toSorted((one, other) => newestFirst(one.backTo, other.backTo))[0]; // prettier-ignore
}

/** What several searches found, in the order of the times. */
export function foundTogether(searches: readonly OlderSearch[]): Array<{ line: LogLine; source: number }> {
  const found = inOrder(searches.flatMap(({ lines, source }) => lines.map((line) => ({ row: { line, source }, at: line.at })))); // prettier-ignore
  return found.slice(-MOST_OLDER_MATCHES).map(({ row }) => row);
}

export interface OlderProgress {
  found: number;
  /** So far back every log was looked through. */
  backTo: string | null;
  end: OlderSearchEnd | null;
}

export function progressOf(searches: readonly OlderSearch[]): OlderProgress {
  const looked = searches.filter(({ end }) => end !== 'failed');
  const found = looked.reduce((all, each) => all + each.found, 0);
  const unfinished = looked.filter(({ end }) => end !== 'beginning');
  const reached = (unfinished.length > 0 ? unfinished : looked).map(({ backTo }) => backTo).toSorted(newestFirst);
  const backTo = (unfinished.length > 0 ? (reached.includes(null) ? null : reached[0]) : reached.at(-1)) ?? null;
  const ends = new Set(searches.map(({ end }) => end));
  const order = [null, 'stopped', 'enough', 'depth', 'beginning', 'failed'] as const;
  return { found, backTo, end: order.find((end) => ends.has(end)) ?? null };
}

const newestFirst = (one: string | null, other: string | null): number => ((one ?? '') < (other ?? '') ? 1 : -1);
