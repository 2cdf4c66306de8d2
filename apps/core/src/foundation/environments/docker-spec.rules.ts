import { AppError } from '../../kernel/errors.js';
import { type CgroupDriver, cgroupParent, tenantIn } from './cgroup-parent.rules.js';
import type { ContainerSpec, LiveChange, RestartPolicy } from './engine.js';
import { findHostPathMistake, plainHostPath } from './host-path.rules.js';
import { isTag, OWN_LABEL, RESERVED_LABELS } from './reserved-labels.rules.js';
import { isWorkspace } from './workspace-name.rules.js';

const MIB = 1024 * 1024;
const NANO = 1_000_000_000;
const NS_PER_MS = 1_000_000;
const RETRIES_ON_FAILURE = 5;

/** What official images need at their start: handing files to a user, becoming it, a low port inside the container. */
export const COMPAT_CAPABILITIES: readonly string[] = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'SETGID',
  'SETUID',
  'NET_BIND_SERVICE',
  'KILL',
];
interface Profile {
  readonly capabilities: readonly string[];
  readonly readOnly: boolean;
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly openFiles: { readonly soft: number; readonly hard: number };
}
const PROFILES: Record<ContainerSpec['profile'], Profile> = {
  strict: {
    capabilities: [],
    readOnly: true,
    tmpfs: { '/tmp': 'rw,nosuid,nodev,size=64m', '/run': 'rw,nosuid,nodev,size=64m' },
    openFiles: { soft: 4096, hard: 8192 },
  },
  compat: { capabilities: COMPAT_CAPABILITIES, readOnly: false, tmpfs: {}, openFiles: { soft: 16_384, hard: 16_384 } },
};

interface DockerMount {
  Type: 'volume' | 'bind';
  Source: string;
  Target: string;
  ReadOnly?: boolean;
  BindOptions?: { Propagation: 'rprivate' };
}

/** The body of a create. Everything not named here keeps the engine's default, and no field comes from a person. */
export interface DockerCreate {
  name: string;
  Image: string;
  Entrypoint?: string[];
  Cmd?: string[];
  OpenStdin?: true;
  User?: string;
  WorkingDir?: string;
  Env: string[];
  Labels: Record<string, string>;
  ExposedPorts: Record<string, Record<string, never>>;
  Healthcheck?: { Test: string[]; Interval: number; Timeout: number; Retries: number; StartPeriod: number };
  HostConfig: {
    NetworkMode: string;
    PortBindings: Record<string, Array<{ HostIp: string; HostPort: string }>>;
    RestartPolicy: { Name: string; MaximumRetryCount: number };
    Memory: number;
    MemorySwap: number;
    NanoCpus?: number;
    CpuQuota?: number;
    CpuPeriod?: number;
    CpuShares?: number;
    CpusetCpus?: string;
    PidsLimit: number;
    ShmSize?: number;
    StorageOpt?: { size: string };
    CapDrop: string[];
    CapAdd: string[];
    SecurityOpt: string[];
    Privileged: false;
    PublishAllPorts: false;
    ReadonlyRootfs: boolean;
    Tmpfs: Record<string, string>;
    IpcMode: 'private';
    CgroupParent?: string;
    LogConfig: { Type: string; Config: Record<string, string> };
    Ulimits: Array<{ Name: string; Soft: number; Hard: number }>;
    Mounts: DockerMount[];
    DeviceRequests?: Array<{ Driver: 'nvidia'; Count: number; Capabilities: [['gpu']] }>;
  };
}

/**
 * The one way from our words to an engine's. Throws on what must never reach an engine, whoever asks. A workspace is
 * only a name: which folder of the host that is, the engine's own `workspacesDir` says. In which cgroup it stands, its
 * tenant says, whom our labels name.
 */
