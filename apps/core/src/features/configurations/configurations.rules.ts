import { isDeepStrictEqual } from 'node:util';
import {
  type Capability,
  type ChangeConfiguration,
  type Configuration,
  CONFIGURATION_NEEDS,
  ConfigurationField,
  type FieldChange,
  type FieldIssue,
  HostBind,
  type HowApplied,
  type QuotaUsage,
  type SavedSettings,
} from '@bailiwick/contract';
import * as z from 'zod';
import { retriesOf } from '../../foundation/environments/docker-spec.rules.js';
import type { ContainerSpec, LiveChange } from '../../foundation/environments/engine.js';
import { type AppError, conflict } from '../../kernel/errors.js';
import { toWords } from '../commands/run.rules.js';
import { NO_USAGE } from '../quotas/quotas.rules.js';
import type { PlannedPort } from '../ports/ports.rules.js';

const argv = z.array(z.string()).readonly().nullable();

/** What of a spec is written down: not the name, which is the container's, nor the environment, which is sealed, nor our labels. */
export const WrittenSpec = z.object({
  image: z.string(),
  entrypoint: argv,
  command: argv,
  user: z.string().nullable(),
  workingDir: z.string().nullable(),
  ports: z
    .array(
      z.object({
        ip: z.string(),
        hostPort: z.int(),
        containerPort: z.int(),
        protocol: z.enum(['tcp', 'udp']),
      }),
    )
    .readonly(),
  volumes: z.array(z.object({ name: z.string(), target: z.string() })).readonly(),
  binds: z.array(HostBind).readonly().optional(),
  gpus: z.int().optional(),
  network: z.string(),
  memoryBytes: z.int(),
  memorySwapBytes: z.int(),
  cpus: z.number(),
  cpuQuota: z.object({ quotaUs: z.int(), periodUs: z.int() }).nullable(),
  cpuShares: z.int().nullable(),
  cpuset: z.string().nullable(),
  pids: z.int(),
  shmBytes: z.int().nullable(),
  /** Of its own files, where the engine can hold it to that. */
  diskBytes: z.int().nullable(),
  restart: z.object({
    name: z.enum(['no', 'on-failure', 'unless-stopped', 'always']),
    maximumRetryCount: z.int(),
  }),
  health: z
    .object({
      command: z.array(z.string()).readonly(),
      intervalMs: z.number(),
      timeoutMs: z.number(),
      retries: z.int(),
      startPeriodMs: z.number(),
    })
    .nullable(),
  profile: z.enum(['strict', 'compat']),
  stdinOpen: z.boolean(),
  tags: z.record(z.string(), z.string()),
});
export type WrittenSpec = z.infer<typeof WrittenSpec>;

/** A configuration with all that is in it. */
export interface Made {
  readonly spec: WrittenSpec;
  readonly env: Readonly<Record<string, string>>;
}

/** What is to be kept of what a container was made from. */
export const toMade = ({ env, ...spec }: Omit<ContainerSpec, 'labels'>): Made => ({
  spec: WrittenSpec.parse(spec),
  env: { ...env },
});

export const toConfiguration = ({ spec, env }: Made): Configuration => ({
  image: spec.image,
  entrypoint: spec.entrypoint && [...spec.entrypoint],
  command: spec.command && [...spec.command],
  user: spec.user,
  workingDir: spec.workingDir,
  envNames: Object.keys(env).sort(),
  ports: spec.ports.map((port) => ({ ...port })),
  volumes: spec.volumes.map((volume) => ({ ...volume })),
  ...(spec.gpus === undefined ? {} : { gpus: spec.gpus }),
  ...(spec.binds ? { binds: spec.binds.map((bind) => ({ ...bind })) } : {}),
  memoryBytes: spec.memoryBytes,
  memorySwapBytes: spec.memorySwapBytes,
  cpus: spec.cpus,
  cpuQuota: spec.cpuQuota,
  cpuShares: spec.cpuShares,
  cpuset: spec.cpuset,
  pids: spec.pids,
  shmBytes: spec.shmBytes,
  restart: spec.restart,
  health: spec.health && { ...spec.health, command: [...spec.health.command] },
  stdinOpen: spec.stdinOpen,
  labels: { ...spec.tags },
  profile: spec.profile,
});

