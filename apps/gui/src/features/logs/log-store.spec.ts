import { describe, expect, it } from '@jest/globals';
import type { Level } from '@bailiwick/contract/log-levels';
import { ROWS_PER_BLOCK } from './log-block.ts';
import type { NewRow } from './log-rows.ts';
import { LogStore } from './log-store.ts';
import { inOrder, toTimed } from './together.rules.ts';
import { type LogFilter, LogView, NO_FILTER } from './log-view.ts';

const line = (number: number, text = `line ${number}`, stream: 'stdout' | 'stderr' = 'stdout'): NewRow => ({
  kind: 'line',
  cursor: `c${number}`,
  at: `2026-11-21T10:00:00.${String(number).padStart(9, '0')}Z`,
  stream,
  text,
});
const late = (...rows: NewRow[]) => inOrder(toTimed(rows));
const gap: NewRow = { kind: 'gap', lines: 12, reason: 'slow_reader' };

function aStore(count: number, mostRows?: number): LogStore {
  const store = new LogStore(mostRows);
  for (let number = 0; number < count; number += 1) store.append(line(number));
  return store;
}
const texts = (store: LogStore, view: LogView) =>
  Array.from({ length: view.count }, (_, index) => {
    const row = store.row(view.seqAt(view.base + index) ?? Number.NaN);
    return row?.kind === 'line' ? row.text : row?.kind;
  });

