import type { FieldIssue, Preset } from '@bailiwick/contract';

type Document = Record<string, unknown>;
export type ReadDocument = { ok: true; value: Document } | { ok: false; reason: string };

/** A JSON object, or why it is none. */
export function readDocument(text: string): ReadDocument {
  try {
    const value: unknown = JSON.parse(text);
    return isDocument(value) ? { ok: true, value } : { ok: false, reason: '{ }' };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the core found wrong, by its place in the preset. */
export function issuesIn(
  params: Readonly<Record<string, unknown>> | undefined,
): Pick<FieldIssue, 'path' | 'message'>[] {
  const issues: unknown = params?.['issues'];
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((issue: unknown) => {
    if (!isDocument(issue)) return [];
    const { path, message } = issue;
    if (typeof path !== 'string' || typeof message !== 'string') return [];
    return [{ path: path.replace(/^(document|preset)\.?/, ''), message }];
  });
}

export const toText = (preset: unknown): string => JSON.stringify(preset, null, 2);

/** Where a new one begins. */
export const EMPTY_PRESET: Preset = {
  name: '',
  title: '',
  description: '',
  categories: ['tool'],
  icon: 'box',
  selfService: false,
  questions: [],
  roles: {},
  quickActions: [],
  logTriggers: [],
  config: {
    image: '',
    env: {},
    ports: [],
    volumes: [],
    protocol: 'generic',
    memoryBytes: 512 * 1024 * 1024,
    cpus: 1,
    pids: 256,
    restart: 'unless-stopped',
    profile: 'compat',
  },
};

/** Where a health check begins. */
export const NEW_HEALTH: NonNullable<Preset['config']['health']> = {
  command: [],
  intervalMs: 10_000,
  timeoutMs: 5000,
  retries: 3,
  startPeriodMs: 0,
};

type Question = Preset['questions'][number];
/** Another type keeps what both have, and begins anew with the rest. */
export function withType(
  { name, label, help, required }: Question,
  type: Question['type'],
  firstPort: number,
): Question {
  const base = { name, label, required, ...(help === undefined ? {} : { help }) };
  switch (type) {
    case 'text':
      return { ...base, type, maxLength: 256 };
    case 'number':
    case 'size':
      return { ...base, type };
    case 'choice':
      return { ...base, type, choices: [{ value: '', label: '' }] };
    case 'boolean':
      return { ...base, type, default: false };
    case 'secret':
      return { ...base, type, required: false, length: 24 };
    case 'port':
      return { ...base, type, required: false, containerPort: firstPort, protocol: 'tcp' };
  }
}

/** What a question begins with, as text; undefined where its type has none of that kind. */
export function defaultOf(question: Question): string | undefined {
  switch (question.type) {
    case 'text':
    case 'choice':
    case 'size':
      return question.default ?? '';
    case 'number':
      return question.default === undefined ? '' : String(question.default);
    case 'boolean':
    case 'secret':
    case 'port':
      return undefined;
  }
}

export function withDefault(question: Question, text: string): Question {
  switch (question.type) {
    case 'text':
    case 'choice':
    case 'size': {
      const { default: _, ...rest } = question;
      return text === '' ? rest : { ...rest, default: text };
    }
    case 'number': {
      const { default: _, ...rest } = question;
      return text.trim() === '' ? rest : { ...rest, default: Number(text) };
    }
    case 'boolean':
    case 'secret':
    case 'port':
      return question;
  }
}

/** `NAME=value` or `value=label`, one a line, both ways. */
export const toLines = (pairs: ReadonlyArray<readonly [string, string]>): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join('\n');
export const fromLines = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
    });

type OptionalField = 'cpuShares' | 'diskBytes' | 'health' | 'workspace' | 'explorerRoot' | 'consoleDirectory';
/** With these fields; what is undefined is left out, as if nobody had said it. */
export function withOptional(
  config: Preset['config'],
  changed: { readonly [Name in OptionalField]?: Preset['config'][Name] | undefined },
): Preset['config'] {
  const { cpuShares, diskBytes, health, workspace, explorerRoot, consoleDirectory, ...rest } = {
    ...config,
    ...changed,
  };
  return {
    ...rest,
    ...(cpuShares === undefined ? {} : { cpuShares }),
    ...(diskBytes === undefined ? {} : { diskBytes }),
    ...(health === undefined ? {} : { health }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(explorerRoot === undefined ? {} : { explorerRoot }),
    ...(consoleDirectory === undefined ? {} : { consoleDirectory }),
  };
}
