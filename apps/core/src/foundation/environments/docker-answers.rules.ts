import { ContainerState, type EngineInfo, type PortRule, type PublishedPort } from '@bailiwick/contract';
import * as z from 'zod';
import type { EngineContainer, EngineEvent, EngineInspection, EngineNetwork, EngineVolume } from './engine.js';
import type { CgroupDriver } from './cgroup-parent.rules.js';
import { toMaking } from './docker-making.rules.js';
import { withoutReserved } from './reserved-labels.rules.js';

const NEVER = '0001-01-01T00:00:00Z';
const NANO = 1_000_000_000;

const orEmpty = <Schema extends z.ZodType, Empty>(schema: Schema, empty: Empty) =>
  schema.nullish().transform((value) => value ?? empty);
const texts = orEmpty(z.array(z.string()), []);
const Labels = orEmpty(z.record(z.string(), z.string()), {});
const Bindings = orEmpty(z.record(z.string(), orEmpty(z.array(z.object({ HostIp: z.string(), HostPort: z.string() })), [])), {}); // prettier-ignore
const Networks = orEmpty(z.record(z.string(), z.object({ IPAddress: orEmpty(z.string(), '') }).nullable()), {});

export const ImageAnswer = z.object({
  Os: orEmpty(z.string(), ''),
  Architecture: orEmpty(z.string(), ''),
  Size: orEmpty(z.int(), 0),
  Config: orEmpty(z.object({ User: orEmpty(z.string(), '') }), { User: '' }),
});
export const RegistryAnswer = z.object({
  Platforms: orEmpty(z.array(z.object({ os: orEmpty(z.string(), ''), architecture: orEmpty(z.string(), '') })), []),
});

/** One row of an engine's list: what tells whether the container has to be looked at again. */
export const ListRow = z.object({
  Id: z.string(),
  Names: texts,
  State: z.string(),
  Status: z.string(),
  Ports: orEmpty(
    z.array(
      z.object({
        IP: orEmpty(z.string(), ''),
        PrivatePort: z.int(),
        PublicPort: z.int().optional(),
        Type: z.string(),
      }),
    ),
    [],
  ),
  NetworkSettings: z.object({ Networks }).optional(),
});
export type ListRow = z.infer<typeof ListRow>;
export const ListRows = z.array(ListRow);

const Inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  RestartCount: z.int().default(0),
  Image: z.string(),
  State: z.object({
    Status: ContainerState,
    ExitCode: z.int(),
    Pid: z.int().default(0),
    OOMKilled: z.boolean().default(false),
    StartedAt: z.string().default(NEVER),
    FinishedAt: z.string().default(NEVER),
    Health: z
      .object({
        Status: z.string(),
        Log: orEmpty(z.array(z.object({ Start: z.string(), ExitCode: z.int(), Output: z.string() })), []),
      })
      .nullish(),
  }),
  Config: z.object({
    Image: z.string(),
    Cmd: texts,
    Entrypoint: orEmpty(z.union([z.array(z.string()), z.string().transform((one) => [one])]), []),
    WorkingDir: orEmpty(z.string(), ''),
    User: orEmpty(z.string(), ''),
    Env: texts,
    Tty: z.boolean().default(false),
    OpenStdin: z.boolean().default(false),
    StdinOnce: z.boolean().default(false),
    Labels,
  }),
  HostConfig: z.object({
    PortBindings: Bindings,
    RestartPolicy: z.object({ Name: z.string(), MaximumRetryCount: z.int() }).nullish(),
    Memory: orEmpty(z.number(), 0),
    NanoCpus: orEmpty(z.number(), 0),
    CpuQuota: orEmpty(z.number(), 0),
    CpuPeriod: orEmpty(z.number(), 0),
    PidsLimit: orEmpty(z.number(), 0),
  }),
  Mounts: orEmpty(
    z.array(
      z.object({
        Type: z.string(),
        Name: z.string().optional(),
        Source: z.string().optional(),
        Destination: z.string(),
        RW: z.boolean(),
      }),
    ),
    [],
  ),
  NetworkSettings: z.object({ Ports: Bindings, Networks }),
});
type Inspected = z.infer<typeof Inspected>;

const Raw = z.record(z.string(), z.unknown());

