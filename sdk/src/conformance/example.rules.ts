import type { JsonObject, JsonValue } from '../json.js';

/** A value that fits a JSON Schema: what it names itself, else the plainest there is. */
export function exampleOf(schema: JsonValue | undefined, depth = 0): JsonValue {
  if (!isObject(schema) || depth > 8) return {};
  const named = schema['default'] ?? first(schema['examples']) ?? schema['const'] ?? first(schema['enum']);
  if (named !== undefined) return named;
  const alternative = first(schema['anyOf']) ?? first(schema['oneOf']);
  if (alternative !== undefined) return exampleOf(alternative, depth + 1);
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'string':
      return textFor(schema);
    case 'integer':
    case 'number':
      return numberFor(schema);
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () => exampleOf(schema['items'], depth + 1));
    default:
      return objectFor(schema, depth);
  }
}

/** What must be there, and what has a value of its own. */
function objectFor({ properties, required }: JsonObject, depth: number): JsonObject {
  if (!isObject(properties)) return {};
  const needed = Array.isArray(required) ? required : [];
  const wanted = Object.entries(properties).filter(
    ([name, schema]) => needed.includes(name) || (isObject(schema) && schema['default'] !== undefined),
  );
  return Object.fromEntries(wanted.map(([name, schema]) => [name, exampleOf(schema, depth + 1)]));
}

const FORMATS: Record<string, string> = {
  email: 'ada@example.com',
  uri: 'http://127.0.0.1:9/',
  url: 'http://127.0.0.1:9/',
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
};

function textFor({ format, minLength }: JsonObject): string {
  const text = (typeof format === 'string' ? FORMATS[format] : undefined) ?? 'example';
  return typeof minLength === 'number' ? text.padEnd(minLength, 'x') : text;
}

function numberFor({ minimum, exclusiveMinimum, maximum }: JsonObject): number {
  if (typeof minimum === 'number') return minimum;
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1;
  return typeof maximum === 'number' ? Math.min(1, maximum) : 1;
}

const first = (list: JsonValue | undefined): JsonValue | undefined => (Array.isArray(list) ? list[0] : undefined);
export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
