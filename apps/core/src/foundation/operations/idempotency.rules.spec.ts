import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './idempotency.rules.js';

describe('what of a body is hashed', () => {
  it('does not depend on the order of keys', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const turned = Object.fromEntries(Object.entries(body).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(body));
      }),
    ));

  it('says the same value again', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (body) =>
        expect(JSON.parse(canonicalJson(body))).toEqual(JSON.parse(JSON.stringify(body))),
      ),
    ));

  it('tells a list from its reverse and nothing from null text', () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson('null')).not.toBe(canonicalJson(null));
  });
});