export function toInspection(answer: unknown): EngineInspection {
  const inspected = Inspected.parse(answer);
  const { Config, HostConfig, State, NetworkSettings } = inspected;
  return {
    ...toContainer(inspected),
    command: Config.Cmd,
    entrypoint: Config.Entrypoint,
    workingDir: Config.WorkingDir,
    user: Config.User,
    env: Config.Env,
    tty: Config.Tty,
    stdinOpen: Config.OpenStdin && !Config.StdinOnce,
    portRules: toPortRules(HostConfig.PortBindings),
    restartPolicy: {
      name: HostConfig.RestartPolicy?.Name || 'no',
      maximumRetryCount: HostConfig.RestartPolicy?.MaximumRetryCount ?? 0,
    },
    restartCount: inspected.RestartCount,
    pid: State.Pid || null,
    mounts: inspected.Mounts.map((mount) => ({
      type: mount.Type,
      name: mount.Name ?? null,
      source: mount.Source ?? null,
      target: mount.Destination,
      readOnly: !mount.RW,
    })),
    networkAddresses: Object.entries(NetworkSettings.Networks).map(([name, network]) => ({
      name,
      ip: network?.IPAddress || null,
    })),
    limits: { memoryBytes: HostConfig.Memory || null, cpus: toCpus(HostConfig), pids: positive(HostConfig.PidsLimit) },
    healthProbes: (State.Health?.Log ?? []).map((probe) => ({
      atMs: Date.parse(probe.Start),
      exitCode: probe.ExitCode,
      output: probe.Output,
    })),
    making: toMaking(answer),
    raw: Raw.parse(answer),
  };
}

