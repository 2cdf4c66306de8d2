import * as z from 'zod';
import type { UnsafeMaking } from '@bailiwick/contract';
import type { EngineMaking } from './engine.js';
import { findHostPathMistake } from './host-path.rules.js';

const NS_PER_MS = 1_000_000;
const DEFAULT_SHM_BYTES = 64 * 1024 * 1024;
const orEmpty = <Schema extends z.ZodType, Empty>(schema: Schema, empty: Empty) =>
  schema.nullish().transform((value) => value ?? empty);
const word = orEmpty(z.string(), '');
const words = orEmpty(z.array(z.string()), []);
const amount = orEmpty(z.number(), 0);
const flag = orEmpty(z.boolean(), false);
const several = orEmpty(z.array(z.unknown()), []);
const named = orEmpty(z.record(z.string(), z.unknown()), {});

const Answer = z.object({
  Config: z.object({
    Tty: flag,
    Healthcheck: z
      .object({ Test: words, Interval: amount, Timeout: amount, Retries: amount, StartPeriod: amount })
      .nullish(),
  }),
  HostConfig: z.object({
    Privileged: flag,
    NetworkMode: word,
    PidMode: word,
    IpcMode: word,
    UTSMode: word,
    UsernsMode: word,
    CapAdd: words,
    Devices: several,
    DeviceRequests: several,
    DeviceCgroupRules: several,
    SecurityOpt: words,
    VolumesFrom: words,
    MemorySwap: amount,
    CpuQuota: amount,
    CpuPeriod: amount,
    CpuShares: amount,
    CpusetCpus: word,
    ShmSize: amount,
    Tmpfs: named,
    Sysctls: named,
    ExtraHosts: words,
    Dns: words,
    Links: words,
    GroupAdd: words,
    ReadonlyRootfs: flag,
    AutoRemove: flag,
    Init: flag,
    Runtime: word,
    CgroupParent: word,
    LogConfig: orEmpty(z.object({ Type: word }), { Type: '' }),
  }),
  Mounts: orEmpty(z.array(z.object({ Type: z.string(), Source: word })), []),
});
type HostConfig = z.infer<typeof Answer>['HostConfig'];

/** What an engine gives to every container of its own accord. */
const USUAL_CAPABILITIES = new Set(['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']); // prettier-ignore
const SOCKET = /(?:docker|containerd|podman|crio)\.sock$/;

/** How a container was made, from an engine's inspect: in our words where there are any. */
export function toMaking(answer: unknown): EngineMaking {
  const { Config, HostConfig, Mounts } = Answer.parse(answer);
  const { MemorySwap, CpuQuota, CpuPeriod, CpuShares, CpusetCpus, ShmSize } = HostConfig;
  return {
    memorySwapBytes: MemorySwap > 0 ? MemorySwap : null,
    cpuQuota: CpuQuota > 0 ? { quotaUs: CpuQuota, periodUs: CpuPeriod > 0 ? CpuPeriod : 100_000 } : null,
    cpuShares: CpuShares > 0 ? CpuShares : null,
    cpuset: CpusetCpus === '' ? null : CpusetCpus,
    shmBytes: ShmSize > 0 && ShmSize !== DEFAULT_SHM_BYTES ? ShmSize : null,
    health: toHealth(Config.Healthcheck),
    unsafe: unsafeIn(HostConfig, Mounts.flatMap(({ Type, Source }) => (Type === 'bind' ? [Source] : []))), // prettier-ignore
    beyond: [
      ...beyondIn(HostConfig),
      ...(Config.Tty ? ['tty'] : []),
      ...(Config.Healthcheck?.Test[0] === 'NONE' ? ['no health check'] : []),
    ],
  };
}

function toHealth(check: z.infer<typeof Answer>['Config']['Healthcheck']): EngineMaking['health'] {
  const [kind, ...given] = check?.Test ?? [];
  if (!check || (kind !== 'CMD' && kind !== 'CMD-SHELL')) return null;
  const inMs = (ns: number, usual: number) => (ns > 0 ? Math.max(1000, Math.round(ns / NS_PER_MS)) : usual);
  return {
    command: kind === 'CMD' ? given : ['sh', '-c', ...given],
    intervalMs: inMs(check.Interval, 30_000),
    timeoutMs: inMs(check.Timeout, 30_000),
    retries: check.Retries > 0 ? check.Retries : 3,
    startPeriodMs: Math.round(check.StartPeriod / NS_PER_MS),
  };
}

function unsafeIn(host: HostConfig, folders: readonly string[]): UnsafeMaking[] {
  const spaces = [host.NetworkMode, host.PidMode, host.IpcMode, host.UTSMode, host.UsernsMode];
  const added = host.CapAdd.map((name) => name.replace(/^CAP_/, ''));
  const found: Array<readonly [UnsafeMaking, boolean]> = [
    ['privileged', host.Privileged],
    ['host_namespace', spaces.includes('host')],
    ['other_namespace', spaces.some((space) => space.startsWith('container:')) || host.VolumesFrom.length > 0],
    ['capabilities', added.some((name) => !USUAL_CAPABILITIES.has(name))],
    ['devices', host.Devices.length + host.DeviceRequests.length + host.DeviceCgroupRules.length > 0],
    ['unconfined', host.SecurityOpt.some((option) => /unconfined|disable/.test(option))],
    ['engine_socket', folders.some((folder) => SOCKET.test(folder))],
    ['host_folder', folders.some((folder) => findHostPathMistake(folder) !== undefined && !SOCKET.test(folder))],
  ];
  return found.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** What no field of ours says; it would not be there any more once it is made anew. */
function beyondIn(host: HostConfig): string[] {
  return [
    ...Object.keys(host.Tmpfs).map((place) => `tmpfs ${place}`),
    ...Object.keys(host.Sysctls).map((name) => `sysctl ${name}`),
    ...host.ExtraHosts.map((name) => `extra host ${name}`),
    ...host.Dns.map((address) => `dns ${address}`),
    ...host.Links.map((link) => `link ${link}`),
    ...host.GroupAdd.map((group) => `group ${group}`),
    ...(host.ReadonlyRootfs ? ['read-only'] : []),
    ...(host.AutoRemove ? ['removed when it ends'] : []),
    ...(host.Init ? ['init'] : []),
    ...(['', 'runc', 'io.containerd.runc.v2'].includes(host.Runtime) ? [] : [`runtime ${host.Runtime}`]),
    ...(['', '/'].includes(host.CgroupParent) ? [] : [`cgroup ${host.CgroupParent}`]),
    ...(['', 'json-file'].includes(host.LogConfig.Type) ? [] : [`log driver ${host.LogConfig.Type}`]),
  ];
}
