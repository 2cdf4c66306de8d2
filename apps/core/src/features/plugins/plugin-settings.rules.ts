import { runInNewContext } from 'node:vm';
import type { FieldIssue, PluginManifest } from '@bailiwick/contract';
import * as z from 'zod';
import { toFieldIssues } from '../../kernel/field-issues.js';
import type { Json, JsonObject } from '../../kernel/grpc/struct.rules.js';
import { issueWords } from '../../kernel/issue-words.rules.js';

type JsonSchema = NonNullable<PluginManifest['settings']>;
type Path = readonly string[];

/** What a plugin lets people set, as far as it can be read. */
export type SettingsSchema =
  { readonly schema: z.ZodType; readonly secrets: readonly Path[] } | { readonly error: string };

const CHECKED_WITHIN_MS = 250;

/** `json`: the JSON Schema of the manifest. */
export function readSettingsSchema(json: JsonSchema): SettingsSchema {
  if (json['type'] !== 'object') return { error: 'It is not the schema of an object.' };
  const secrets = secretsIn(json);
  if (secrets.length !== countSecrets(json))
    return { error: 'What is writeOnly or a password stands in properties of objects only.' };
  try {
    return { schema: z.fromJSONSchema(json), secrets };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** As they are kept, or what is wrong with them. */
export function checkSettings(
  schema: z.ZodType,
  values: JsonObject,
): { settings: JsonObject } | { issues: FieldIssue[] } {
  // A pattern is the plugin's own: one that never ends may not hold up the core.
  const check = () => schema.safeParse(values, { error: issueWords });
  let parsed: ReturnType<typeof check>;
  try {
    parsed = runInNewContext('check()', { check }, { timeout: CHECKED_WITHIN_MS }) as ReturnType<typeof check>;
  } catch (error) {
    return { issues: [{ path: 'values', code: 'custom', message: `This cannot be checked: ${error instanceof Error ? error.message : String(error)}` }] }; // prettier-ignore
  }
  if (parsed.success) return { settings: parsed.data as JsonObject };
  return { issues: toFieldIssues(parsed.error).map(({ path, ...rest }) => ({ path: path === '' ? 'values' : `values.${path}`, ...rest })) }; // prettier-ignore
}

/** A secret that is there comes as null. */
export const shownSettings = (settings: JsonObject, secrets: readonly Path[]): JsonObject =>
  secrets.reduce((shown, path) => (at(shown, path) === undefined ? shown : put(shown, path, null)), settings);

/** A secret that is null or not named stays as it was, and one that is empty is forgotten. */
export function wantedSettings(wanted: JsonObject, before: JsonObject, secrets: readonly Path[]): JsonObject {
  return secrets.reduce((values, path) => {
    const given = at(values, path);
    if (given === '') return put(values, path, undefined);
    return given === undefined || given === null ? put(values, path, at(before, path)) : values;
  }, wanted);
}

/** Which of them are otherwise now, by name. */
export function changedSettings(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}

const isSecret = (schema: Record<string, unknown>): boolean =>
  schema['writeOnly'] === true || schema['format'] === 'password';

function secretsIn(schema: Record<string, unknown>, above: Path = []): Path[] {
  return Object.entries(isRecord(schema['properties']) ? schema['properties'] : {}).flatMap(([name, below]) => {
    if (!isRecord(below)) return [];
    return isSecret(below) ? [[...above, name]] : secretsIn(below, [...above, name]);
  });
}

/** Wherever they stand. */
function countSecrets(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, below) => sum + countSecrets(below), 0);
  if (!isRecord(value)) return 0;
  if (isSecret(value)) return 1;
  return Object.values(value).reduce((sum: number, below) => sum + countSecrets(below), 0);
}

function at(object: JsonObject, [name = '', ...below]: Path): Json | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (below.length === 0) return value;
  return isObject(value) ? at(value, below) : undefined;
}

/** Without it where `value` is undefined; the objects on the way are made where they are missing. */
function put(object: JsonObject, [name = '', ...below]: Path, value: Json | undefined): JsonObject {
  const { [name]: now, ...rest } = object;
  if (below.length === 0) return value === undefined ? rest : { ...rest, [name]: value };
  if (value === undefined && !isObject(now)) return object;
  return { ...rest, [name]: put(isObject(now) ? now : {}, below, value) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isObject = (value: Json | undefined): value is JsonObject => isRecord(value);
