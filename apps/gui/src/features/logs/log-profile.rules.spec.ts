import { describe, expect, it } from '@jest/globals';
import type { Level } from '@bailiwick/contract/log-levels';
import { BARS, barAt, profileOf, RAIL_PIECES, spanOf } from './log-profile.rules.ts';

const START = 1_767_225_600_000;
const aRow = (level: Level | null, ms: number) => ({ level, atMs: START + ms });
const profile = (rows: Array<{ level: Level | null; atMs: number }>, linesAt?: (index: number) => number) =>
  profileOf(rows.length, (index) => rows[index] ?? { level: null, atMs: 0 }, linesAt);

describe('where a log is grave', () => {
  it('is shown along its rows, an error before a warning', () => {
    const rows = Array.from({ length: RAIL_PIECES * 2 }, (_, at) => aRow('info', at));
    rows[0] = aRow('warn', 0);
    rows[1] = aRow('error', 0);
    rows[239] = aRow('warn', 239);
    const { rail } = profile(rows);
    expect(rail[0]).toBe('error');
    expect(rail.slice(1, -1).every((each) => each === 'none')).toBe(true);
    expect(rail.at(-1)).toBe('warn');
  });

  it('is counted over its time, however unevenly it was written', () => {
    const rows = [0, 0, 0, 59_000, 60_000].map((ms) => ({ level: ms === 59_000 ? ('fatal' as const) : ('info' as const), atMs: START + ms })); // prettier-ignore
    const { bars, fromMs, stepMs } = profile([...rows, { level: null, atMs: START + 999_000 }]);
    expect([bars[0], bars.at(-1)]).toEqual([{ all: 3, warn: 0, error: 0 }, { all: 1, warn: 0, error: 0 }]); // prettier-ignore
    expect(bars.reduce((all, bar) => all + bar.all, 0)).toBe(5);
    expect(bars.reduce((all, { error }) => all + error, 0)).toBe(1);
    expect(fromMs).toBe(START);
    expect(Math.round(stepMs * BARS)).toBe(60_001);
  });

  it('counts what is folded under a line with it', () => {
    const { bars } = profile([aRow('error', 0), aRow('info', 60_000)], (index) => (index === 0 ? 15 : 1));
    expect([bars[0], bars.at(-1)]).toEqual([{ all: 15, warn: 0, error: 15 }, { all: 1, warn: 0, error: 0 }]); // prettier-ignore
  });

  it('has its bars span the time of their lines, and no other line', () => {
    const rows = Array.from({ length: 500 }, (_, at) => aRow('info', at * 7));
    const shown = profile(rows);
    for (const [one, other] of [
      [0, 0],
      [3, 9],
      [9, 3],
      [0, BARS - 1],
      [BARS - 1, BARS - 1],
    ] as const) {
      // prettier-ignore
      const { from, to } = spanOf(shown, one, other);
      const within = rows.filter(({ atMs }) => atMs >= Date.parse(from) && atMs <= Date.parse(to)).length;
      const counted = shown.bars.slice(Math.min(one, other), Math.max(one, other) + 1).reduce((all, bar) => all + bar.all, 0); // prettier-ignore
      expect(within).toBe(counted);
    }
    expect([-1, 0, 0.5, 1, 2].map(barAt)).toEqual([0, 0, BARS / 2, BARS - 1, BARS - 1]);
  });

  it('is nowhere in nothing', () => {
    expect(profile([]).bars.every(({ all }) => all === 0)).toBe(true);
    expect(profile([{ level: null, atMs: 0 }]).stepMs).toBe(0);
  });
});
