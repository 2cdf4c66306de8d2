import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findUnsafe } from './json-body.rules.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);

describe('a body', () => {
  it('may hold anything JSON can say, 32 levels deep', () => {
    expect(findUnsafe(nested(32))).toBeUndefined();
    expect(findUnsafe(undefined)).toBeUndefined();
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), (value) => {
        expect(JSON.stringify(value).match(/__proto__|\\u0000/) ? undefined : findUnsafe(value)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['one level too deep', nested(33), 'too_deep'],
    ['__proto__ in a list', JSON.parse('{"a":[{"__proto__":1}]}'), 'unknown_field'],
    ['NUL in a text', { a: { b: 'x\0y' } }, 'invalid_character'],
    ['NUL in a name', { 'a\0b': 1 }, 'invalid_character'],
  ])('is refused with %s', (_, body, code) => {
    expect(findUnsafe(body)).toMatchObject({ code });
  });

  it('tells the path of what is wrong', () => {
    expect(findUnsafe({ list: [{ ok: 1 }, { name: '\0' }] })).toMatchObject({ path: 'list.1.name' });
  });
});
