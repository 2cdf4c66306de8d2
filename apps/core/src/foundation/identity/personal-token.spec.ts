import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isIntact, isPersonalToken, newPersonalToken, prefixOf } from './personal-token.js';

describe('a personal token', () => {
  it('is one of ours, whole, and new each time', () => {
    const token = newPersonalToken();
    expect(token).toMatch(/^bw_[\w-]{49}$/);
    expect(isPersonalToken(token)).toBe(true);
    expect(isIntact(token)).toBe(true);
    expect(newPersonalToken()).not.toBe(token);
    expect(prefixOf(token)).toBe(token.slice(0, 7));
  });

  it('is told from a typo: no single character can be another, none be missing', () => {
    const token = newPersonalToken();
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: token.length - 1 }),
        fc.constantFrom(...'ABCXYZabcxyz0189_-'),
        (position, other) => {
          const mistyped = token.slice(0, position) + other + token.slice(position + 1);
          expect(isIntact(mistyped)).toBe(mistyped === token);
        },
      ),
    );
    for (let length = 0; length < token.length; length += 1) expect(isIntact(token.slice(0, length))).toBe(false);
    expect(isIntact(`${token}A`)).toBe(false);
  });
});
