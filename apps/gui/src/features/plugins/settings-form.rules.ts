import type { ErrorEnvelope, Plugin } from '@bailiwick/contract';
import { FieldIssue } from '@bailiwick/contract';

/** How a field of the form is filled in; what there is no field for is written as JSON. */
export type SettingKind = 'text' | 'long' | 'secret' | 'number' | 'boolean' | 'choice' | 'texts' | 'json';

export interface SettingField {
  /** Its place among the settings, as the core names it: `proxy.host`. */
  readonly key: string;
  readonly path: readonly string[];
  readonly kind: SettingKind;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
  /** As JSON, since not all of them are texts. */
  readonly choices: readonly string[];
  /** Whether a secret is there already. */
  readonly isKept: boolean;
  readonly isWhole: boolean;
}
export interface SettingGroup {
  /** Empty for those that stand alone. */
  readonly title: string;
  readonly description: string;
  readonly fields: readonly SettingField[];
}

/** What is typed, by the key of its field. */
export type Typed = Readonly<Record<string, string>>;
type Schema = Readonly<Record<string, unknown>>;

const LONG = 300;

/** The form of a schema: its fields, then a group for each object in it. */
export function settingGroups({ manifest, settings }: Pick<Plugin, 'manifest' | 'settings'>): SettingGroup[] {
  const schema = manifest?.settings ?? {};
  const own = propertiesOf(schema);
  const isGroup = ([, below]: [string, Schema]) => kindOf(below) === 'group';
  const fields = own.filter((one) => !isGroup(one)).map(([name, below]) => fieldOf(schema, [name], below, settings));
  const groups = own.filter(isGroup).map(([name, below]) => ({
    title: wordsOf(below['title']) || name,
    description: wordsOf(below['description']),
    fields: propertiesOf(below).map(([inner, deepest]) => fieldOf(below, [name, inner], deepest, settings)),
  }));
  return [{ title: '', description: '', fields }, ...groups].filter((group) => group.fields.length > 0);
}

/** What the form begins with: what is set, else what the schema says. */
export function typedFirst({ manifest, settings }: Pick<Plugin, 'manifest' | 'settings'>): Record<string, string> {
  const fields = settingGroups({ manifest, settings }).flatMap((group) => group.fields);
  return Object.fromEntries(
    fields.map((field) => {
      const value = valueAt(settings, field.path) ?? schemaAt(manifest?.settings, field.path)['default'];
      return [field.key, field.kind === 'secret' ? '' : textOf(field, value)];
    }),
  );
}

/** As the core takes them, or what cannot be read, by the key of its field. */
export function settingsOf(
  { manifest, settings }: Pick<Plugin, 'manifest' | 'settings'>,
  typed: Typed,
  forgotten: ReadonlySet<string>,
): { values: Record<string, unknown> } | { wrong: Record<string, 'number' | 'json'> } {
  const fields = settingGroups({ manifest, settings }).flatMap((group) => group.fields);
  const wrong: Record<string, 'number' | 'json'> = {};
  let values: Record<string, unknown> = { ...settings };
  for (const field of fields) {
    const read = valueOf(field, typed[field.key] ?? '', forgotten.has(field.key));
    if ('wrong' in read) wrong[field.key] = read.wrong;
    else values = withValue(values, field.path, read.value);
  }
  return Object.keys(wrong).length > 0 ? { wrong } : { values };
}