function toContainer({ Id, Name, Created, Image, State, Config, NetworkSettings }: Inspected): EngineContainer {
  const state = State.Status;
  const isUp = state === 'running' || state === 'paused' || state === 'restarting';
  const ended = state === 'exited' || state === 'dead';
  return {
    engineId: Id,
    name: Name.replace(/^\//, ''),
    image: Config.Image,
    imageId: Image,
    state,
    // A check that no longer runs says nothing about what runs.
    health: isUp ? toHealth(State.Health?.Status) : 'none',
    exitCode: ended ? State.ExitCode : null,
    oomKilled: State.OOMKilled && !isUp,
    createdAtMs: Date.parse(Created),
    startedAtMs: toMoment(State.StartedAt),
    finishedAtMs: isUp ? null : toMoment(State.FinishedAt),
    ports: toPorts(NetworkSettings.Ports),
    labels: withoutReserved(Config.Labels),
    networks: Object.keys(NetworkSettings.Networks).sort(),
  };
}

function toPorts(bindings: z.infer<typeof Bindings>): PublishedPort[] {
  return Object.entries(bindings)
    .flatMap(([port, hosts]) => hosts.flatMap(({ HostIp, HostPort }) => toPort(port, HostIp, Number(HostPort))))
    .sort((one, other) => portKey(one).localeCompare(portKey(other)));
}

const toPortRules = (bindings: z.infer<typeof Bindings>): PortRule[] =>
  // Where the engine chooses the host's port, its own rule names none.
  toPorts(bindings).map((port) => ({ ...port, hostPort: port.hostPort || null }));

function toPort(text: string, ip: string, hostPort: number): PublishedPort[] {
  const [containerPort, protocol] = text.split('/');
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
  return [{ ip, hostPort, containerPort: Number(containerPort), protocol }];
}

export const portKey = ({ ip, hostPort, containerPort, protocol }: PublishedPort): string =>
  `${containerPort}/${protocol}/${ip}/${hostPort}`;

export const portKeysOf = ({ Ports }: ListRow): string[] =>
  Ports.flatMap(({ IP, PublicPort, PrivatePort, Type }) =>
    PublicPort ? [`${PrivatePort}/${Type}/${IP}/${PublicPort}`] : [],
  ).sort((one, other) => one.localeCompare(other));

/** A linked container is listed under its aliases too; its own name has one slash. */
export const nameOf = ({ Names }: ListRow): string =>
  (Names.find((name) => !name.slice(1).includes('/')) ?? '/').slice(1);

const toHealth = (status: string | undefined): EngineContainer['health'] =>
  status === 'healthy' || status === 'unhealthy' || status === 'starting' ? status : 'none';

const toMoment = (text: string): number | null => (text === NEVER || text === '' ? null : Date.parse(text));
const positive = (value: number): number | null => (value > 0 ? value : null);

function toCpus({ NanoCpus, CpuQuota, CpuPeriod }: Inspected['HostConfig']): number | null {
  if (NanoCpus > 0) return NanoCpus / NANO;
  return CpuQuota > 0 && CpuPeriod > 0 ? CpuQuota / CpuPeriod : null;
}

const Info = z.object({
  Name: z.string().default(''),
  ServerVersion: z.string(),
  OperatingSystem: z.string().default(''),
  Architecture: z.string().default(''),
  NCPU: z.number().default(0),
  MemTotal: z.number().default(0),
  Driver: z.string().default(''),
  CgroupVersion: z.string().default('1'),
  SecurityOptions: texts,
  Runtimes: orEmpty(z.record(z.string(), z.unknown()), {}),
  Warnings: texts,
});

export function toEngineInfo(answer: unknown, apiVersion: string): EngineInfo {
  const info = Info.parse(answer);
  return {
    name: info.Name,
    version: info.ServerVersion,
    apiVersion,
    operatingSystem: info.OperatingSystem,
    architecture: info.Architecture,
    cpus: info.NCPU,
    memoryBytes: info.MemTotal,
    storageDriver: info.Driver,
    cgroupVersion: info.CgroupVersion,
    rootless: info.SecurityOptions.some((option) => option.includes('rootless')),
    gpus: 'nvidia' in info.Runtimes,
    warnings: info.Warnings,
  };
}

const CgroupAnswer = z.object({ CgroupDriver: z.enum(['cgroupfs', 'systemd', 'none']).catch('none') });
/** One we do not know is left to name its cgroups by itself. */
export const toCgroupDriver = (answer: unknown): CgroupDriver => CgroupAnswer.parse(answer).CgroupDriver;

export const ExecAnswer = z.object({ Running: z.boolean(), ExitCode: z.int().nullable() });
export const VersionAnswer = z.object({ ApiVersion: z.string().regex(/^\d+\.\d+$/) });

const EventAnswer = z.object({
  Action: z.string(),
  Actor: z.object({
    ID: z.string(),
    Attributes: z.object({ exitCode: z.coerce.number().int().optional() }).optional(),
  }),
});
/** As text: a number would lose the last digits. */
const TIME_NANO = /"timeNano":(\d+)/;

export function toEvent(line: string): EngineEvent {
  const { Action, Actor } = EventAnswer.parse(JSON.parse(line));
  return {
    kind: 'container',
    engineId: Actor.ID,
    action: Action,
    exitCode: Action === 'die' ? (Actor.Attributes?.exitCode ?? null) : null,
    atNs: BigInt(TIME_NANO.exec(line)?.[1] ?? 0),
  };
}

export const VolumeAnswer = z.object({
  Name: z.string(),
  Driver: z.string(),
  Options: orEmpty(z.record(z.string(), z.string()), {}),
  Labels,
  Mountpoint: orEmpty(z.string(), ''),
});
export const toVolume = ({
  Name,
  Driver,
  Options,
  Labels: labels,
  Mountpoint,
}: z.infer<typeof VolumeAnswer>): EngineVolume => ({
  name: Name,
  driver: Driver,
  options: Options,
  labels,
  mountpoint: Mountpoint === '' ? null : Mountpoint,
});
export const VolumesAnswer = z.object({ Volumes: orEmpty(z.array(VolumeAnswer), []) });
const VolumeSize = z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() });
/** Left out by an engine that cannot tell. */
export const SizeAnswer = z.object({ SizeRw: z.number().optional() });
export const DiskUsageAnswer = z.object({ Volumes: orEmpty(z.array(VolumeSize), []) });
const NetworkAnswer = z.object({
  Id: z.string(),
  Name: z.string(),
  Driver: z.string(),
  Created: z.string(),
  Labels,
  IPAM: orEmpty(z.object({ Config: orEmpty(z.array(z.object({ Subnet: orEmpty(z.string(), '') })), []) }), {
    Config: [],
  }),
});
export const NetworksAnswer = z.array(NetworkAnswer);
export const toNetwork = ({ Name, Labels: labels, IPAM }: z.infer<typeof NetworkAnswer>): EngineNetwork => ({
  name: Name,
  labels,
  subnets: IPAM.Config.flatMap(({ Subnet }) => Subnet || []),
});
