import { describe, expect, it } from '@jest/globals';
import type { FeedState } from './log-messages.ts';
import type { NewRow } from './log-rows.ts';
import { inOrder, mergeByTime, placeAfter, takeTogether, togetherState, toTimed } from './together.rules.ts';

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z`;
const line = (source: number, second: number): NewRow => ({
  kind: 'line',
  cursor: `c${source}.${second}`,
  at: at(second),
  stream: 'stdout',
  text: `${source}/${second}`,
  source,
});
const gap: NewRow = { kind: 'gap', lines: 3, reason: 'rotated' };
const texts = (rows: readonly NewRow[]) => rows.map((row) => (row.kind === 'line' ? row.text : row.kind));

describe('rows of several logs', () => {
  it('stand in the order of their times, each log in its own', () => {
    const first = [line(0, 1), line(0, 5), line(0, 4), line(0, 9)];
    const second = [line(1, 2), gap, line(1, 6)];
    expect(texts(mergeByTime([first, second]))).toEqual(['0/1', '1/2', 'gap', '0/5', '0/4', '1/6', '0/9']);
    expect(mergeByTime([first])).toEqual(first);
    expect(mergeByTime([])).toEqual([]);
  });

  it('are shown only as far back as every log is known', () => {
    const talker = { rows: [line(0, 30), line(0, 31), line(0, 32)], more: true };
    const quiet = { rows: [line(1, 1), line(1, 2), line(1, 31)], more: true };
    const step = takeTogether([talker, quiet]);
    expect(texts(step.rows)).toEqual(['0/30', '0/31', '1/31', '0/32']);
    expect(step.waiting.map(({ rows }) => texts(rows))).toEqual([[], ['1/1', '1/2']]);
    const older = takeTogether([{ rows: [line(0, 1), line(0, 2)], more: false }, { rows: [line(1, 1), line(1, 2)], more: false }]); // prettier-ignore
    expect(texts(older.rows)).toEqual(['0/1', '1/1', '0/2', '1/2']);
  });

  it('come all at once where nothing older is to come', () => {
    const { rows, waiting } = takeTogether([
      { rows: [gap, line(0, 1)], more: false },
      { rows: [], more: false },
    ]);
    expect(texts(rows)).toEqual(['gap', '0/1']);
    expect(waiting[0]?.rows).toEqual([]);
  });
});

describe('rows that come late', () => {
  const end = (second: number): NewRow => ({ kind: 'event', event: 'stopped', at: at(second), exitCode: 0, source: 1 });

  it('stand at their times, but never before what their own log said', () => {
    expect(toTimed([gap, end(9), line(1, 5), end(3), gap], at(4)).map((each) => each.at)).toEqual(
      [4, 9, 5, 5, 5].map(at),
    );
    expect(inOrder([...toTimed([line(0, 7), line(0, 9)]), ...toTimed([end(8)], at(2))]).map(({ at: each }) => each)).toEqual([7, 8, 9].map(at)); // prettier-ignore
  });

  it('move what stands after them, each one by one', () => {
    expect([0, 1, 2, 3].map((place) => placeAfter(place, [2]))).toEqual([0, 1, 3, 4]);
    expect([-5, -4, 0].map((place) => placeAfter(place, [-4, -3, 3]))).toEqual([-5, -2, 2]);
    expect(placeAfter(7, [])).toBe(7);
  });
});

describe('how several logs are followed', () => {
  const live: FeedState = { state: 'live' };
  const lost: FeedState = { state: 'reconnecting', retryAt: 1 };
  const over = (reason: 'removed' | 'signed_out'): FeedState => ({ state: 'ended', reason });

  it('is the worst of those that still are', () => {
    expect(togetherState([live, over('removed')])).toEqual(live);
    expect(togetherState([live, lost])).toEqual(lost);
    expect(togetherState([over('removed'), over('removed')])).toEqual(over('removed'));
    expect(togetherState([live, over('signed_out')])).toEqual(over('signed_out'));
  });
});