export function toEngine(
  spec: ContainerSpec,
  workspacesDir: string | null = null,
  cgroups: CgroupDriver = 'none',
): DockerCreate {
  assertSafe(spec);
  const profile = PROFILES[spec.profile];
  const tenant = tenantIn(spec.labels);
  const parent = tenant && cgroupParent(tenant, cgroups);
  return {
    name: spec.name,
    Image: spec.image,
    ...(spec.entrypoint ? { Entrypoint: [...spec.entrypoint] } : {}),
    ...(spec.command ? { Cmd: [...spec.command] } : {}),
    ...(spec.stdinOpen ? { OpenStdin: true } : {}),
    ...(spec.user === null ? {} : { User: spec.user }),
    ...(spec.workingDir === null ? {} : { WorkingDir: spec.workingDir }),
    Env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    Labels: { ...spec.tags, ...RESERVED_LABELS, ...spec.labels },
    ExposedPorts: Object.fromEntries(spec.ports.map((port) => [portName(port), {}])),
    ...(spec.health ? { Healthcheck: toHealthcheck(spec.health) } : {}),
    HostConfig: {
      NetworkMode: spec.network,
      PortBindings: toBindings(spec.ports),
      RestartPolicy: toRestartPolicy(spec.restart),
      Memory: spec.memoryBytes,
      MemorySwap: spec.memorySwapBytes,
      ...(spec.cpuQuota
        ? { CpuQuota: spec.cpuQuota.quotaUs, CpuPeriod: spec.cpuQuota.periodUs }
        : { NanoCpus: Math.round(spec.cpus * NANO) }),
      ...(spec.cpuShares === null ? {} : { CpuShares: spec.cpuShares }),
      ...(spec.cpuset === null ? {} : { CpusetCpus: spec.cpuset }),
      PidsLimit: spec.pids,
      ...(spec.shmBytes === null ? {} : { ShmSize: spec.shmBytes }),
      ...(spec.diskBytes === null ? {} : { StorageOpt: { size: String(spec.diskBytes) } }),
      CapDrop: ['ALL'],
      CapAdd: [...profile.capabilities],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      PublishAllPorts: false,
      ReadonlyRootfs: profile.readOnly,
      Tmpfs: { ...profile.tmpfs },
      IpcMode: 'private',
      ...(parent === undefined ? {} : { CgroupParent: parent }),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
      Ulimits: [
        { Name: 'nofile', Soft: profile.openFiles.soft, Hard: profile.openFiles.hard },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      ...(spec.gpus === undefined
        ? {}
        : { DeviceRequests: [{ Driver: 'nvidia', Count: spec.gpus, Capabilities: [['gpu']] }] }),
      Mounts: [
        ...[...spec.volumes, ...(spec.unnamed ?? [])].map(({ name, target }): DockerMount =>
          isWorkspace(name)
            ? { Type: 'bind', Source: workspaceSource(name, workspacesDir), Target: target }
            : { Type: 'volume', Source: name, Target: target },
        ),
        ...(spec.binds ?? []).map(({ source, target, readOnly }): DockerMount => ({
          Type: 'bind',
          Source: source,
          Target: target,
          ReadOnly: readOnly,
          BindOptions: { Propagation: 'rprivate' },
        })),
      ],
    },
  };
}

/** The folder a workspace is, as the engine's host calls it. */
export function workspaceSource(name: string, workspacesDir: string | null): string {
  if (workspacesDir !== null && isWorkspace(name)) return `${workspacesDir}/${name}`;
  throw new AppError('engine_refused', 400, 'This engine is not where the workspaces of this panel are.', {
    params: { field: 'volumes' },
  });
}

/** Whose containers can be kept from writing more than they may; the other drivers refuse to try. */
const BOUNDING_STORAGE: ReadonlySet<string> = new Set(['btrfs', 'zfs', 'devicemapper']);
export const boundsDisk = (storageDriver: string): boolean => BOUNDING_STORAGE.has(storageDriver);

/** How often a new container is tried again. */
export const retriesOf = (name: RestartPolicy['name']): number => (name === 'on-failure' ? RETRIES_ON_FAILURE : 0);

const toRestartPolicy = ({ name, maximumRetryCount }: RestartPolicy): DockerCreate['HostConfig']['RestartPolicy'] => ({
  Name: name,
  MaximumRetryCount: name === 'on-failure' ? maximumRetryCount : 0,
});

/** The body of an update, held to the same bounds as a create. */
export function toUpdate(change: LiveChange): Partial<DockerCreate['HostConfig']> {
  const { memory, restart, cpus, cpuQuota, cpuShares = null, cpuset, pids } = change;
  const asked = {
    ...(memory ?? {}),
    ...(restart ? { restart } : {}),
    ...(cpus === undefined ? {} : { cpus }),
    ...(cpuQuota ? { cpuQuota } : {}),
    ...(cpuShares === null ? {} : { cpuShares }),
    ...(cpuset === undefined || cpuset === '' ? {} : { cpuset }),
    ...(pids === undefined ? {} : { pids }),
  };
  assertSafe({ ...HARMLESS, ...asked });
  return {
    ...(memory ? { Memory: memory.memoryBytes, MemorySwap: memory.memorySwapBytes } : {}),
    ...(restart ? { RestartPolicy: toRestartPolicy(restart) } : {}),
    ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * NANO) }),
    ...(cpuQuota ? { CpuQuota: cpuQuota.quotaUs, CpuPeriod: cpuQuota.periodUs } : {}),
    ...(cpuShares === null ? {} : { CpuShares: cpuShares }),
    ...(cpuset === undefined ? {} : { CpusetCpus: cpuset }),
    ...(pids === undefined ? {} : { PidsLimit: pids }),
  };
}

