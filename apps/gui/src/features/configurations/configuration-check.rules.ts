import {
  AbsolutePath,
  ChangeConfiguration,
  type Configuration,
  CpuSet,
  EnvName,
  ImageRef,
  LabelName,
  UserNumber,
} from '@bailiwick/contract';
import { checkLines, linesOf } from '../deployments/advanced-options.rules.ts';
import type { FormIssue } from '../deployments/deploy-form.rules.ts';
import {
  type ConfigurationForm,
  FIELD_OF,
  type FormField,
  isChanged,
  type PortRow,
  toChange,
  type VariablesEdit,
} from './configuration-form.rules.ts';

/** Beside what a deployment can have wrong. */
export type OwnCode = 'image' | 'containerPort' | 'onePort' | 'nameTwice' | 'needed' | 'unfit';
export interface Issue {
  code: OwnCode | FormIssue['code'];
  params: FormIssue['params'];
}
/** By the field, or by its row: `ports.0`, `env.2`. */
export type Issues = Record<string, Issue>;

const NUMBERS = {
  memoryMib: { least: 6 },
  swapMib: { least: 0 },
  cpus: { least: 0.01, most: 256 },
  quotaMs: { least: 1, most: 256_000 },
  periodMs: { least: 1, most: 1000 },
  cpuShares: { least: 2, most: 262_144, whole: true },
  pids: { least: 32, most: 4096, whole: true },
  shmMib: { least: 16 },
  retries: { least: 0, most: 1000, whole: true },
  intervalS: { least: 1 },
  timeoutS: { least: 1 },
  healthRetries: { least: 1, most: 20, whole: true },
  startPeriodS: { least: 0 },
} as const satisfies Partial<Record<FormField, Bounds>>;
interface Bounds {
  least: number;
  most?: number;
  whole?: boolean;
}

const NUMBER_FIELDS = Object.keys(NUMBERS) as Array<keyof typeof NUMBERS>;
const [FIRST_HOST_PORT, LAST_PORT] = [1024, 65_535];

/** What cannot be sent as it is; what was not changed is not judged. */
export function checkConfiguration(applied: Configuration, form: ConfigurationForm): Issues {
  const issues: Issues = {};
  const has = (field: FormField) => isChanged(applied, form, field) && isMeant(form, field);
  const note = (at: string, found: Issue | null) => {
    if (found !== null) issues[at] ??= found;
  };
  for (const field of NUMBER_FIELDS) if (has(field)) note(field, checkNumber(form[field], NUMBERS[field]));
  if (has('image') && !ImageRef.safeParse(form.image.trim()).success) note('image', issue('image'));
  if (has('user')) note('user', checkText(form.user, UserNumber, 'user'));
  if (has('workingDir')) note('workingDir', checkText(form.workingDir, AbsolutePath, 'path'));
  if (has('cpuset')) note('cpuset', checkText(form.cpuset, CpuSet, 'cpuset'));
  if (has('labels')) note('labels', checkLines(form.labels, LabelName, 'tagName'));
  if (form.isHealthChecked && has('isHealthChecked') && linesOf(form.healthCommand).length === 0)
    note('healthCommand', issue('needed'));
  if (has('healthCommand') && linesOf(form.healthCommand).length === 0) note('healthCommand', issue('needed'));
  if (has('shmMib') && Number(form.shmMib) > Number(form.memoryMib))
    note('shmMib', issue('atMost', { most: Number(form.memoryMib) }));
  if (has('ports')) form.ports.forEach((row, at) => note(`ports.${at}`, checkPort(row, form.ports.slice(0, at))));
  if (has('env')) form.env.set.forEach((row, at) => note(`env.${at}`, checkVariable(form.env, at)));
  if (Object.keys(issues).length > 0) return issues;
  return restOf(applied, form);
}

/** What only the contract knows, for example how long a text may be. */
function restOf(applied: Configuration, form: ConfigurationForm): Issues {
  const parsed = ChangeConfiguration.safeParse(toChange(applied, form));
  if (parsed.success) return {};
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
  const fields = (Object.keys(FIELD_OF) as FormField[]).filter((field) => wrong.has(FIELD_OF[field]));
  return Object.fromEntries(fields.map((field) => [field, issue('unfit')]));
}

/** Of what excludes one another only what was chosen is looked at. */
function isMeant(form: ConfigurationForm, field: FormField): boolean {
  if (field === 'cpus') return form.counted === 'cores';
  if (field === 'quotaMs' || field === 'periodMs') return form.counted === 'quota';
  if (field === 'retries') return form.restart === 'on-failure' && form.retries.trim() !== '';
  return FIELD_OF[field] !== 'health' || form.isHealthChecked;
}

function checkNumber(text: string, { least, most, whole }: Bounds): Issue | null {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return issue('number');
  if (whole === true && !Number.isInteger(value)) return issue('whole');
  if (value < least) return issue('atLeast', { least });
  return most !== undefined && value > most ? issue('atMost', { most }) : null;
}

function checkText(text: string, shape: typeof CpuSet, code: Issue['code']): Issue | null {
  return text.trim() === '' || shape.safeParse(text.trim()).success ? null : issue(code);
}

function checkPort({ containerPort, protocol, hostPort }: PortRow, before: readonly PortRow[]): Issue | null {
  if (!isWithin(containerPort, 1)) return issue('containerPort');
  if (hostPort.trim() !== '' && !isWithin(hostPort, FIRST_HOST_PORT))
    return issue('port', { first: FIRST_HOST_PORT, last: LAST_PORT });
  const others = before.filter((other) => other.protocol === protocol);
  if (others.some((other) => Number(other.containerPort) === Number(containerPort)))
    return issue('onePort', { port: containerPort });
  const isTwice = hostPort.trim() !== '' && others.some((other) => Number(other.hostPort) === Number(hostPort));
  return isTwice ? issue('portTwice', { port: hostPort }) : null;
}

function checkVariable({ set, unset }: VariablesEdit, at: number): Issue | null {
  const name = set[at]?.name.trim() ?? '';
  if (!EnvName.safeParse(name).success) return issue('envName', { name });
  const isTwice = unset.includes(name) || set.slice(0, at).some((other) => other.name.trim() === name);
  return isTwice ? issue('nameTwice', { name }) : null;
}

function isWithin(text: string, first: number): boolean {
  const port = Number(text);
  return text.trim() !== '' && Number.isInteger(port) && port >= first && port <= LAST_PORT;
}

const issue = (code: Issue['code'], params: Issue['params'] = {}): Issue => ({ code, params });
