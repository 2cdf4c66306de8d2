import {
  AbsolutePath,
  type DeployInput,
  DomainName,
  EnvName,
  FolderInside,
  LabelName,
  LaunchUrl,
  MIB,
  type Preset,
  RestartPolicy,
  RunOptions,
  UserNumber,
} from '@bailiwick/contract';
import type { FormIssue, FormIssueCode, FormIssues } from './deploy-form.rules.ts';

/** What is chosen beyond the preset, as typed; empty leaves it to the preset. */
export interface AdvancedForm {
  /** One argument a line. */
  entrypoint: string;
  command: string;
  user: string;
  workingDir: string;
  /** One `NAME=value` a line; never kept in the browser. */
  env: string;
  /** One `name=value` a line. */
  tags: string;
  /** Memory and swap together. */
  swapMib: string;
  shmMib: string;
  diskMib: string;
  cpuShares: string;
  cpuset: string;
  /** Instead of a number of processors. */
  quotaMs: string;
  periodMs: string;
  gpus: string;
  pids: string;
  restart: string;
  retries: string;
  /** One argument a line; the other four belong to it. */
  healthCommand: string;
  intervalS: string;
  timeoutS: string;
  healthRetries: string;
  startPeriodS: string;
  domainName: string;
  launchUrl: string;
  /** Where people begin in its files and commands. */
  explorerRoot: string;
  consoleDirectory: string;
}
export type AdvancedField = keyof AdvancedForm;

export const NOTHING_ADVANCED: AdvancedForm = {
  entrypoint: '',
  command: '',
  user: '',
  workingDir: '',
  env: '',
  tags: '',
  swapMib: '',
  shmMib: '',
  diskMib: '',
  cpuShares: '',
  cpuset: '',
  quotaMs: '',
  periodMs: '',
  gpus: '',
  pids: '',
  restart: '',
  retries: '',
  healthCommand: '',
  intervalS: '',
  timeoutS: '',
  healthRetries: '',
  startPeriodS: '',
  domainName: '',
  launchUrl: '',
  explorerRoot: '',
  consoleDirectory: '',
};
export const ADVANCED_FIELDS = Object.keys(NOTHING_ADVANCED) as readonly AdvancedField[];

/** What is filled in where a check is chosen and nothing else is said of it. */
export const USUAL_HEALTH = { intervalS: '10', timeoutS: '5', healthRetries: '3', startPeriodS: '0' } as const;
export const USUAL_PERIOD_MS = '100';

interface Bounds {
  least: number;
  most?: number;
  whole?: boolean;
}
const NUMBERS = {
  swapMib: { least: 6, whole: true },
  shmMib: { least: 16, whole: true },
  diskMib: { least: 64, whole: true },
  cpuShares: { least: 2, most: 262_144, whole: true },
  quotaMs: { least: 1, most: 256_000 },
  periodMs: { least: 1, most: 1000 },
  gpus: { least: 1, most: 16, whole: true },
  pids: { least: 32, most: 4096, whole: true },
  retries: { least: 0, most: 1000, whole: true },
  intervalS: { least: 1 },
  timeoutS: { least: 1 },
  healthRetries: { least: 1, most: 20, whole: true },
  startPeriodS: { least: 0 },
} as const satisfies Partial<Record<AdvancedField, Bounds>>;
const NUMBER_FIELDS = Object.keys(NUMBERS) as Array<keyof typeof NUMBERS>;

/** What belongs to something that was not chosen is neither judged nor sent. */
export function isMeant(form: AdvancedForm, field: AdvancedField): boolean {
  if (field === 'periodMs') return form.quotaMs.trim() !== '';
  return field in USUAL_HEALTH ? linesOf(form.healthCommand).length > 0 : true;
}

/** How many of them were chosen. */
export const countChosen = (form: AdvancedForm): number => ADVANCED_FIELDS.filter((field) => isMeant(form, field) && form[field].trim() !== '').length; // prettier-ignore

