import { type ChangeConfiguration, type Configuration, type ConfigurationField, MIB } from '@bailiwick/contract';
import { linesOf, toPair } from '../deployments/advanced-options.rules.ts';

export interface PortRow {
  containerPort: string;
  protocol: 'tcp' | 'udp';
  /** Empty takes the one it has, or a free one. */
  hostPort: string;
}
export interface VariableRow {
  name: string;
  value: string;
  /** Not among those it has. */
  added: boolean;
  /** Its value was saved before and is not typed again. */
  kept: boolean;
}
/** What is to become of the variables; their values are never shown. */
export interface VariablesEdit {
  set: VariableRow[];
  unset: string[];
}

/** A configuration as typed: text stays text until it is sent. */
export interface ConfigurationForm {
  image: string;
  /** One argument a line. */
  entrypoint: string;
  command: string;
  user: string;
  workingDir: string;
  stdinOpen: boolean;
  ports: PortRow[];
  env: VariablesEdit;
  memoryMib: string;
  /** Beside the memory. */
  swapMib: string;
  counted: 'cores' | 'quota';
  cpus: string;
  quotaMs: string;
  periodMs: string;
  cpuShares: string;
  cpuset: string;
  pids: string;
  shmMib: string;
  restart: Configuration['restart']['name'];
  retries: string;
  isHealthChecked: boolean;
  healthCommand: string;
  intervalS: string;
  timeoutS: string;
  healthRetries: string;
  startPeriodS: string;
  /** One `name=value` a line. */
  labels: string;
}
export type FormField = keyof ConfigurationForm;

type Ports = Array<Omit<Configuration['ports'][number], 'ip' | 'hostPort'> & { hostPort: number | null }>;
type Wanted = Omit<Configuration, 'ports' | 'envNames' | 'volumes' | 'profile'> & { ports: Ports };

const NO_VARIABLES: VariablesEdit = { set: [], unset: [] };
const [USUAL_QUOTA_MS, USUAL_PERIOD_MS] = ['100', '100'];

/** A configuration as it is shown where nothing is different. */
export const formOf = (applied: Configuration): ConfigurationForm => toForm(applied, NO_VARIABLES);

/** With everything that is saved laid over it. */
export function startForm(applied: Configuration, saved: ChangeConfiguration | null): ConfigurationForm {
  if (saved === null) return formOf(applied);
  const { set, unset } = saved.env ?? { set: {}, unset: [] };
  return toForm(withSaved(applied, saved), {
    set: Object.keys(set).map((name) => ({ name, value: '', added: !applied.envNames.includes(name), kept: true })),
    unset: [...unset],
  });
}

/** What is to be different from what is applied; empty where nothing is. */
export function toChange(applied: Configuration, form: ConfigurationForm): ChangeConfiguration {
  const has = (...fields: FormField[]) => fields.some((field) => isChanged(applied, form, field));
  const memoryBytes = inBytes(form.memoryMib);
  const { name, ...count } = { name: form.restart, ...(form.retries.trim() !== '' && { maximumRetryCount: Number(form.retries) }) }; // prettier-ignore
  return {
    ...(has('image') && { image: form.image.trim() }),
    ...(has('entrypoint') && { entrypoint: orNull(linesOf(form.entrypoint)) }),
    ...(has('command') && { command: orNull(linesOf(form.command)) }),
    ...(has('user') && { user: form.user.trim() || null }),
    ...(has('workingDir') && { workingDir: form.workingDir.trim() || null }),
    ...(has('stdinOpen') && { stdinOpen: form.stdinOpen }),
    ...(has('env') && { env: toVariables(form.env) }),
    ...(has('ports') && { ports: form.ports.map(toPort) }),
    ...(has('memoryMib') && { memoryBytes }),
    ...(has('swapMib') && { memorySwapBytes: memoryBytes + inBytes(form.swapMib) }),
    ...(has('counted', 'cpus', 'quotaMs', 'periodMs') && toProcessors(form)),
    ...(has('cpuShares') && { cpuShares: Number(form.cpuShares) }),
    ...(has('cpuset') && { cpuset: form.cpuset.trim() || null }),
    ...(has('pids') && { pids: Number(form.pids) }),
    ...(has('shmMib') && { shmBytes: inBytes(form.shmMib) }),
    ...(has('restart', 'retries') && { restart: name === 'on-failure' ? { name, ...count } : { name } }),
    ...(has(...HEALTH) && { health: toHealth(form) }),
    ...(has('labels') && { labels: Object.fromEntries(linesOf(form.labels).map(toPair)) }),
  };
}

