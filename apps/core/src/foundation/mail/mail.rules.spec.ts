import { describe, expect, it } from '@jest/globals';
import { failureOf, isOver, MOST_ATTEMPTS, waitAfter } from './mail.rules.js';

describe('mail', () => {
  it('waits four times as long after every attempt, and never longer than an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 30].map(waitAfter)).toEqual([
      5000, 20_000, 80_000, 320_000, 1_280_000, 3_600_000, 3_600_000, 3_600_000,
    ]);
  });

  it('is tried for about a day before it is given up', () => {
    const waitedMs = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => waitAfter(index + 1));
    const hours = waitedMs.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(26);
  });

  it.each([
    ['nobody listens', { code: 'ESOCKET' }, 'unreachable'],
    ['no such host', { code: 'EDNS' }, 'unreachable'],
    ['no answer in time', { code: 'ETIMEDOUT' }, 'timeout'],
    ['a server without encryption', { code: 'ETLS', responseCode: 502 }, 'tls'],
    ['a certificate of nobody', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'tls'],
    ['a wrong password', { code: 'EAUTH', responseCode: 535 }, 'login'],
    ['come back later', { code: 'EENVELOPE', responseCode: 450 }, 'deferred'],
    ['no such mailbox', { code: 'EENVELOPE', responseCode: 550 }, 'refused'],
    ['something new', {}, 'unreachable'],
  ] as const)('reads %s', (_, reported, failure) => {
    expect(failureOf(reported)).toBe(failure);
  });

  it('gives up at once what is refused, and else after the last attempt or its time', () => {
    const fresh = { attempts: 1, giveUpAt: 100 };
    expect(isOver('refused', fresh, 0)).toBe(true);
    expect(isOver('login', fresh, 0)).toBe(false);
    expect(isOver('unreachable', { ...fresh, attempts: MOST_ATTEMPTS }, 0)).toBe(true);
    expect(isOver('unreachable', fresh, 100)).toBe(true);
  });
});
