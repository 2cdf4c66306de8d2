import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bodyHash, canonicalJson } from './idempotency.rules.js';

describe('the hash of a body', () => {
  it('does not depend on the order of keys', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const turned = Object.fromEntries(Object.entries(body).reverse());
        expect(bodyHash(turned)).toBe(bodyHash(body));
      }),
    ));

  it('says the same value again', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (body) =>
        expect(JSON.parse(canonicalJson(body))).toEqual(JSON.parse(JSON.stringify(body))),
      ),
    ));

  it('tells a list from its reverse and nothing from null text', () => {
    expect(bodyHash([1, 2])).not.toBe(bodyHash([2, 1]));
    expect(bodyHash('null')).not.toBe(bodyHash(null));
  });
});
