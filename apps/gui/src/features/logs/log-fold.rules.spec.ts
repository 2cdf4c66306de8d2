import { describe, expect, it } from '@jest/globals';
import { FoldHeads, linesUnder } from './log-fold.rules.ts';
import type { NewRow } from './log-rows.ts';
import { LogStore } from './log-store.ts';
import { type LogFilter, LogView, NO_FILTER } from './log-view.ts';

interface Said {
  text: string;
  ms?: number;
  source?: number;
  stream?: 'stdout' | 'stderr';
}
const gap: NewRow = { kind: 'gap', lines: 1, reason: 'unknown' };
const toRow = ({ text, ms = 0, source = 0, stream = 'stdout' }: Said, index: number): NewRow => ({
  kind: 'line',
  cursor: `c${index}`,
  at: new Date(1_767_225_600_000 + ms).toISOString(),
  stream,
  text,
  source,
});
const toStore = (said: ReadonlyArray<Said | 'gap'>): LogStore => {
  const store = new LogStore();
  said.forEach((each, index) => store.append(each === 'gap' ? gap : toRow(each, index)));
  return store;
};
const heads = (store: LogStore) => {
  const found = new FoldHeads(store);
  return Array.from({ length: store.size }, (_, seq) => found.of(seq) ?? null);
};
const TRACE = ['ERROR boom', '    at a', '    at b', 'Caused by: x', '\tat c'].map((text) => ({ text }));

describe('lines that go on with another', () => {
  it('belong to the line that began', () => {
    const store = toStore([...TRACE, { text: 'INFO fine' }, { text: '  more of it' }]);
    expect(heads(store)).toEqual([null, 0, 0, 0, 0, null, 5]);
    expect([0, 1, 5].map((seq) => linesUnder(store, seq))).toEqual([[1, 2, 3, 4], [], [6]]);
  });

  it('are written at once: one that comes later stands for itself, and begins anew', () => {
    const store = toStore([{ text: 'one' }, { text: '  two', ms: 49 }, { text: '  three', ms: 120 }, { text: '  four', ms: 130 }]); // prettier-ignore
    expect(heads(store)).toEqual([null, 0, null, 2]);
  });

  it('are of the same log and stream, whatever stands between', () => {
    const store = toStore([
      { text: 'ERROR a' },
      { text: 'ERROR b', source: 1 },
      { text: '    at a' },
      'gap',
      { text: 'out', source: 1, stream: 'stderr' },
      { text: '    at b', source: 1 },
      { text: '    at nothing', stream: 'stderr' },
    ]);
    expect(heads(store)).toEqual([null, null, 0, null, null, 1, null]);
    expect(linesUnder(store, 1)).toEqual([5]);
    expect(linesUnder(store, 3)).toEqual([]);
  });

  it('state no level of their own', () => {
    expect(heads(toStore([{ text: 'ERROR a' }, { text: '  level=info b' }]))).toEqual([null, null]);
  });

  it('are found quickly in the longest trace', () => {
    const store = toStore([{ text: 'ERROR a' }, ...Array.from({ length: 50_000 }, () => ({ text: '  at x' }))]);
    const startedMs = performance.now();
    expect(new Set(heads(store))).toEqual(new Set([null, 0]));
    expect(linesUnder(store, 0)).toHaveLength(50_000);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });
});

describe('a folded log', () => {
  const aView = (said: ReadonlyArray<Said | 'gap'>, filter: Partial<LogFilter> = {}) => {
    const store = toStore(said);
    const view = new LogView(store);
    view.setFilter({ ...NO_FILTER, ...filter }, { folding: true, columns: [] });
    const shown = () => Array.from({ length: view.count }, (_, index) => view.seqAt(view.base + index));
    return { store, view, shown };
  };
  const SAID = [{ text: 'INFO start' }, ...TRACE, { text: 'INFO fine' }];

  it('shows the line that began and how much goes on, opens and folds', () => {
    const { view, shown } = aView(SAID);
    expect(shown()).toEqual([0, 1, 6]);
    expect(view.foldOf(1)).toEqual({ lines: 4, matches: 0, isOpen: false });
    expect(view.foldedUnder(1)).toEqual([2, 3, 4, 5]);
    expect([0, 1, 2].map((index) => view.linesAt(index))).toEqual([1, 5, 1]);
    expect(view.toggleFold(1)).toBe(1);
    expect(shown()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([view.foldOf(1)?.isOpen, view.foldedUnder(1), view.foldOf(2)]).toEqual([true, [], undefined]);
    expect(view.toggleFold(4)).toBe(1);
    expect(shown()).toEqual([0, 1, 6]);
  });

  it('finds what is folded, and opens where it is', () => {
    const { view, shown } = aView(SAID, { query: 'Caused' });
    expect(view.foldOf(1)).toEqual({ lines: 4, matches: 1, isOpen: false });
    const found = view.nextMatch(0, 1)?.seq ?? 0;
    view.unfold(found);
    expect([found, shown()]).toEqual([4, [0, 1, 2, 3, 4, 5, 6]]);
    view.unfold(found);
    expect(shown()).toHaveLength(7);
  });

  it('folds nothing where only matches are shown, or where nobody wants it', () => {
    const { view, shown } = aView(SAID, { query: 'at', onlyMatches: true });
    expect(shown()).toEqual([2, 3, 5]);
    view.setFilter(NO_FILTER, { folding: false, columns: [] });
    expect(view.count).toBe(7);
    expect(view.foldOf(1)).toBeUndefined();
  });

  it('keeps what is open open while lines come late', () => {
    const { store, view, shown } = aView(SAID);
    view.toggleFold(1);
    const early = { row: toRow({ text: 'WARN early', ms: -500 }, 99), at: new Date(1_767_225_599_500).toISOString() };
    view.rewind(store.insert([early]));
    view.catchUp();
    expect(shown()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(view.foldOf(2)?.isOpen).toBe(true);
  });

  it('shows a line whose head is loaded later under it', () => {
    const { store, view, shown } = aView([{ text: '    at a' }, { text: '    at b' }, { text: 'INFO fine' }]);
    expect(shown()).toEqual([0, 2]);
    store.prepend([toRow({ text: 'ERROR boom' }, 50)]);
    view.catchUp();
    expect(shown()).toEqual([-1, 2]);
    expect(view.foldOf(-1)?.lines).toBe(2);
  });
});
