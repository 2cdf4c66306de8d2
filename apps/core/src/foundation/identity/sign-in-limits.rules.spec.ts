import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { giveBack, networkOf, takeTry, type Tries } from './sign-in-limits.rules.js';

const LIMIT = { tries: 8, windowMs: 300_000, lockMs: 900_000 };

describe('trying to sign in', () => {
  it('allows eight tries in a window and locks with the eighth', () => {
    let tries: Tries | undefined;
    for (let number = 1; number <= 8; number += 1) {
      const answer = takeTry(tries, number * 1000, LIMIT);
      if (!answer.allowed) throw new Error(`Try ${number} was refused.`);
      tries = answer.next;
      expect(tries.lockedUntil).toBe(number === 8 ? 908_000 : null);
    }
    expect(takeTry(tries, 9000, LIMIT)).toEqual({ allowed: false, waitMs: 899_000 });
  });

  it('starts anew when the window or the lock is over', () => {
    const old: Tries = { failures: 7, windowStartedAt: 0, lockedUntil: null };
    expect(takeTry(old, 300_000, LIMIT)).toMatchObject({ next: { failures: 1, windowStartedAt: 300_000 } });
    const locked: Tries = { failures: 8, windowStartedAt: 0, lockedUntil: 5_000 };
    expect(takeTry(locked, 5_000, LIMIT)).toMatchObject({ next: { failures: 1, windowStartedAt: 5_000 } });
  });

  it('unlocks when the try that locked was none', () => {
    expect(giveBack({ failures: 8, windowStartedAt: 1, lockedUntil: 9 })).toEqual({
      failures: 7,
      windowStartedAt: 1,
      lockedUntil: null,
    });
  });

  it('takes no more wrong ones than the limit, however many right ones run between them', () => {
    const events = fc.constantFrom('wrong', 'right begins', 'right ends');
    fc.assert(
      fc.property(fc.array(events, { maxLength: 200 }), (happens) => {
        let tries: Tries | undefined;
        let [wrong, running] = [0, 0];
        for (const event of happens) {
          if (event === 'right ends') {
            if (running > 0 && tries) tries = giveBack(tries);
            running = Math.max(0, running - 1);
            continue;
          }
          const answer = takeTry(tries, 1000, LIMIT);
          if (!answer.allowed) continue;
          tries = answer.next;
          if (event === 'wrong') wrong += 1;
          else running += 1;
        }
        return wrong <= LIMIT.tries;
      }),
    );
  });

  it('never accepts more than the limit in any window, whenever the tries come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 200 }), (gaps) => {
        const accepted: number[] = [];
        let tries: Tries | undefined;
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const answer = takeTry(tries, now, LIMIT);
          if (!answer.allowed) continue;
          accepted.push(now);
          tries = answer.next;
        }
        // A window starts with its first try, so two neighbouring windows may share a sliding one.
        return accepted.every(
          (from) => accepted.filter((at) => at >= from && at < from + LIMIT.windowMs).length <= 2 * LIMIT.tries - 1,
        );
      }),
    );
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:1:aaaa::1', '2001:db8:0:1::/64'],
    ['2001:0db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1', 'fe80:0:0:0::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