/** Where on the host its folders lie is for those who may say so. */
export const withoutHostPaths = ({ binds, ...configuration }: Configuration): Configuration => ({
  ...configuration,
  ...(binds ? { binds: binds.map((bind) => ({ ...bind, source: null })) } : {}),
});

/** How it would be made after a change. Ports are chosen before: which host port is free is no question of rules. */
export function afterChange({ spec, env }: Made, change: ChangeConfiguration, ports?: readonly PlannedPort[]): Made {
  const memoryBytes = change.memoryBytes ?? spec.memoryBytes;
  // Who asks for more memory means memory: what may be swapped beside it stays as much.
  const memorySwapBytes = change.memorySwapBytes ?? memoryBytes + (spec.memorySwapBytes - spec.memoryBytes);
  const { set = {}, unset = [] } = change.env ?? {};
  const kept = Object.entries(env).filter(([name]) => !unset.includes(name));
  return {
    spec: {
      ...spec,
      image: change.image ?? spec.image,
      entrypoint: chosen(change.entrypoint, spec.entrypoint),
      command: chosen(change.command, spec.command),
      user: chosen(change.user, spec.user),
      workingDir: chosen(change.workingDir, spec.workingDir),
      ports: ports?.map(({ ip, hostPort, containerPort, protocol }) => ({ ip, hostPort, containerPort, protocol })) ?? spec.ports, // prettier-ignore
      memoryBytes,
      memorySwapBytes,
      ...processorsOf(spec, change),
      cpuShares: change.cpuShares ?? spec.cpuShares,
      cpuset: chosen(change.cpuset, spec.cpuset),
      pids: change.pids ?? spec.pids,
      shmBytes: change.shmBytes ?? spec.shmBytes,
      restart: change.restart
        ? {
            name: change.restart.name,
            maximumRetryCount: change.restart.maximumRetryCount ?? retriesOf(change.restart.name),
          }
        : spec.restart,
      health: chosen(change.health, spec.health),
      stdinOpen: change.stdinOpen ?? spec.stdinOpen,
      tags: change.labels ?? spec.tags,
    },
    env: { ...Object.fromEntries(kept), ...set },
  };
}

/** A number of processors and a quota are two words for one thing: the last that was said counts. */
function processorsOf(
  spec: WrittenSpec,
  { cpus, cpuQuota }: ChangeConfiguration,
): Pick<WrittenSpec, 'cpus' | 'cpuQuota'> {
  if (cpuQuota) return { cpus: cpuQuota.quotaUs / cpuQuota.periodUs, cpuQuota };
  return cpus === undefined ? { cpus: spec.cpus, cpuQuota: spec.cpuQuota } : { cpus, cpuQuota: null };
}

const chosen = <Value>(wanted: Value | undefined, before: Value): Value => (wanted === undefined ? before : wanted);

/** The startup command somebody saved, as the image's entrypoint is given it. */
export function withStartup(made: Made, { startupCommand }: Pick<SavedSettings, 'startupCommand'>): Made {
  if (startupCommand === null) return made;
  const read = toWords(startupCommand);
  const command = 'words' in read ? read.words : ['sh', '-c', startupCommand];
  return { ...made, spec: { ...made.spec, command } };
}

/** What does not fit together in a changed configuration. */
export function findIssues({ spec }: Made, change: ChangeConfiguration): FieldIssue[] {
  const found: FieldIssue[] = [];
  const add = (path: string, code: string, message: string) => found.push({ path: `change.${path}`, code, message });
  if (spec.memorySwapBytes < spec.memoryBytes)
    add('memorySwapBytes', 'too_small', 'Memory and swap together are at least the memory.');
  if (spec.shmBytes !== null && spec.shmBytes > spec.memoryBytes)
    add('shmBytes', 'too_big', 'Shared memory is part of the memory: it is at most as much.');
  if (change.cpus !== undefined && change.cpuQuota)
    add('cpuQuota', 'both', 'Name a number of processors or a quota, not both.');
  const { set = {}, unset = [] } = change.env ?? {};
  const torn = unset.find((name) => name in set);
  if (torn !== undefined) add('env', 'both', `${torn} cannot be set and taken away at once.`);
  const ports = (change.ports ?? []).map(({ containerPort, protocol }) => `${containerPort}/${protocol}`);
  const twice = ports.find((port, index) => ports.indexOf(port) !== index);
  if (twice !== undefined) add('ports', 'port_twice', `${twice} is named twice.`);
  return found;
}