export function checkAdvanced(form: AdvancedForm, memoryMib: number): FormIssues {
  const issues: FormIssues = {};
  const note = (field: AdvancedField, found: FormIssue | null) => {
    if (found !== null) issues[`options.${field}`] = found;
  };
  for (const field of NUMBER_FIELDS) {
    const text = form[field].trim();
    if (text !== '' && isMeant(form, field)) note(field, checkNumber(Number(text), NUMBERS[field]));
  }
  if (form.swapMib.trim() !== '' && Number(form.swapMib) < memoryMib) note('swapMib', issue('atLeast', { least: memoryMib })); // prettier-ignore
  if (form.shmMib.trim() !== '' && Number(form.shmMib) > memoryMib)
    note('shmMib', issue('atMost', { most: memoryMib }));
  for (const [field, shape, code] of TEXTS) {
    const text = form[field].trim();
    if (text !== '' && !shape.safeParse(text).success) note(field, issue(code));
  }
  note('env', checkLines(form.env, EnvName, 'envName'));
  note('tags', checkLines(form.tags, LabelName, 'tagName'));
  return issues;
}

const TEXTS = [
  ['user', UserNumber, 'user'],
  ['workingDir', AbsolutePath, 'path'],
  ['cpuset', RunOptions.shape.cpuset, 'cpuset'],
  ['domainName', DomainName, 'domainName'],
  ['launchUrl', LaunchUrl, 'launchUrl'],
  ['explorerRoot', FolderInside, 'path'],
  ['consoleDirectory', FolderInside, 'path'],
] as const;

/** What is sent of a form that has no issues. */
export function toRunOptions(form: AdvancedForm, preset: Preset): RunOptions {
  const number = (field: AdvancedField, unit = 1) => {
    const text = form[field].trim();
    return text === '' ? undefined : Math.round(Number(text) * unit);
  };
  const policy = RestartPolicy.safeParse(form.restart || preset.config.restart).data;
  const retries = policy === 'on-failure' ? number('retries') : undefined;
  const isChosen = form.restart !== '' || retries !== undefined;
  const entrypoint = linesOf(form.entrypoint);
  const command = linesOf(form.command);
  const user = form.user.trim();
  const workingDir = form.workingDir.trim();
  const env = linesOf(form.env).map(toPair);
  const tags = linesOf(form.tags).map(toPair);
  const memorySwapBytes = number('swapMib', MIB);
  const shmBytes = number('shmMib', MIB);
  const cpuShares = number('cpuShares');
  const cpuset = form.cpuset.trim();
  const quotaUs = number('quotaMs', 1000);
  const pids = number('pids');
  const health = toHealth(form);
  return {
    ...(entrypoint.length > 0 && { entrypoint }),
    ...(command.length > 0 && { command }),
    ...(user !== '' && { user }),
    ...(workingDir !== '' && { workingDir }),
    ...(env.length > 0 && { env: Object.fromEntries(env) }),
    ...(tags.length > 0 && { labels: Object.fromEntries(tags) }),
    ...(memorySwapBytes !== undefined && { memorySwapBytes }),
    ...(shmBytes !== undefined && { shmBytes }),
    ...(cpuShares !== undefined && { cpuShares }),
    ...(cpuset !== '' && { cpuset }),
    ...(quotaUs !== undefined && { cpuQuota: { quotaUs, periodUs: number('periodMs', 1000) ?? Number(USUAL_PERIOD_MS) * 1000 } }), // prettier-ignore
    ...(pids !== undefined && { pids }),
    ...(health !== undefined && { health }),
    ...(policy !== undefined && isChosen && { restart: { name: policy, ...(retries !== undefined && { maximumRetryCount: retries }) } }), // prettier-ignore
  };
}

function toHealth(form: AdvancedForm): RunOptions['health'] {
  const command = linesOf(form.healthCommand);
  const said = (field: keyof typeof USUAL_HEALTH) => Number(form[field].trim() || USUAL_HEALTH[field]);
  if (command.length === 0) return undefined;
  return {
    command,
    intervalMs: Math.round(said('intervalS') * 1000),
    timeoutMs: Math.round(said('timeoutS') * 1000),
    retries: said('healthRetries'),
    startPeriodMs: Math.round(said('startPeriodS') * 1000),
  };
}

