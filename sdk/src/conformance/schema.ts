import * as z from 'zod';
import type { JsonObject } from '../json.js';
import { exampleOf, isObject } from './example.rules.js';

/** What keeps the core from checking values by a JSON Schema; empty where nothing does. */
export function troubleWith(schema: JsonObject): string {
  if (schema['type'] !== 'object') return 'is a JSON Schema with "type": "object"';
  try {
    z.fromJSONSchema(schema);
    return '';
  } catch (error) {
    return `cannot be checked: ${(error as Error).message}`;
  }
}

/** What does not fit; empty where all of it does. */
export function misfit(schema: JsonObject, values: JsonObject): string {
  const issue = z.fromJSONSchema(schema).safeParse(values).error?.issues[0];
  return issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : '';
}

/** Values that fit, of an object's schema; throws where none are found. */
export function fitting(schema: JsonObject): JsonObject {
  const example = exampleOf(schema);
  const values = isObject(example) ? example : {};
  if (Object.keys(schema).length === 0) return values;
  const trouble = misfit(schema, values);
  if (trouble === '') return values;
  throw new Error(`nothing that fits was found (${trouble}); give it a "default" or "examples"`);
}
