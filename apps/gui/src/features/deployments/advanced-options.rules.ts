import { EnvName, LabelName, MIB, type Preset, RestartPolicy, RunOptions } from '@bailiwick/contract';
import type { FormIssue, FormIssueCode, FormIssues } from './deploy-form.rules.ts';

/** What is chosen beyond the preset, as typed; empty leaves it to the preset. */
export interface AdvancedForm {
  /** One argument a line. */
  entrypoint: string;
  command: string;
  /** One `NAME=value` a line; never kept in the browser. */
  env: string;
  /** One `name=value` a line. */
  tags: string;
  /** Memory and swap together. */
  swapMib: string;
  shmMib: string;
  cpuShares: string;
  cpuset: string;
  pids: string;
  restart: string;
  retries: string;
}
export type AdvancedField = keyof AdvancedForm;

export const NOTHING_ADVANCED: AdvancedForm = {
  entrypoint: '',
  command: '',
  env: '',
  tags: '',
  swapMib: '',
  shmMib: '',
  cpuShares: '',
  cpuset: '',
  pids: '',
  restart: '',
  retries: '',
};
export const ADVANCED_FIELDS: readonly AdvancedField[] = [
  'entrypoint',
  'command',
  'env',
  'tags',
  'swapMib',
  'shmMib',
  'cpuShares',
  'cpuset',
  'pids',
  'restart',
  'retries',
];

const NUMBERS = {
  swapMib: { least: 6, most: undefined },
  shmMib: { least: 16, most: undefined },
  cpuShares: { least: 2, most: 262_144 },
  pids: { least: 32, most: 4096 },
  retries: { least: 0, most: 1000 },
} as const;

/** How many of them were chosen. */
export const countChosen = (form: AdvancedForm): number => ADVANCED_FIELDS.filter((field) => form[field].trim() !== '').length; // prettier-ignore

export function checkAdvanced(form: AdvancedForm, memoryMib: number): FormIssues {
  const issues: FormIssues = {};
  const note = (field: AdvancedField, found: FormIssue | null) => {
    if (found !== null) issues[`options.${field}`] = found;
  };
  for (const field of ['swapMib', 'shmMib', 'cpuShares', 'pids', 'retries'] as const) {
    const text = form[field].trim();
    if (text !== '') note(field, checkWhole(Number(text), NUMBERS[field]));
  }
  if (form.swapMib.trim() !== '' && Number(form.swapMib) < memoryMib) note('swapMib', issue('atLeast', { least: memoryMib })); // prettier-ignore
  if (form.shmMib.trim() !== '' && Number(form.shmMib) > memoryMib)
    note('shmMib', issue('atMost', { most: memoryMib }));
  if (form.cpuset.trim() !== '' && !RunOptions.shape.cpuset.safeParse(form.cpuset.trim()).success) note('cpuset', issue('cpuset')); // prettier-ignore
  note('env', checkLines(form.env, EnvName, 'envName'));
  note('tags', checkLines(form.tags, LabelName, 'tagName'));
  return issues;
}

/** What is sent of a form that has no issues. */
export function toRunOptions(form: AdvancedForm, preset: Preset): RunOptions {
  const number = (field: AdvancedField, unit = 1) => {
    const text = form[field].trim();
    return text === '' ? undefined : Number(text) * unit;
  };
  const policy = RestartPolicy.safeParse(form.restart || preset.config.restart).data;
  const retries = policy === 'on-failure' ? number('retries') : undefined;
  const isChosen = form.restart !== '' || retries !== undefined;
  const entrypoint = linesOf(form.entrypoint);
  const command = linesOf(form.command);
  const env = linesOf(form.env).map(toPair);
  const tags = linesOf(form.tags).map(toPair);
  const memorySwapBytes = number('swapMib', MIB);
  const shmBytes = number('shmMib', MIB);
  const cpuShares = number('cpuShares');
  const cpuset = form.cpuset.trim();
  const pids = number('pids');
  return {
    ...(entrypoint.length > 0 && { entrypoint }),
    ...(command.length > 0 && { command }),
    ...(env.length > 0 && { env: Object.fromEntries(env) }),
    ...(tags.length > 0 && { labels: Object.fromEntries(tags) }),
    ...(memorySwapBytes !== undefined && { memorySwapBytes }),
    ...(shmBytes !== undefined && { shmBytes }),
    ...(cpuShares !== undefined && { cpuShares }),
    ...(cpuset !== '' && { cpuset }),
    ...(pids !== undefined && { pids }),
    ...(policy !== undefined && isChosen && { restart: { name: policy, ...(retries !== undefined && { maximumRetryCount: retries }) } }), // prettier-ignore
  };
}

/** What was chosen, as it is read before it runs. */
export function describeOptions(
  options: RunOptions,
  formatBytes: (bytes: number) => string,
): Array<[AdvancedField, string[]]> {
  // prettier-ignore
  const { entrypoint, command, labels, memorySwapBytes, shmBytes, cpuShares, cpuset, pids, restart } = options;
  const all: Array<[AdvancedField, string[] | undefined]> = [
    ['entrypoint', entrypoint],
    ['command', command],
    ['tags', labels && Object.entries(labels).map(([name, value]) => `${name}=${value}`)],
    ['swapMib', memorySwapBytes === undefined ? undefined : [formatBytes(memorySwapBytes)]],
    ['shmMib', shmBytes === undefined ? undefined : [formatBytes(shmBytes)]],
    ['cpuShares', cpuShares === undefined ? undefined : [String(cpuShares)]],
    ['cpuset', cpuset === undefined ? undefined : [cpuset]],
    ['pids', pids === undefined ? undefined : [String(pids)]],
    ['retries', restart?.maximumRetryCount === undefined ? undefined : [String(restart.maximumRetryCount)]],
  ];
  return all.flatMap(([field, lines]): Array<[AdvancedField, string[]]> => (lines ? [[field, lines]] : []));
}

/** Where a refusal of the core belongs. */
export function advancedField(path: string): AdvancedField | undefined {
  const [, field] = path.split('.');
  return field === undefined ? undefined : FIELDS[field];
}

const FIELDS: Readonly<Record<string, AdvancedField>> = {
  entrypoint: 'entrypoint',
  command: 'command',
  env: 'env',
  labels: 'tags',
  memorySwapBytes: 'swapMib',
  shmBytes: 'shmMib',
  cpuShares: 'cpuShares',
  cpuset: 'cpuset',
  pids: 'pids',
  restart: 'restart',
};

function checkWhole(value: number, { least, most }: { least: number; most: number | undefined }): FormIssue | null {
  if (!Number.isInteger(value)) return issue('whole');
  if (value < least) return issue('atLeast', { least });
  return most !== undefined && value > most ? issue('atMost', { most }) : null;
}

export function checkLines(text: string, names: typeof LabelName, code: 'envName' | 'tagName'): FormIssue | null {
  for (const line of linesOf(text)) {
    const [name] = toPair(line);
    if (!line.includes('=')) return issue('tagForm', { line: name });
    if (!names.safeParse(name).success) return issue(code, { name });
  }
  return null;
}

export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trimEnd()).filter((line) => line !== ''); // prettier-ignore
export function toPair(line: string): [name: string, value: string] {
  const at = line.indexOf('=');
  return at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
}
const issue = (code: FormIssueCode, params: FormIssue['params'] = {}): FormIssue => ({ code, params });
