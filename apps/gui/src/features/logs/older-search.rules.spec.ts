import { describe, expect, it } from '@jest/globals';
import type { LogMatches } from '@bailiwick/contract';
import { afterStep, MOST_OLDER_MATCHES, startOlderSearch } from './older-search.rules.ts';

const line = (number: number) => ({ cursor: `c${number}`, at: `t${number}`, stream: 'stdout' as const, text: 'x' });
const step = (change: Partial<LogMatches>): LogMatches => ({
  matches: [],
  found: 0,
  scannedTo: null,
  next: 100,
  end: null,
  ...change,
});

describe('a search through older lines', () => {
  it('puts older matches before newer ones and goes on where a step ended', () => {
    const first = afterStep(
      startOlderSearch('c9'),
      step({ matches: [line(8)], found: 1, scannedTo: line(7), next: 400 }),
    );
    expect(first).toMatchObject({ found: 1, backTo: 't7', before: 'c7', depth: 400, end: null });
    const second = afterStep(
      first,
      step({ matches: [line(2), line(3)], found: 2, scannedTo: line(1), end: 'beginning' }),
    );
    expect(second.lines.map(({ cursor }) => cursor)).toEqual(['c2', 'c3', 'c8']);
    expect(second).toMatchObject({ found: 3, backTo: 't1', end: 'beginning' });
  });

  it('stays where it was when a step saw nothing', () => {
    expect(afterStep(startOlderSearch('c9'), step({ next: 80_000 }))).toMatchObject({ before: 'c9', backTo: null });
  });

  it('has enough at some time, and keeps the newest', () => {
    const many = Array.from({ length: MOST_OLDER_MATCHES + 5 }, (_, at) => line(at));
    const search = afterStep(startOlderSearch('c'), step({ matches: many, found: 9000 }));
    expect(search).toMatchObject({ found: 9000, end: 'enough' });
    expect(search.lines).toHaveLength(MOST_OLDER_MATCHES);
    expect(search.lines[0]).toEqual(line(5));
  });
});