/** Holds every check, so that only what is asked can break one. */
const HARMLESS: ContainerSpec = {
  name: 'x', image: 'x', entrypoint: null, command: null, env: {},
  user: null,
  workingDir: null, ports: [], volumes: [], network: 'bw_x', memoryBytes: 6 * MIB,
  memorySwapBytes: 6 * MIB, cpus: 1, cpuQuota: null, cpuShares: null, cpuset: null, pids: 256, shmBytes: null, diskBytes: null,
  restart: { name: 'no', maximumRetryCount: 0 }, health: null, profile: 'strict', stdinOpen: false, labels: {}, tags: {},
}; // prettier-ignore

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;
/** Ours alone: never the engine's default bridge, the host, another container's namespace, or a foreign volume. */
const OWN_NAME = /^bw_[a-zA-Z0-9_.-]{1,120}$/;
/** Whether we alone make networks and volumes of that name. */
export const isOwnName = (name: string): boolean => OWN_NAME.test(name);
const UNNAMED = /^[0-9a-f]{64}$/;
const IMAGE = /^(?!sha256:)[a-zA-Z0-9][a-zA-Z0-9._/:@-]{0,254}$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const USER = /^\d{1,9}(:\d{1,9})?$/;
const CPUSET = /^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/;
const IP = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/;
/** Mounted over, these would show a container more of its host or break the engine's own protection. */
const ENGINE_FOLDERS = new Set(['proc', 'sys', 'dev']);