/** The core's words at the fields they are about; under '' what is about none of them. */
export function settingIssues(error: ErrorEnvelope, keys: readonly string[]): Record<string, string> {
  const issues = FieldIssue.array().safeParse(error.params?.['issues']).data ?? [];
  const placed = issues.map(({ path, message }): [string, string] => {
    const place = path.replace(/^(?:values|input)\.?/, '');
    // A list is one field, and so is what is written as JSON.
    const key = keys.find((each) => place === each || place.startsWith(`${each}.`));
    return key === undefined ? ['', [place, message].filter(Boolean).join(': ')] : [key, message];
  });
  return Object.fromEntries(placed.toReversed());
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const propertiesOf = (schema: Schema): [string, Schema][] =>
  Object.entries(isRecord(schema['properties']) ? schema['properties'] : {}).flatMap(([name, below]) =>
    isRecord(below) ? [[name, below] as [string, Schema]] : [],
  );

function fieldOf(above: Schema, path: string[], schema: Schema, settings: Plugin['settings']): SettingField {
  const name = path.at(-1) ?? '';
  const needed: unknown = above['required'];
  const found = kindOf(schema);
  return {
    key: path.join('.'),
    path,
    // An object in an object has no form of its own.
    kind: found === 'group' ? 'json' : found,
    title: wordsOf(schema['title']) || name,
    description: wordsOf(schema['description']),
    required: Array.isArray(needed) && needed.includes(name),
    choices: Array.isArray(schema['enum']) ? schema['enum'].map((choice) => JSON.stringify(choice)) : [],
    isKept: valueAt(settings, path) === null,
    isWhole: schema['type'] === 'integer',
  };
}

function kindOf(schema: Schema): SettingKind | 'group' {
  if (schema['writeOnly'] === true || schema['format'] === 'password') return 'secret';
  if (Array.isArray(schema['enum'])) return 'choice';
  switch (schema['type']) {
    case 'string':
      return typeof schema['maxLength'] === 'number' && schema['maxLength'] > LONG * 10 ? 'long' : 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return isRecord(schema['items']) && schema['items']['type'] === 'string' && !('enum' in schema['items'])
        ? 'texts'
        : 'json';
    case 'object':
      return propertiesOf(schema).length > 0 ? 'group' : 'json';
    default:
      return 'json';
  }
}

const schemaAt = (schema: unknown, path: readonly string[]): Schema =>
  path.reduce<Schema>((above, name) => {
    const below = isRecord(above['properties']) ? above['properties'][name] : undefined;
    return isRecord(below) ? below : {};
  }, isRecord(schema) ? schema : {}); // prettier-ignore

const valueAt = (settings: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (above, name) => (isRecord(above) && Object.hasOwn(above, name) ? above[name] : undefined),
    settings,
  );

function textOf({ kind }: SettingField, value: unknown): string {
  if (kind === 'boolean') return value === true ? 'true' : 'false';
  if (value === undefined || value === null) return '';
  if (kind === 'texts' && Array.isArray(value)) return value.map(String).join('\n');
  if (kind === 'json') return JSON.stringify(value, null, 2);
  if (kind === 'choice') return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type ReadValue = { value: unknown } | { wrong: 'number' | 'json' };

/** Undefined for what is left out: the core fills in what the schema says. */
function valueOf({ kind, isKept, required }: SettingField, text: string, isForgotten: boolean): ReadValue {
  switch (kind) {
    case 'secret':
      return { value: isForgotten ? '' : text === '' ? (isKept ? null : undefined) : text };
    case 'boolean':
      return { value: text === 'true' };
    case 'texts':
      return { value: text.split('\n').map((line) => line.trim()).filter(Boolean) }; // prettier-ignore
    case 'number':
      if (text.trim() === '') return { value: undefined };
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { wrong: 'number' };
    case 'choice':
    case 'json':
      return text.trim() === '' ? { value: undefined } : readJson(text);
    default:
      return { value: text === '' && !required ? undefined : text };
  }
}

function readJson(text: string): ReadValue {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // What is wrong with it stands at the field.
    return { wrong: 'json' };
  }
}

function withValue(values: Record<string, unknown>, [name = '', ...below]: readonly string[], value: unknown): Record<string, unknown> {
  const { [name]: now, ...rest } = values;
  if (below.length === 0) return value === undefined ? rest : { ...rest, [name]: value };
  return { ...rest, [name]: withValue(isRecord(now) ? now : {}, below, value) };
} // prettier-ignore