describe('the log store', () => {
  it('finds the last line before a moment', () => {
    const store = aStore(10);
    expect(store.findAt('2026-11-21T10:00:00.000000004Z')).toBe(4);
    expect(store.findAt('2026-11-21T11:00:00.000Z')).toBe(9);
    expect(store.findAt('2026-11-21T09:59:59.000Z')).toBeUndefined();
  });

  it('gives back what it was given, over many blocks', () => {
    const store = aStore(ROWS_PER_BLOCK * 3 + 7);
    for (const seq of [0, 1, ROWS_PER_BLOCK - 1, ROWS_PER_BLOCK, ROWS_PER_BLOCK * 3 + 6])
      expect(store.row(seq)).toEqual({ ...line(seq), seq, level: 'unknown' });
    expect(store.row(-1)).toBeUndefined();
    expect(store.row(store.end)).toBeUndefined();
  });

  it.each(['zażółć gęślą jaźń', '日本語 👩‍💻', '', ' ', 'x'.repeat(300_000), '\ud800 lone'])(
    'keeps the bytes of %j'.slice(0, 60),
    (text) => {
      const store = new LogStore();
      store.append(line(1, text));
      store.append(line(2, 'next'));
      expect(store.words(0)).toBe(text.replace('\ud800', '\ufffd'));
      expect(store.words(1)).toBe('next');
    },
  );

  it('puts older rows before, with smaller numbers', () => {
    const store = aStore(3);
    store.prepend([line(100), line(101)]);
    expect(store.first).toBe(-2);
    expect(store.row(-2)).toMatchObject({ cursor: 'c100' });
    expect(store.row(0)).toMatchObject({ cursor: 'c0' });
    expect(store.oldestCursor).toBe('c100');
    expect(store.newestCursor).toBe('c2');
  });

  it('drops the oldest over the cap, counts them, and can go on from its oldest', () => {
    const store = aStore(ROWS_PER_BLOCK * 4, ROWS_PER_BLOCK * 2);
    expect(store.trim()).toBe(true);
    expect(store.size).toBeLessThanOrEqual(ROWS_PER_BLOCK * 2);
    expect(store.dropped).toBe(ROWS_PER_BLOCK * 2);
    expect(store.oldestCursor).toBe(`c${ROWS_PER_BLOCK * 2}`);
    expect(store.row(store.first)).toMatchObject({ cursor: `c${ROWS_PER_BLOCK * 2}` });
    expect(store.counts.unknown).toBe(ROWS_PER_BLOCK * 2);
    expect(store.trim()).toBe(false);
  });

  it('drops by bytes as well', () => {
    const store = new LogStore(200_000, 4 * 1024 * 1024);
    for (let number = 0; number < ROWS_PER_BLOCK * 3; number += 1) store.append(line(number, 'x'.repeat(2000)));
    expect(store.trim()).toBe(true);
    expect(store.end).toBe(ROWS_PER_BLOCK * 3);
  });

  it('counts levels, and lets a stack trace belong to its error', () => {
    const store = new LogStore();
    for (const text of ['ERROR boom', '    at a', '    at b', 'INFO fine', '  indented']) store.append(line(1, text));
    expect(store.counts).toMatchObject({ error: 3, info: 2, unknown: 0 });
  });

  it('puts what comes late at its time, whatever block that is in, and counts it once', () => {
    const many = ROWS_PER_BLOCK + 20;
    const store = new LogStore();
    for (let number = 0; number < many; number += 1)
      store.append(line(number * 10, number === 5 ? 'ERROR x' : 'INFO y'));
    expect(store.insert(late(line(45), line(46), line(10 * ROWS_PER_BLOCK + 5)))).toEqual([5, 6, ROWS_PER_BLOCK + 3]);
    expect([4, 5, 6, 7].map((seq) => store.row(seq))).toMatchObject([40, 45, 46, 50].map((n) => ({ cursor: `c${n}` })));
    expect(store.size).toBe(many + 3);
    expect(store.counts).toMatchObject({ error: 1, info: many - 1, unknown: 3 });
    expect(store.level(7)).toBe('error');
    expect(store.insert([])).toEqual([]);
    const early = { ...line(1), at: '2026-11-21T09:00:00.000000000Z' };
    expect(store.insert(late(early))).toEqual([0]);
    expect(store.oldestCursor).toBe('c1');
    expect(store.end).toBe(many + 4);
  });

  it('finds a line by its cursor', () => {
    const store = aStore(5000);
    expect(store.find('c4321')).toBe(4321);
    expect(store.find('nowhere')).toBeUndefined();
  });

  it('holds 200,000 lines of 100 bytes in less than 64 MiB and within a second or two', () => {
    const store = new LogStore();
    const text = 'x'.repeat(100);
    const started = performance.now();
    for (let number = 0; number < 210_000; number += 1) {
      store.append(line(number, text));
      if (number % 1000 === 0) store.trim();
    }
    store.trim();
    expect(store.size).toBeGreaterThan(195_000);
    expect(store.size).toBeLessThanOrEqual(200_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('the log view', () => {
  const filter = (overrides: Partial<LogFilter>): LogFilter => ({ ...NO_FILTER, ...overrides });
  function aView(rows: NewRow[], given: LogFilter = NO_FILTER) {
    const store = new LogStore();
    for (const row of rows) store.append(row);
    const view = new LogView(store);
    view.setFilter(given);
    return { store, view };
  }

  it('shows everything without a filter', () => {
    const { store, view } = aView([line(1), gap, line(2)]);
    expect(texts(store, view)).toEqual(['line 1', 'gap', 'line 2']);
  });

  it('shows the levels that were asked for, and gaps always', () => {
    const { store, view } = aView(
      [line(1, 'ERROR a'), line(2, 'INFO b'), gap, line(3, 'WARN c')],
      filter({ levels: ['error', 'warn'] satisfies Level[] }),
    );
    expect(texts(store, view)).toEqual(['ERROR a', 'gap', 'WARN c']);
  });

  it('shows one stream', () => {
    const { store, view } = aView([line(1, 'out'), line(2, 'err', 'stderr')], filter({ stream: 'stderr' }));
    expect(texts(store, view)).toEqual(['err']);
  });

  it('marks matches among all lines, or shows only them', () => {
    const rows = [line(1, 'alpha'), line(2, 'beta'), line(3, 'ALPHA')];
    const marked = aView(rows, filter({ query: 'alpha' }));
    expect([marked.view.count, marked.view.matchCount]).toEqual([3, 2]);
    const only = aView(rows, filter({ query: 'alpha', onlyMatches: true }));
    expect(texts(only.store, only.view)).toEqual(['alpha', 'ALPHA']);
  });

  it('marks a match in the line that was looked at last', () => {
    const { view } = aView([line(1, 'x'), line(2, 'the shop closes')], filter({ query: 'closes' }));
    expect(view.foundIn(1)).toEqual([9, 15]);
  });

  it('means a capital, and takes an expression only when told so', () => {
    const rows = [line(1, 'alpha'), line(2, 'ALPHA'), line(3, 'a.*a')];
    expect(aView(rows, filter({ query: 'ALPHA' })).view.matchCount).toBe(1);
    expect(aView(rows, filter({ query: 'a.*a' })).view.matchCount).toBe(1);
    expect(aView(rows, filter({ query: 'a.*a', regex: true })).view.matchCount).toBe(3);
  });

  it('searches the words, not the colours', () => {
    const { view } = aView([line(1, 'al\u001b[31mpha\u001b[0m 31m')], filter({ query: 'alpha' }));
    expect(view.matchCount).toBe(1);
  });

  it('matches nothing while an expression is unfinished', () => {
    expect(aView([line(1)], filter({ query: '(', regex: true })).view.matchCount).toBe(0);
  });

  it('takes what comes at both ends and keeps the places of what was there', () => {
    const { store, view } = aView(
      [line(1, 'ERROR 1'), line(2, 'INFO'), line(3, 'ERROR 3')],
      filter({ levels: ['error'] }),
    );
    const place = view.placeOf(2);
    store.append(line(4, 'ERROR 4'));
    store.append(line(5, 'INFO'));
    store.prepend([line(-2, 'ERROR -2'), line(-1, 'INFO'), line(0, 'ERROR 0')]);
    view.catchUp();
    expect(texts(store, view)).toEqual(['ERROR -2', 'ERROR 0', 'ERROR 1', 'ERROR 3', 'ERROR 4']);
    expect(view.seqAt(place)).toBe(2);
  });

  it('lets go of what was dropped and keeps the places of the rest', () => {
    const store = aStore(ROWS_PER_BLOCK * 3, ROWS_PER_BLOCK);
    const view = new LogView(store);
    view.setFilter(filter({ query: '9', onlyMatches: true }));
    const seq = ROWS_PER_BLOCK * 3 - 5;
    const place = view.placeOf(seq);
    store.trim();
    view.catchUp();
    expect(view.placeOf(seq)).toBe(place);
    expect(view.seqAt(view.base)).toBeGreaterThanOrEqual(store.first);
    expect(texts(store, view).every((text) => text?.includes('9'))).toBe(true);
  });

  it('shows the lines around a match with it, once each, also when they come at either end', () => {
    const numbered = (from: number, to: number, hits: number[]) =>
      Array.from({ length: to - from + 1 }, (_, at) =>
        line(from + at, hits.includes(from + at) ? 'hit' : `${from + at}`),
      );
    const { store, view } = aView(
      numbered(1, 20, [10, 14]),
      filter({ query: 'hit', onlyMatches: true, context: 3, levels: ['unknown'] }),
    );
    expect(texts(store, view)).toEqual(['7', '8', '9', 'hit', '11', '12', '13', 'hit', '15', '16', '17']);
    const place = view.placeOf(9);
    for (const row of numbered(21, 24, [22])) store.append(row);
    store.prepend(numbered(-3, 0, [0]));
    view.catchUp();
    expect(texts(store, view).slice(0, 8)).toEqual(['-3', '-2', '-1', 'hit', '1', '2', '3', '7']);
    expect(texts(store, view).slice(-9)).toEqual(['15', '16', '17', '19', '20', '21', 'hit', '23', '24']);
    expect(view.seqAt(place)).toBe(9);
    expect(view.matchCount).toBe(4);
  });

  it('goes through matches both ways and round, and counts them', () => {
    const { view } = aView(
      ['x', 'hit', 'x', 'hit', 'hit'].map((text, index) => line(index, text)),
      filter({ query: 'hit' }),
    );
    expect(view.nextMatch(-1, 1)).toEqual({ seq: 1, ordinal: 1 });
    expect(view.nextMatch(1, 1)).toEqual({ seq: 3, ordinal: 2 });
    expect(view.nextMatch(4, 1)).toEqual({ seq: 1, ordinal: 1 });
    expect(view.nextMatch(1, -1)).toEqual({ seq: 4, ordinal: 3 });
    expect(view.nextMatch(5, -1)).toEqual({ seq: 4, ordinal: 3 });
  });

  it('goes through problems both ways and round', () => {
    const { view } = aView(['ERROR', 'x', 'FATAL', 'x'].map((text, index) => line(index, text)));
    expect([view.nextProblem(0, 1), view.nextProblem(2, 1), view.nextProblem(0, -1)]).toEqual([2, 0, 2]);
    expect(aView([line(1)]).view.nextProblem(0, 1)).toBeUndefined();
  });

  it.each([
    [0, false],
    [3, false],
    [0, true],
  ] as const)('equals a fresh view after any mix of additions and drops, context %i, folded %s', (context, folding) => {
    const next = aSeededRandom(7);
    const searched = { query: '17', onlyMatches: true, context };
    const given = filter({ levels: ['error', 'unknown'], ...(folding ? {} : searched) });
    for (let round = 0; round < 8; round += 1) {
      const store = new LogStore(ROWS_PER_BLOCK * 2);
      const view = new LogView(store);
      view.setFilter(given, { folding, columns: [] });
      for (let step = 0; step < 30; step += 1) {
        const many = Array.from({ length: next() % 900 }, () =>
          line(
            next() % 1000,
            next() % 5 === 0 ? '  at 17' : next() % 3 === 0 ? `ERROR ${next() % 99}` : `INFO ${next() % 99}`,
          ),
        );
        if (next() % 4 === 0 && store.size + many.length < ROWS_PER_BLOCK * 2) store.prepend(many);
        else for (const row of many) store.append(row);
        if (next() % 2 === 0) store.trim();
        view.catchUp();
        view.rewind(store.insert(late(...many.slice(0, next() % 3))));
        view.catchUp();
      }
      const fresh = new LogView(store);
      fresh.setFilter(given, { folding, columns: [] });
      expect(texts(store, view)).toEqual(texts(store, fresh));
      expect(view.matchCount).toBe(fresh.matchCount);
    }
  });
});

function aSeededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

describe('a filter', () => {
  it('finds the lines that do not match, and marks nothing in them', () => {
    const store = new LogStore();
    for (const text of ['one', 'two', 'three one']) store.append(line(store.end, text));
    const view = new LogView(store);
    view.setFilter({ ...NO_FILTER, query: 'one', invert: true, onlyMatches: true });
    expect(texts(store, view)).toEqual(['two']);
    expect([view.matchCount, view.foundIn(1)]).toEqual([1, []]);
    store.append(gap);
    store.append(line(9, 'four'));
    view.catchUp();
    expect(texts(store, view)).toEqual(['two', 'gap', 'four']);
  });

  it('leaves out what was written long ago, also what is loaded later', () => {
    const store = new LogStore();
    const at = (minutesAgo: number, text: string) => ({ ...line(store.end, text), at: new Date(Date.now() - minutesAgo * 60_000).toISOString() }); // prettier-ignore
    for (const minutes of [90, 30, 1]) store.append(at(minutes, `${minutes}`));
    const view = new LogView(store);
    view.setFilter({ ...NO_FILTER, since: '1h' });
    expect(texts(store, view)).toEqual(['30', '1']);
    store.prepend([at(100, '100')]);
    store.append(at(0, '0'));
    view.catchUp();
    expect(texts(store, view)).toEqual(['30', '1', '0']);
  });

  it('leaves out what was written before or after a span of time', () => {
    const store = new LogStore();
    const at = (second: number) => ({ ...line(second, `${second}`), at: `2026-11-21T10:00:0${second}.500000000Z` });
    for (const second of [1, 2, 3]) store.append(at(second));
    const view = new LogView(store);
    view.setFilter({ ...NO_FILTER, span: { from: '2026-11-21T10:00:02.000Z', to: '2026-11-21T10:00:03.500Z' } });
    expect(texts(store, view)).toEqual(['2', '3']);
    store.append(at(4));
    store.prepend([at(0)]);
    view.catchUp();
    expect(texts(store, view)).toEqual(['2', '3']);
  });

  it('keeps which of several logs a row is of, and the level of each', () => {
    const store = new LogStore();
    store.append(line(1, 'ERROR it broke'));
    store.append({ ...line(2, 'INFO fine'), source: 1 });
    store.append(line(3, '    at here'));
    store.append({ ...line(4, '    wrapped'), source: 1 });
    expect([0, 1, 2, 3].map((seq) => store.level(seq))).toEqual(['error', 'info', 'error', 'info']);
    expect(store.row(3)).toMatchObject({ source: 1 });
  });
});
