import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../json.js';
import { exampleOf } from './example.rules.js';
import { misfit } from './schema.js';

describe('an example of a schema', () => {
  it.each<[JsonObject, JsonValue]>([
    [{ type: 'string', default: 'x' }, 'x'],
    [{ type: 'string', examples: ['y'] }, 'y'],
    [{ enum: ['a', 'b'] }, 'a'],
    [{ const: 3 }, 3],
    [{ type: 'string', format: 'email' }, 'ada@example.com'],
    [{ type: 'string', minLength: 9 }, 'examplexx'],
    [{ type: 'integer', minimum: 4 }, 4],
    [{ type: 'integer', maximum: 0 }, 0],
    [{ type: ['number', 'null'] }, 1],
    [{ type: 'boolean' }, false],
    [{ type: 'null' }, null],
    [{ type: 'array', minItems: 2, items: { type: 'integer' } }, [1, 1]],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }] }, false],
  ])('%j is %j', (schema, example) => {
    expect(exampleOf(schema)).toEqual(example);
  });

  it('has what must be there and what has a value of its own, and fits', () => {
    const schema: JsonObject = {
      type: 'object',
      required: ['name', 'place'],
      properties: {
        name: { type: 'string' },
        place: { type: 'object', required: ['port'], properties: { port: { type: 'integer', minimum: 1 } } },
        colour: { type: 'string', default: 'red' },
        none: { type: 'string' },
      },
    };
    const example = { name: 'example', place: { port: 1 }, colour: 'red' };
    expect(exampleOf(schema)).toEqual(example);
    expect(misfit(schema, example)).toBe('');
    expect(misfit(schema, { name: 'x', place: {} })).toContain('place.port');
  });

  it('is an object where nothing is said', () => {
    expect(exampleOf({})).toEqual({});
    expect(exampleOf(undefined)).toEqual({});
  });
});