const HEALTH: readonly FormField[] = ['isHealthChecked', 'healthCommand', 'intervalS', 'timeoutS', 'healthRetries', 'startPeriodS']; // prettier-ignore

export const isChanged = (applied: Configuration, form: ConfigurationForm, field: FormField): boolean =>
  !isSame(formOf(applied)[field], form[field]);

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Which field of a configuration a field of the form belongs to. */
export const FIELD_OF: Readonly<Record<FormField, ConfigurationField>> = {
  image: 'image',
  entrypoint: 'entrypoint',
  command: 'command',
  user: 'user',
  workingDir: 'workingDir',
  stdinOpen: 'stdinOpen',
  ports: 'ports',
  env: 'env',
  memoryMib: 'memoryBytes',
  swapMib: 'memorySwapBytes',
  counted: 'cpus',
  cpus: 'cpus',
  quotaMs: 'cpuQuota',
  periodMs: 'cpuQuota',
  cpuShares: 'cpuShares',
  cpuset: 'cpuset',
  pids: 'pids',
  shmMib: 'shmBytes',
  restart: 'restart',
  retries: 'restart',
  isHealthChecked: 'health',
  healthCommand: 'health',
  intervalS: 'health',
  timeoutS: 'health',
  healthRetries: 'health',
  startPeriodS: 'health',
  labels: 'labels',
};

function toForm(wanted: Wanted, env: VariablesEdit): ConfigurationForm {
  const { memoryBytes, memorySwapBytes, cpuQuota, restart, health } = wanted;
  return {
    image: wanted.image,
    entrypoint: wanted.entrypoint?.join('\n') ?? '',
    command: wanted.command?.join('\n') ?? '',
    user: wanted.user ?? '',
    workingDir: wanted.workingDir ?? '',
    stdinOpen: wanted.stdinOpen,
    ports: wanted.ports.map(({ containerPort, protocol, hostPort }) => ({
      containerPort: String(containerPort),
      protocol,
      hostPort: hostPort === null ? '' : String(hostPort),
    })),
    env,
    memoryMib: inMib(memoryBytes),
    swapMib: inMib(memorySwapBytes - memoryBytes),
    counted: cpuQuota === null ? 'cores' : 'quota',
    cpus: String(wanted.cpus),
    quotaMs: cpuQuota === null ? USUAL_QUOTA_MS : String(cpuQuota.quotaUs / 1000),
    periodMs: cpuQuota === null ? USUAL_PERIOD_MS : String(cpuQuota.periodUs / 1000),
    cpuShares: wanted.cpuShares === null ? '' : String(wanted.cpuShares),
    cpuset: wanted.cpuset ?? '',
    pids: String(wanted.pids),
    shmMib: wanted.shmBytes === null ? '' : inMib(wanted.shmBytes),
    restart: restart.name,
    retries: restart.name === 'on-failure' ? String(restart.maximumRetryCount) : '',
    isHealthChecked: health !== null,
    healthCommand: health?.command.join('\n') ?? '',
    intervalS: String((health?.intervalMs ?? 10_000) / 1000),
    timeoutS: String((health?.timeoutMs ?? 5000) / 1000),
    healthRetries: String(health?.retries ?? 3),
    startPeriodS: String((health?.startPeriodMs ?? 0) / 1000),
    labels: Object.entries(wanted.labels).map(([name, value]) => `${name}=${value}`).join('\n'), // prettier-ignore
  };
}

