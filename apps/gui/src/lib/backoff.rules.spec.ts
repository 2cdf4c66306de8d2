import { describe, expect, it } from '@jest/globals';
import { retryDelayMs } from './backoff.rules.ts';

describe('the delay before the next try', () => {
  it('starts at half a second and grows to ten', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 99].map((attempt) => retryDelayMs(attempt, 0))).toEqual([
      500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000,
    ]);
  });

  it('takes at most a fifth off', () => {
    expect(retryDelayMs(1, 1)).toBe(800);
  });
});