/** What an engine knows by one value each; the two others are sets, and told apart entry by entry. */
const FIELDS = ConfigurationField.exclude(['env', 'labels']).options;
/** What an engine changes on a container as it is. */
const LIVE: ReadonlySet<ConfigurationField> = new Set<ConfigurationField>(['memoryBytes', 'memorySwapBytes', 'cpus', 'cpuShares', 'cpuset', 'pids', 'restart']); // prettier-ignore

/** Field by field, with how each comes about. */
export function fieldsBetween(before: Made, after: Made): FieldChange[] {
  const plain = FIELDS.filter((field) => !isDeepStrictEqual(before.spec[field], after.spec[field])).map(
    (field): FieldChange => ({
      field,
      from: before.spec[field],
      to: after.spec[field],
      how: howOf(field, before.spec, after.spec),
    }),
  );
  const env = envBetween(before.env, after.env);
  if (env) plain.push({ field: 'env', from: null, to: env, how: 'recreate' });
  if (!isDeepStrictEqual(before.spec.tags, after.spec.tags))
    plain.push({ field: 'labels', from: before.spec.tags, to: after.spec.tags, how: 'recreate' });
  return plain;
}

function howOf(field: ConfigurationField, before: WrittenSpec, after: WrittenSpec): HowApplied {
  // An engine that was told the one does not take the other while the container stands.
  const changesKind = (before.cpuQuota === null) !== (after.cpuQuota === null);
  if (field === 'cpus' || field === 'cpuQuota') return changesKind ? 'recreate' : 'live';
  return LIVE.has(field) ? 'live' : 'recreate';
}

function envBetween(
  before: Made['env'],
  after: Made['env'],
): { added: string[]; changed: string[]; removed: string[] } | undefined {
  const added = Object.keys(after).filter((name) => !(name in before));
  const changed = Object.keys(after).filter((name) => name in before && before[name] !== after[name]);
  const removed = Object.keys(before).filter((name) => !(name in after));
  if (added.length + changed.length + removed.length === 0) return undefined;
  return { added: added.sort(), changed: changed.sort(), removed: removed.sort() };
}

/** Null where nothing differs. */
export const howToApply = (fields: readonly FieldChange[]): HowApplied | null =>
  fields.length === 0 ? null : fields.some(({ how }) => how === 'recreate') ? 'recreate' : 'live';

/** What the engine is told to bring a container from one configuration to another without making it anew. */
export function toLiveChange({ spec }: Made, fields: readonly FieldChange[]): LiveChange {
  const has = (...names: ConfigurationField[]) => fields.some(({ field }) => names.includes(field));
  const { memoryBytes, memorySwapBytes, restart, cpus, cpuQuota, cpuShares, cpuset, pids } = spec;
  return {
    ...(has('memoryBytes', 'memorySwapBytes') ? { memory: { memoryBytes, memorySwapBytes } } : {}),
    ...(has('restart') ? { restart } : {}),
    ...(has('cpus', 'cpuQuota') ? (cpuQuota ? { cpuQuota } : { cpus }) : {}),
    ...(has('cpuShares') ? { cpuShares: cpuShares ?? USUAL_SHARES } : {}),
    ...(has('cpuset') ? { cpuset: cpuset ?? '' } : {}),
    ...(has('pids') ? { pids } : {}),
  };
}
/** The weight an engine gives to a container nobody gave one. */
const USUAL_SHARES = 1024;

