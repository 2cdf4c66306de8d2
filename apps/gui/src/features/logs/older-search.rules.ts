import type { LogLine, LogMatches } from '@bailiwick/contract';

export const MOST_OLDER_MATCHES = 500;

/** Why a search through older lines is over, or that it goes on. */
export type OlderSearchEnd = 'beginning' | 'depth' | 'enough' | 'stopped' | 'failed';

export interface OlderSearch {
  /** In the order of the log. */
  lines: readonly LogLine[];
  found: number;
  /** The moment of the oldest line that was looked at. */
  backTo: string | null;
  before: string;
  /** How deep the next step reaches; undefined for the first one. */
  depth: number | undefined;
  end: OlderSearchEnd | null;
}

export const startOlderSearch = (before: string): OlderSearch => ({
  lines: [],
  found: 0,
  backTo: null,
  before,
  depth: undefined,
  end: null,
});

/** What is known after one more step. */
export function afterStep(search: OlderSearch, step: LogMatches): OlderSearch {
  const lines = [...step.matches, ...search.lines];
  const enough = lines.length >= MOST_OLDER_MATCHES ? 'enough' : null;
  return {
    lines: lines.slice(-MOST_OLDER_MATCHES),
    found: search.found + step.found,
    backTo: step.scannedTo?.at ?? search.backTo,
    before: step.scannedTo?.cursor ?? search.before,
    depth: step.next ?? search.depth,
    end: step.end ?? enough,
  };
}
