import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromStruct, type Json, type JsonObject, StructError, toStruct } from './struct.rules.js';

const nested = (depth: number): JsonObject => (depth === 0 ? {} : { in: nested(depth - 1) });

describe('a Struct', () => {
  it('brings every JSON object through as it was', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4, noUnicodeString: false }) as fc.Arbitrary<Json>); // prettier-ignore
    fc.assert(
      fc.property(object, (given) => expect({ ...fromStruct(toStruct(given) as never) }).toEqual({ ...given })),
    );
  });

  it('takes __proto__ for a key as any other', () => {
    const evil: unknown = { fields: JSON.parse('{"__proto__": {"structValue": {"fields": {"isStaff": {"boolValue": true}}}}}') }; // prettier-ignore
    const read = fromStruct(evil as never);
    expect(Object.keys(read)).toEqual(['__proto__']);
    expect(Reflect.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as { isStaff?: boolean }).isStaff).toBeUndefined();
    expect((read as { isStaff?: boolean }).isStaff).toBeUndefined();
  });

  it('is refused where it is nested more than 32 deep, both ways', () => {
    expect(() => toStruct(nested(40))).toThrow(StructError);
    let deep: object = { stringValue: 'x' };
    for (let level = 0; level < 200; level += 1) deep = { listValue: { values: [deep] } };
    expect(() => fromStruct({ fields: { deep } })).toThrow(StructError);
    expect(fromStruct(toStruct(nested(20)) as never)).toEqual(nested(20));
  });

  it('is nothing where nothing came', () => {
    expect(fromStruct(null)).toEqual({});
    expect(fromStruct({})).toEqual({});
  });
});
