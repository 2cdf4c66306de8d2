import { describe, expect, it } from '@jest/globals';
import { type CodeTries, giveCodeTryBack, takeCodeTry } from './two-factor-limits.rules.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('trying codes', () => {
  it('locks with the fifth wrong one, twice as long with each that follows, and never longer than an hour', () => {
    const locks: Array<number | null> = [];
    let tries: CodeTries | undefined;
    let now = 0;
    for (let number = 1; number <= 13; number += 1) {
      const answer = takeCodeTry(tries, now);
      if (!answer.allowed) throw new Error(`Try ${number} was refused.`);
      tries = answer.next;
      locks.push(tries.lockedUntil === null ? null : (tries.lockedUntil - now) / MINUTE);
      now = tries.lockedUntil ?? now + 1000;
    }
    expect(locks).toEqual([null, null, null, null, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('refuses while locked and says how long', () => {
    const locked: CodeTries = { failures: 5, lastTriedAt: 0, lockedUntil: MINUTE };
    expect(takeCodeTry(locked, 1)).toEqual({ allowed: false, waitMs: MINUTE - 1 });
  });

  it('forgets after a day without a try', () => {
    expect(takeCodeTry({ failures: 9, lastTriedAt: 0, lockedUntil: 1 }, DAY)).toMatchObject({ next: { failures: 1 } });
    expect(takeCodeTry({ failures: 9, lastTriedAt: 0, lockedUntil: 1 }, DAY - 1)).toMatchObject({
      next: { failures: 10 },
    });
  });

  it('gives the try of a right code back and unlocks', () => {
    expect(giveCodeTryBack({ failures: 5, lastTriedAt: 7, lockedUntil: 9 }, { at: 6, failedAt: 3 })).toEqual({
      failures: 4,
      lastTriedAt: 7,
      lockedUntil: null,
    });
  });

  it('does not add up a slip a week of somebody who signs in every day', () => {
    let tries: CodeTries | undefined;
    const take = (now: number): CodeTries => {
      const answer = takeCodeTry(tries, now);
      if (!answer.allowed) throw new Error(`Day ${now / DAY} is locked.`);
      return answer.next;
    };
    for (let day = 1; day <= 100; day += 1) {
      const at = day * DAY;
      if (day % 7 === 0) tries = take(at - MINUTE);
      const failedAt = tries?.lastTriedAt ?? 0;
      tries = giveCodeTryBack(take(at), { at, failedAt });
      expect(tries.failures).toBeLessThanOrEqual(1);
    }
  });

  it('lets at most 50 of a million guesses through in any one of a hundred days', () => {
    let tries: CodeTries | undefined;
    const accepted: number[] = [];
    const every = (100 * DAY) / 1_000_000;
    for (let guess = 0; guess < 1_000_000; guess += 1) {
      const answer = takeCodeTry(tries, guess * every);
      if (!answer.allowed) continue;
      tries = answer.next;
      accepted.push(guess * every);
    }
    const inDayFrom = (from: number) => accepted.filter((at) => at >= from && at < from + DAY).length;
    expect(Math.max(...accepted.map(inDayFrom))).toBeLessThanOrEqual(50);
  });
});
