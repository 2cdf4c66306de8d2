import { describe, expect, it } from '@jest/globals';
import { ClaimSetup } from '@bailiwick/contract';
import { wrongOwnerFields } from './setup.rules.ts';

const right: ClaimSetup = { token: 'abc', displayName: 'Ada', username: 'ada', password: 'correct horse battery' };

describe('the owner form', () => {
  it('has nothing wrong with right values', () => {
    expect(wrongOwnerFields(right)).toEqual([]);
  });

  it('names every wrong field in the order of the form', () => {
    expect(wrongOwnerFields({ token: ' ', displayName: '', username: 'A', password: 'short' })).toEqual([
      'token',
      'displayName',
      'username',
      'password',
    ]);
  });

  it.each(['a', 'Ada', '-ada', 'ada lovelace', 'a'.repeat(33), 'ada', 'a.b-c_d', 'x1'])(
    'agrees with the contract about the user name %j',
    (username) => {
      const refused = !ClaimSetup.safeParse({ ...right, username }).success;
      expect(wrongOwnerFields({ ...right, username }).includes('username')).toBe(refused);
    },
  );

  it.each([11, 12, 128, 129])('agrees with the contract about a password of %d characters', (length) => {
    const password = 'p'.repeat(length);
    const refused = !ClaimSetup.safeParse({ ...right, password }).success;
    expect(wrongOwnerFields({ ...right, password }).includes('password')).toBe(refused);
  });
});