type Check = readonly [field: keyof ContainerSpec, holds: (spec: ContainerSpec) => boolean];
const between = (value: number, min: number, max: number): boolean => value >= min && value <= max;
const wholeBetween = (value: number, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && between(value, min, max);

const CHECKS: readonly Check[] = [
  ['name', ({ name }) => NAME.test(name)],
  ['image', ({ image }) => IMAGE.test(image)],
  ['entrypoint', ({ entrypoint }) => entrypoint === null || (entrypoint.length > 0 && entrypoint.every((part) => !part.includes('\0')))], // prettier-ignore
  ['command', ({ command }) => (command ?? []).every((part) => !part.includes('\0'))],
  ['env', ({ env }) => Object.entries(env).every(([name, value]) => ENV_NAME.test(name) && !value.includes('\0'))],
  ['user', ({ user, profile }) => user === null || (USER.test(user) && (profile === 'compat' || !isRoot(user)))],
  ['workingDir', ({ workingDir }) => workingDir === null || isPlainPath(workingDir)],
  ['network', ({ network }) => isOwnName(network)],
  ['volumes', ({ volumes }) => volumes.every(({ name, target }) => (isOwnName(name) || isWorkspace(name)) && isMountable(target))], // prettier-ignore
  ['unnamed', ({ unnamed }) => (unnamed ?? []).every(({ name, target }) => UNNAMED.test(name) && isMountable(target))],
  ['binds', ({ binds = [] }) => binds.every(({ source, target }) => plainHostPath(source) === source && findHostPathMistake(source) === undefined && isMountable(target))], // prettier-ignore
  ['gpus', ({ gpus }) => gpus === undefined || wholeBetween(gpus, 1, 16)],
  ['ports', ({ ports }) => ports.every(isPublishable)],
  ['memoryBytes', ({ memoryBytes }) => wholeBetween(memoryBytes, 6 * MIB, Number.MAX_SAFE_INTEGER)],
  ['memorySwapBytes', ({ memorySwapBytes, memoryBytes }) => wholeBetween(memorySwapBytes, memoryBytes, Number.MAX_SAFE_INTEGER)], // prettier-ignore
  ['cpus', ({ cpus }) => between(cpus, 0.01, 1024)],
  ['cpuQuota', ({ cpuQuota }) => cpuQuota === null || isQuota(cpuQuota)],
  ['cpuShares', ({ cpuShares }) => cpuShares === null || wholeBetween(cpuShares, 2, 262_144)],
  ['cpuset', ({ cpuset }) => cpuset === null || CPUSET.test(cpuset)],
  ['restart', ({ restart }) => wholeBetween(restart.maximumRetryCount, 0, 1000)],
  ['pids', ({ pids }) => wholeBetween(pids, 32, 4096)],
  ['shmBytes', ({ shmBytes, memoryBytes }) => shmBytes === null || wholeBetween(shmBytes, MIB, memoryBytes)],
  ['diskBytes', ({ diskBytes }) => diskBytes === null || wholeBetween(diskBytes, MIB, Number.MAX_SAFE_INTEGER)],
  ['health', ({ health }) => health === null || isHealthCheck(health)],
  ['labels', ({ labels }) => Object.keys(labels).every((name) => OWN_LABEL.test(name)) && namesNoStranger(labels)],
  ['tags', ({ tags }) => Object.keys(tags).every(isTag) && Object.values(tags).every((value) => !value.includes('\0'))], // prettier-ignore
];

/** A tenant becomes part of a path of the host: it is one of ours, or there is none. */
const namesNoStranger = (labels: ContainerSpec['labels']): boolean =>
  !labels['bailiwick.tenant'] || tenantIn(labels) !== undefined;

function assertSafe(spec: ContainerSpec): void {
  const broken = CHECKS.find(([, holds]) => !holds(spec));
  if (!broken) return;
  throw new AppError('engine_refused', 400, `This container cannot be made: its ${broken[0]} is not allowed.`, {
    params: { field: broken[0] },
  });
}

/** Whether something may be put there in a container. */
export function isMountable(target: string): boolean {
  const [first] = partsOf(target);
  return isPlainPath(target) && first !== undefined && !ENGINE_FOLDERS.has(first);
}

/** Nothing that leads elsewhere than it says; a start in `/proc` is a way to the host's files. */
export function isPlainPath(path: string): boolean {
  const [first, ...others] = partsOf(path);
  if (!path.startsWith('/') || /[\0\\:,]/.test(path) || first === 'proc') return false;
  return [first, ...others].every((part) => part !== '.' && part !== '..');
}
const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** By name, whichever way zero is written, or nobody at all, who is root; whatever the group. */
export function isRoot(user: string): boolean {
  const [name = ''] = user.split(':');
  return name === 'root' || Number(name) === 0;
}

const isQuota = ({ quotaUs, periodUs }: NonNullable<ContainerSpec['cpuQuota']>): boolean =>
  wholeBetween(quotaUs, 1000, 256_000_000) && wholeBetween(periodUs, 1000, 1_000_000);

const isPublishable = ({ ip, hostPort, containerPort, protocol }: ContainerSpec['ports'][number]): boolean =>
  IP.test(ip) &&
  wholeBetween(hostPort, 1024, 65_535) &&
  wholeBetween(containerPort, 1, 65_535) &&
  (protocol === 'tcp' || protocol === 'udp');

const isHealthCheck = ({
  command,
  intervalMs,
  timeoutMs,
  retries,
  startPeriodMs,
}: NonNullable<ContainerSpec['health']>) =>
  command.length > 0 &&
  command.every((part) => !part.includes('\0')) &&
  between(intervalMs, 1000, 86_400_000) &&
  between(timeoutMs, 1000, 86_400_000) &&
  wholeBetween(retries, 1, 100) &&
  between(startPeriodMs, 0, 86_400_000);

const portName = ({ containerPort, protocol }: ContainerSpec['ports'][number]): string =>
  `${containerPort}/${protocol}`;

function toBindings(ports: ContainerSpec['ports']): DockerCreate['HostConfig']['PortBindings'] {
  const bindings: DockerCreate['HostConfig']['PortBindings'] = {};
  for (const port of ports)
    (bindings[portName(port)] ??= []).push({ HostIp: port.ip, HostPort: String(port.hostPort) });
  return bindings;
}

const toHealthcheck = (health: NonNullable<ContainerSpec['health']>): NonNullable<DockerCreate['Healthcheck']> => ({
  Test: ['CMD', ...health.command],
  Interval: Math.round(health.intervalMs * NS_PER_MS),
  Timeout: Math.round(health.timeoutMs * NS_PER_MS),
  Retries: health.retries,
  StartPeriod: Math.round(health.startPeriodMs * NS_PER_MS),
});