/** What is asked for in the advanced part and sent beside the options. */
export function besideOptions(
  form: AdvancedForm,
): Pick<DeployInput, 'diskBytes' | 'gpus' | 'domainName' | 'launchUrl' | 'explorerRoot' | 'consoleDirectory'> {
  const [disk, domainName, launchUrl] = [form.diskMib.trim(), form.domainName.trim(), form.launchUrl.trim()];
  const [explorerRoot, consoleDirectory] = [form.explorerRoot.trim(), form.consoleDirectory.trim()];
  return {
    ...(disk !== '' && { diskBytes: Number(disk) * MIB }),
    ...(form.gpus.trim() !== '' && { gpus: Number(form.gpus) }),
    ...(domainName !== '' && { domainName }),
    ...(launchUrl !== '' && { launchUrl }),
    ...(explorerRoot !== '' && { explorerRoot }),
    ...(consoleDirectory !== '' && { consoleDirectory }),
  };
}

/** How many processors it may use, however that was said. */
export function coresOf(cpus: string, { quotaMs, periodMs }: AdvancedForm): number {
  if (quotaMs.trim() === '') return Number(cpus);
  return Number(quotaMs) / Number(periodMs.trim() || USUAL_PERIOD_MS);
}

/** What was chosen, as it is read before it runs. */
export function describeOptions(
  options: RunOptions,
  formatBytes: (bytes: number) => string,
): Array<[AdvancedField, string[]]> {
  // prettier-ignore
  const { entrypoint, command, user, workingDir, labels, memorySwapBytes, shmBytes, cpuShares, cpuset, cpuQuota, pids, restart, health } = options;
  const all: Array<[AdvancedField, string[] | undefined]> = [
    ['entrypoint', entrypoint],
    ['command', command],
    ['user', user === undefined ? undefined : [user]],
    ['workingDir', workingDir === undefined ? undefined : [workingDir]],
    ['tags', labels && Object.entries(labels).map(([name, value]) => `${name}=${value}`)],
    ['swapMib', memorySwapBytes === undefined ? undefined : [formatBytes(memorySwapBytes)]],
    ['shmMib', shmBytes === undefined ? undefined : [formatBytes(shmBytes)]],
    ['cpuShares', cpuShares === undefined ? undefined : [String(cpuShares)]],
    ['cpuset', cpuset === undefined ? undefined : [cpuset]],
    ['quotaMs', cpuQuota && [`${cpuQuota.quotaUs / 1000} / ${cpuQuota.periodUs / 1000}`]],
    ['pids', pids === undefined ? undefined : [String(pids)]],
    ['retries', restart?.maximumRetryCount === undefined ? undefined : [String(restart.maximumRetryCount)]],
    ['healthCommand', health?.command],
  ];
  return all.flatMap(([field, lines]): Array<[AdvancedField, string[]]> => (lines ? [[field, lines]] : []));
}

/** Where a refusal of the core belongs. */
export function advancedField(path: string): AdvancedField | undefined {
  const [head, field, part] = path.split('.');
  if (head !== 'options') return BESIDE.find(([name]) => name === head)?.[1];
  if (field === 'health' && part !== undefined) return HEALTH_FIELDS[part] ?? 'healthCommand';
  if (field === 'cpuQuota') return part === 'periodUs' ? 'periodMs' : 'quotaMs';
  return field === undefined ? undefined : FIELDS[field];
}

const BESIDE = [
  ['diskBytes', 'diskMib'],
  ['gpus', 'gpus'],
  ['domainName', 'domainName'],
  ['launchUrl', 'launchUrl'],
  ['explorerRoot', 'explorerRoot'],
  ['consoleDirectory', 'consoleDirectory'],
] as const;

const HEALTH_FIELDS: Readonly<Record<string, AdvancedField>> = {
  intervalMs: 'intervalS',
  timeoutMs: 'timeoutS',
  retries: 'healthRetries',
  startPeriodMs: 'startPeriodS',
};

const FIELDS: Readonly<Record<string, AdvancedField>> = {
  entrypoint: 'entrypoint',
  command: 'command',
  user: 'user',
  workingDir: 'workingDir',
  env: 'env',
  labels: 'tags',
  memorySwapBytes: 'swapMib',
  shmBytes: 'shmMib',
  cpuShares: 'cpuShares',
  cpuset: 'cpuset',
  pids: 'pids',
  restart: 'restart',
  health: 'healthCommand',
};

function checkNumber(value: number, { least, most, whole }: Bounds): FormIssue | null {
  if (whole === true && !Number.isInteger(value)) return issue('whole');
  if (!Number.isFinite(value)) return issue('number');
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
