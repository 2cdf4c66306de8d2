import { describe, expect, it } from '@jest/globals';
import { toDurationMs, toSpan } from './duration.rules.ts';

const HOUR_MS = 3_600_000;
const now = new Date(2026, 2, 10, 23, 30);
const wanted = (choice: 'none' | 'hour' | 'today' | 'week' | 'date' | 'asked', day = '') =>
  toDurationMs({ choice, day }, 5 * HOUR_MS, now);

describe('how long something is asked for', () => {
  it('is a number of milliseconds from now on, null without an end, and what was asked where that stays', () => {
    expect(wanted('hour')).toBe(HOUR_MS);
    expect(wanted('today')).toBe(HOUR_MS / 2 - 1);
    expect(wanted('week')).toBe(7 * 24 * HOUR_MS);
    expect(wanted('none')).toBeNull();
    expect(wanted('asked')).toBe(5 * HOUR_MS);
    expect(wanted('date', '2026-03-11')).toBe(24 * HOUR_MS + HOUR_MS / 2 - 1);
  });

  it('is not a day that is over, none, or more than a year away', () => {
    expect([wanted('date', '2026-03-09'), wanted('date', ''), wanted('date', '2028-01-01')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is never less than the core takes', () => {
    const late = new Date(2026, 2, 10, 23, 59, 50);
    expect(toDurationMs({ choice: 'today', day: '' }, null, late)).toBe(60_000);
  });
});

describe('how long, in words', () => {
  it.each([
    [60_000, 'minutes', 1],
    [HOUR_MS / 2, 'minutes', 30],
    [HOUR_MS, 'hours', 1],
    [5 * HOUR_MS, 'hours', 5],
    [7 * 24 * HOUR_MS, 'days', 7],
  ])('%d ms are %s: %d', (durationMs, unit, count) => expect(toSpan(durationMs)).toEqual({ unit, count }));
});
