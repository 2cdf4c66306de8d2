import { describe, expect, it } from '@jest/globals';
import { toFactor } from './second-factor.rules.ts';

describe('a second factor as it is typed', () => {
  it('is read as what it looks like, however it is spaced', () => {
    expect(toFactor(' 123 456 ')).toEqual({ code: '123456' });
    expect(toFactor('ABCD-efgh-2345-6777')).toEqual({ recoveryCode: 'abcdefgh23456777' });
  });

  it.each(['', '12345', 'abcd', '1234567890123456'])('is none: %j', (text) => {
    expect(toFactor(text)).toBeUndefined();
  });
});
