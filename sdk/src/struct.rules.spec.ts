import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from './failures.js';
import type { JsonObject } from './json.js';
import { fromStruct, MAX_DEPTH, toStruct } from './struct.rules.js';

const nested = (depth: number): JsonObject => (depth === 1 ? { end: true } : { in: nested(depth - 1) });

describe('objects on the wire', () => {
  it('come back as they went', () => {
    const object = {
      text: 'a',
      number: 1.5,
      yes: true,
      no: false,
      none: null,
      list: [1, ['x'], { a: null }],
      deep: { a: {} },
    };
    expect(fromStruct(toStruct(object))).toEqual(object);
  });

  it('are empty where nothing came', () => {
    expect(fromStruct(null)).toEqual({});
    expect(fromStruct({})).toEqual({});
  });

  it('lose a key __proto__ both ways, and nothing is polluted', () => {
    const fields = Object.fromEntries([['a', { numberValue: 1 }]]);
    Object.defineProperty(fields, '__proto__', {
      value: { structValue: { fields: { polluted: { boolValue: true } } } },
      enumerable: true,
    });
    expect(Object.keys(fromStruct({ fields }))).toEqual(['a']);
    const own = JSON.parse('{"__proto__":{"polluted":true},"b":{"__proto__":1,"c":2}}') as JsonObject;
    expect(fromStruct(toStruct(own))).toEqual({ b: { c: 2 } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it(`nest ${MAX_DEPTH} deep and no deeper`, () => {
    expect(fromStruct(toStruct(nested(MAX_DEPTH)))).toEqual(nested(MAX_DEPTH));
    expect(() => toStruct(nested(MAX_DEPTH + 1))).toThrow(InvalidInput);
    let value: object = { boolValue: true };
    for (let depth = 0; depth <= MAX_DEPTH; depth += 1) value = { structValue: { fields: { in: value } } };
    expect(() => fromStruct({ fields: { in: value } })).toThrow(InvalidInput);
    let list: object = { boolValue: true };
    for (let depth = 0; depth <= MAX_DEPTH; depth += 1) list = { listValue: { values: [list] } };
    expect(() => fromStruct({ fields: { in: list } })).toThrow(InvalidInput);
  });

  it.each([
    ['not a number', { a: { b: Number.NaN } }, 'a.b'],
    ['a function', { a: [() => 1] }, 'a[0]'],
    ['a date', { at: new Date(0) }, 'at'],
    ['a map', { map: new Map() }, 'map'],
  ])('refuse %s by its place', (_, object, place) => {
    expect(() => toStruct(object as unknown as JsonObject)).toThrow(place);
  });
});
