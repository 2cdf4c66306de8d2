import type { Struct } from './generated/google/protobuf/Struct.js';
import type { Value } from './generated/google/protobuf/Value.js';
import { InvalidInput } from './failures.js';
import type { JsonObject, JsonValue } from './json.js';

/** As deep as anything may nest. */
export const MAX_DEPTH = 32;

/** What came over the wire as a plain object. A key `__proto__` is left out: nobody means it. */
export function fromStruct(struct: Struct | null | undefined): JsonObject {
  return objectOf(struct?.fields, 1);
}

function objectOf(fields: Struct['fields'], depth: number): JsonObject {
  if (depth > MAX_DEPTH) throw new InvalidInput(`Nothing may nest deeper than ${MAX_DEPTH}.`);
  const object: JsonObject = {};
  for (const [key, value] of Object.entries(fields ?? {})) {
    if (key !== '__proto__') object[key] = valueOf(value, depth);
  }
  return object;
}

function valueOf(value: Value, depth: number): JsonValue {
  if (value.structValue) return objectOf(value.structValue.fields, depth + 1);
  if (value.listValue) {
    if (depth >= MAX_DEPTH) throw new InvalidInput(`Nothing may nest deeper than ${MAX_DEPTH}.`);
    return (value.listValue.values ?? []).map((one) => valueOf(one, depth + 1));
  }
  return value.stringValue ?? value.boolValue ?? numberOf(value.numberValue);
}

const numberOf = (number: Value['numberValue']): number | null => (number === undefined ? null : Number(number));

/** A plain object for the wire; what JSON cannot say is refused by the name of its place. */
export function toStruct(object: JsonObject): Struct {
  return structOf(object, 1, '');
}

function structOf(object: Record<string, unknown>, depth: number, place: string): Struct {
  if (depth > MAX_DEPTH) throw new InvalidInput(`${place}: nothing may nest deeper than ${MAX_DEPTH}.`);
  const known = Object.entries(object).filter(([key, value]) => key !== '__proto__' && value !== undefined);
  return {
    fields: Object.fromEntries(
      known.map(([key, value]) => [key, wireValueOf(value, depth, place === '' ? key : `${place}.${key}`)]),
    ),
  };
}

function wireValueOf(value: unknown, depth: number, place: string): Value {
  if (value === null) return { nullValue: 'NULL_VALUE' };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { numberValue: value };
  if (Array.isArray(value)) {
    if (depth >= MAX_DEPTH) throw new InvalidInput(`${place}: nothing may nest deeper than ${MAX_DEPTH}.`);
    return { listValue: { values: value.map((one, at) => wireValueOf(one, depth + 1, `${place}[${at}]`)) } };
  }
  if (isPlain(value)) return { structValue: structOf(value, depth + 1, place) };
  throw new InvalidInput(`${place}: ${typeof value} is nothing JSON can say.`);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