/** As the core lays a change over a configuration; which host port is free is not known here. */
function withSaved(applied: Configuration, saved: ChangeConfiguration): Wanted {
  const memoryBytes = saved.memoryBytes ?? applied.memoryBytes;
  const swapBytes = applied.memorySwapBytes - applied.memoryBytes;
  const { cpus, cpuQuota, restart } = saved;
  return {
    image: saved.image ?? applied.image,
    entrypoint: chosen(saved.entrypoint, applied.entrypoint),
    command: chosen(saved.command, applied.command),
    user: chosen(saved.user, applied.user),
    workingDir: chosen(saved.workingDir, applied.workingDir),
    stdinOpen: saved.stdinOpen ?? applied.stdinOpen,
    ports: saved.ports ?? applied.ports,
    memoryBytes,
    memorySwapBytes: saved.memorySwapBytes ?? memoryBytes + swapBytes,
    cpus: cpus ?? applied.cpus,
    cpuQuota: cpuQuota ?? (cpus === undefined ? applied.cpuQuota : null),
    cpuShares: saved.cpuShares ?? applied.cpuShares,
    cpuset: chosen(saved.cpuset, applied.cpuset),
    pids: saved.pids ?? applied.pids,
    shmBytes: saved.shmBytes ?? applied.shmBytes,
    restart: restart ? { name: restart.name, maximumRetryCount: restart.maximumRetryCount ?? USUAL_TRIES } : applied.restart, // prettier-ignore
    health: chosen(saved.health, applied.health),
    labels: saved.labels ?? applied.labels,
  };
}
/** What the core takes where nobody said how often. */
const USUAL_TRIES = 5;

function toVariables({ set, unset }: VariablesEdit): NonNullable<ChangeConfiguration['env']> {
  return {
    set: Object.fromEntries(set.filter(({ kept }) => !kept).map(({ name, value }) => [name.trim(), value])),
    unset,
    kept: set.filter(({ kept }) => kept).map(({ name }) => name),
  };
}

function toPort({ containerPort, protocol, hostPort }: PortRow): NonNullable<ChangeConfiguration['ports']>[number] {
  return {
    containerPort: Number(containerPort),
    protocol,
    hostPort: hostPort.trim() === '' ? null : Number(hostPort),
  };
}

const toProcessors = ({ counted, cpus, quotaMs, periodMs }: ConfigurationForm): ChangeConfiguration =>
  counted === 'cores'
    ? { cpus: Number(cpus) }
    : { cpuQuota: { quotaUs: inWhole(quotaMs, 1000), periodUs: inWhole(periodMs, 1000) } };

const toHealth = (form: ConfigurationForm): ChangeConfiguration['health'] =>
  form.isHealthChecked
    ? {
        command: linesOf(form.healthCommand),
        intervalMs: inWhole(form.intervalS, 1000),
        timeoutMs: inWhole(form.timeoutS, 1000),
        retries: Number(form.healthRetries),
        startPeriodMs: inWhole(form.startPeriodS, 1000),
      }
    : null;

const chosen = <Value>(wanted: Value | undefined, before: Value): Value => (wanted === undefined ? before : wanted);
const orNull = (lines: string[]): string[] | null => (lines.length === 0 ? null : lines);
const inMib = (bytes: number): string => String(bytes / MIB);
const inBytes = (mib: string): number => inWhole(mib, MIB);
const inWhole = (text: string, unit: number): number => Math.round(Number(text) * unit);

const AMOUNT = /^\d{1,9}(\.\d{1,4})?$/;
/** The limits an address proposes; what is no number is left out. */
export function proposedIn(query: Readonly<Record<string, string | string[] | undefined>>): Partial<ConfigurationForm> {
  const amount = (name: string) => {
    const text = query[name];
    return typeof text === 'string' && AMOUNT.test(text) ? text : undefined;
  };
  const [memoryMib, cpus] = [amount('memoryMib'), amount('cpus')];
  return {
    ...(memoryMib === undefined ? {} : { memoryMib }),
    ...(cpus === undefined ? {} : { cpus, counted: 'cores' as const }),
  };
}
