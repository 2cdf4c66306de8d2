import type { Struct, Struct__Output } from '../../generated/google/protobuf/Struct.js';
import type { Value, Value__Output } from '../../generated/google/protobuf/Value.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Deeper than this is not read: whoever nests more means harm or made a mistake. */
const DEEPEST = 32;

/** Thrown for what is no JSON, or is nested too deep. */
export class StructError extends Error {}

/** What came as google.protobuf.Struct. Keys are data: `__proto__` is one as any other. */
export function fromStruct(struct: Struct__Output | null | undefined, depth = 0): JsonObject {
  assertDepth(depth);
  const entries = Object.entries(struct?.fields ?? {}).map(([key, value]) => [key, fromValue(value, depth + 1)]);
  // `fromEntries` defines own properties, whatever their names.
  return Object.fromEntries(entries) as JsonObject;
}

export function toStruct(object: JsonObject, depth = 0): Struct {
  assertDepth(depth);
  return { fields: Object.fromEntries(Object.entries(object).map(([key, value]) => [key, toValue(value, depth + 1)])) };
}

function fromValue(value: Value__Output, depth: number): Json {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.numberValue !== undefined) return Number(value.numberValue);
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.structValue) return fromStruct(value.structValue, depth);
  if (value.listValue) {
    assertDepth(depth);
    return (value.listValue.values ?? []).map((item) => fromValue(item, depth + 1));
  }
  return null;
}

function toValue(value: Json, depth: number): Value {
  if (value === null) return { nullValue: 'NULL_VALUE' };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (isList(value)) {
    assertDepth(depth);
    return { listValue: { values: value.map((item) => toValue(item, depth + 1)) } };
  }
  return { structValue: toStruct(value, depth) };
}

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);

function assertDepth(depth: number): void {
  if (depth > DEEPEST) throw new StructError(`It is nested more than ${DEEPEST} deep.`);
}