/** Each of them changes something about how a container is made. */
export const CHANGING: readonly Capability[] = [
  ...new Set<Capability>(['containers.recreate', ...Object.values(CONFIGURATION_NEEDS)]),
];

/** What somebody needs to have these fields changed. */
export const capabilitiesFor = (fields: readonly ConfigurationField[]): Capability[] => [
  ...new Set<Capability>(['containers.settingsSee', ...fields.map((field) => CONFIGURATION_NEEDS[field])]),
];

/** What a change names, whether or not it comes to a difference. */
export const fieldsIn = (change: ChangeConfiguration): ConfigurationField[] =>
  ConfigurationField.options.filter((field) => change[field] !== undefined);

/** Two of one image in two versions: what stands before the tag or digest is the same. */
export const isSameRepository = (one: string, other: string): boolean => repositoryOf(one) === repositoryOf(other);
const repositoryOf = (image: string): string => image.replace(/@sha256:.*$/, '').replace(/:[^:/]*$/, '');

/** Environment values left out: names are enough to show that they were typed. */
export const withoutValues = (change: ChangeConfiguration): ChangeConfiguration =>
  change.env
    ? { ...change, env: { ...change.env, set: Object.fromEntries(Object.keys(change.env.set).map((name) => [name, ''])) } } // prettier-ignore
    : change;

/** Both at once would share what only one may have: a host port, or the files of a volume. */
export const cannotRunTogether = (one: WrittenSpec, other: WrittenSpec): boolean =>
  one.ports.some(({ hostPort, protocol }) => other.ports.some((port) => port.hostPort === hostPort && port.protocol === protocol)) || // prettier-ignore
  one.volumes.some(({ name }) => other.volumes.some((volume) => volume.name === name)) ||
  (one.binds ?? []).some(({ readOnly, source }) => !readOnly && (other.binds ?? []).some((bind) => bind.source === source)); // prettier-ignore

/** What is shorter is a switch or a number, and would black out half of a log. */
const SHORTEST_CONFIDENCE = 8;
/** What logs are not to repeat of what a container was told. */
export const confidencesOf = (env: Made['env']): string[] =>
  Object.values(env).filter((value) => value.length >= SHORTEST_CONFIDENCE);

/** What quotas count of it. */
export const sizesOf = ({ spec }: Made): { memoryBytes: number; cpus: number } => ({
  memoryBytes: spec.memoryBytes,
  cpus: spec.cpus,
});

type Sizes = ReturnType<typeof sizesOf>;
/** While both stand, the larger of each counts. */
export const largerOf = (one: Sizes, other: Sizes): Sizes => ({
  memoryBytes: Math.max(one.memoryBytes, other.memoryBytes),
  cpus: Math.max(one.cpus, other.cpus),
});

/** How much more it would take; what it gives back is given back at the end. */
export const growth = (before: Made, after: Made): QuotaUsage => ({
  ...NO_USAGE,
  memoryBytes: Math.max(0, after.spec.memoryBytes - before.spec.memoryBytes),
  cpus: Math.max(0, after.spec.cpus - before.spec.cpus),
});

/** Host ports that come with a change, and those that go with it. */
export function portsBetween(
  before: Made,
  after: Made,
): Record<'taken' | 'freed', Array<{ protocol: 'tcp' | 'udp'; port: number; ip: string }>> {
  const keyOf = ({ hostPort, protocol, ip }: WrittenSpec['ports'][number]) => `${protocol}/${ip}/${hostPort}`;
  const without = (ports: WrittenSpec['ports'], others: WrittenSpec['ports']) => {
    const keys = new Set(others.map(keyOf));
    return ports
      .filter((port) => !keys.has(keyOf(port)))
      .map(({ hostPort, protocol, ip }) => ({ port: hostPort, protocol, ip }));
  };
  return { taken: without(after.spec.ports, before.spec.ports), freed: without(before.spec.ports, after.spec.ports) };
}

/** 409 for what was made outside and not taken over. */
export const notAdopted = (name: string): AppError =>
  conflict('wrong_state', `${name} was not made by this panel, so how it is made is not known here.`, {
    params: { reason: 'not_adopted' },
  });
