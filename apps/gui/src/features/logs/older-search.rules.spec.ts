import { describe, expect, it } from '@jest/globals';
import type { LogMatches } from '@bailiwick/contract';
import {
  afterStep,
  ended,
  foundTogether,
  MOST_OLDER_MATCHES,
  nextSearch,
  progressOf,
  startOlderSearch,
  withStep,
} from './older-search.rules.ts';

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
      startOlderSearch(0, { cursor: 'c9', unseen: null }),
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
    expect(afterStep(startOlderSearch(0, { cursor: 'c9', unseen: null }), step({ next: 80_000 }))).toMatchObject({
      before: 'c9',
      backTo: null,
    });
  });

  it('has enough at some time, and keeps the newest', () => {
    const many = Array.from({ length: MOST_OLDER_MATCHES + 5 }, (_, at) => line(at));
    const search = afterStep(startOlderSearch(0, { cursor: 'c', unseen: null }), step({ matches: many, found: 9000 }));
    expect(search).toMatchObject({ found: 9000, end: 'enough' });
    expect(search.lines).toHaveLength(MOST_OLDER_MATCHES);
    expect(search.lines[0]).toEqual(line(5));
  });
});

describe('the search of several logs', () => {
  const begun = (source: number) => startOlderSearch(source, { cursor: 'c9', unseen: null });

  it('finds in the order of the times, and knows which log each line is of', () => {
    const one = afterStep(begun(0), step({ matches: [line(2), line(6)], found: 2, scannedTo: line(1) }));
    const other = afterStep(begun(1), step({ matches: [line(4), line(7)], found: 2, scannedTo: line(3) }));
    expect(foundTogether([one, other]).map(({ line: { at }, source }) => `${source} ${at}`)).toEqual(['0 t2', '1 t4', '0 t6', '1 t7']); // prettier-ignore
    expect(progressOf([one, other])).toEqual({ found: 4, backTo: 't3', end: null });
    expect(nextSearch([one, other])?.source).toBe(1);
    expect(nextSearch([one, begun(1)])?.source).toBe(1);
  });

  it('goes on with the others where one cannot be searched or has begun', () => {
    const over = afterStep(begun(0), step({ scannedTo: line(8), end: 'beginning' }));
    const refused = { ...begun(1), end: 'failed' as const };
    const open = afterStep(begun(2), step({ scannedTo: line(5), found: 1 }));
    expect(nextSearch([over, refused, open])?.source).toBe(2);
    expect(progressOf([over, refused, open])).toEqual({ found: 1, backTo: 't5', end: null });
    const all = [over, refused, { ...open, end: 'beginning' as const }];
    expect(nextSearch(all)).toBeUndefined();
    expect(progressOf(all)).toEqual({ found: 1, backTo: 't5', end: 'beginning' });
    expect(progressOf([refused])).toEqual({ found: 0, backTo: null, end: 'failed' });
    expect(progressOf(ended([over, open], 'stopped')).end).toBe('stopped');
  });

  it('has enough as soon as all have found enough together', () => {
    const many = Array.from({ length: MOST_OLDER_MATCHES - 1 }, (_, at) => line(at));
    const first = withStep([begun(0), begun(1)], afterStep(begun(0), step({ matches: many, found: many.length })));
    expect(progressOf(first).end).toBeNull();
    const second = withStep(first, afterStep(begun(1), step({ matches: [line(3)], found: 1 })));
    expect(progressOf(second)).toMatchObject({ found: MOST_OLDER_MATCHES, end: 'enough' });
    expect(foundTogether(second)).toHaveLength(MOST_OLDER_MATCHES);
  });

  it('begins with a line that is known and that nobody sees yet', () => {
    const from = { cursor: 'c9', unseen: line(9) };
    expect(startOlderSearch(1, from, () => true)).toMatchObject({
      source: 1,
      lines: [line(9)],
      found: 1,
      before: 'c9',
    });
    expect(startOlderSearch(1, from, () => false)).toMatchObject({ lines: [], found: 0 });
  });
});
