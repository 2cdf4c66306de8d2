import { describe, expect, it } from '@jest/globals';
import { isPassword, wrongPasswordField } from './password.rules.ts';

describe('a new password', () => {
  it.each([
    ['', false],
    ['a'.repeat(11), false],
    ['a'.repeat(12), true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
  ])('%s is long enough: %s', (text, isGood) => expect(isPassword(text)).toBe(isGood));

  it('is refused at the field it is about', () => {
    expect(wrongPasswordField({ code: 'invalid_credentials' })?.name).toBe('current');
    expect(wrongPasswordField({ code: 'weak_password' })).toEqual({ name: 'password', words: 'weak' });
    expect(wrongPasswordField({ code: 'rate_limited' })).toBeNull();
  });
});
