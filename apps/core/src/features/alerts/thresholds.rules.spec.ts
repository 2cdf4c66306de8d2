import { describe, expect, it } from '@jest/globals';
import { judge, shareOf, type Verdict, type Watched } from './thresholds.rules.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TEN = { percent: 90, durationMs: 10 * MINUTE };
const EVERY = 15 * SECOND;

/** Reads `percents` one after the other and tells what each brought. */
function readings(
  percents: ReadonlyArray<number | null>,
  { from = 0, every = EVERY, before = undefined as Watched | undefined } = {},
) {
  // prettier-ignore
  let watched = before;
  const verdicts: Verdict[] = [];
  percents.forEach((percent, n) => {
    const judged = judge(watched, { atMs: from + n * every, percent }, TEN);
    watched = judged.watched;
    verdicts.push(judged.verdict);
  });
  return { watched, verdicts, last: verdicts.at(-1) };
}
const times = (count: number, percent: number | null) => Array.from({ length: count }, () => percent);
/** So many readings lie in ten minutes, with those at both ends. */
const IN_TEN = 41;

describe('what is too high', () => {
  it('opens once it was so for as long as it takes, not a reading before', () => {
    const { verdicts } = readings(times(IN_TEN, 90));
    expect(verdicts.at(-1)).toBe('opens');
    expect(verdicts.slice(0, -1).every((verdict) => verdict === undefined)).toBe(true);
  });

  it('begins anew with every reading that is not', () =>
    expect(readings([...times(IN_TEN - 1, 99), 89, ...times(IN_TEN - 1, 99)]).verdicts).not.toContain('opens'));

  it('that goes up and down around the number never opens, and never closes what is open', () => {
    const flapping = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? 93 : 87));
    expect(readings(flapping).verdicts.filter((verdict) => verdict !== undefined)).toEqual([]);
  });
});

describe('what is over', () => {
  it('was lower by some points for half as long', () => {
    expect(readings(times(21, 84)).last).toBe('closes');
    expect(readings(times(20, 84)).last).toBeUndefined();
    expect(readings(times(100, 86)).last).toBeUndefined();
    expect(readings([...times(20, 84), 86, ...times(20, 84)]).verdicts).not.toContain('closes');
  });

  it('can be over under a small number too', () => {
    const small = { percent: 4, durationMs: 0 };
    expect(judge(undefined, { atMs: 0, percent: 3 }, small).verdict).toBeUndefined();
    expect(judge(undefined, { atMs: 0, percent: 1 }, small).verdict).toBe('closes');
  });
});

describe('what nobody knows', () => {
  it('is neither too high nor over, and what was before it does not count', () => {
    expect(readings([...times(30, 99), null, ...times(30, 99)]).verdicts).not.toContain('opens');
    expect(readings([...times(15, 10), null, ...times(15, 10)]).verdicts).not.toContain('closes');
    expect(readings(times(400, null)).verdicts.every((verdict) => verdict === undefined)).toBe(true);
  });

  it('is what was between two readings far apart', () => {
    const first = readings(times(30, 99));
    expect(readings([99], { from: 30 * MINUTE, before: first.watched }).last).toBeUndefined();
    const low = readings(times(15, 10));
    expect(readings([10], { from: 30 * MINUTE, before: low.watched }).last).toBeUndefined();
  });

  it('is what was before a restart: it takes its whole time again, in both directions', () => {
    readings(times(IN_TEN - 1, 99));
    const after = readings(times(IN_TEN, 99), { from: 10 * MINUTE });
    expect(after.verdicts.indexOf('opens')).toBe(IN_TEN - 1);
    expect(readings(times(21, 10), { from: 10 * MINUTE }).verdicts.indexOf('closes')).toBe(20);
  });
});

it('counts no reading twice', () => {
  const { watched } = readings(times(5, 99));
  expect(judge(watched, { atMs: 4 * EVERY, percent: 1 }, TEN)).toEqual({ watched, verdict: undefined });
});

it('is a share of what there is, if both are known', () => {
  expect(shareOf(1, 4)).toBe(25);
  expect([shareOf(null, 4), shareOf(1, null), shareOf(1, undefined), shareOf(1, 0)]).toEqual([null, null, null, null]);
});
