import { describe, expect, it } from '@jest/globals';
import { SECRET_ALPHABET } from '@bailiwick/contract';
import { makeUpSecret } from './made-up-secret.ts';

describe('a secret made up in the browser', () => {
  it('is as long as it is asked to be, of the letters of the core, and another one each time', () => {
    const secrets = Array.from({ length: 50 }, () => makeUpSecret(24));
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) {
      expect(secret).toHaveLength(24);
      expect([...secret].every((letter) => SECRET_ALPHABET.includes(letter))).toBe(true);
    }
  });

  it('throws away what would make a letter likelier than others', () => {
    const given = [[255, 0], [1]];
    const random = (into: Uint8Array) => into.set(given.shift() ?? []);
    expect(makeUpSecret(2, random)).toBe(`${SECRET_ALPHABET[0]}${SECRET_ALPHABET[1]}`);
  });
});
