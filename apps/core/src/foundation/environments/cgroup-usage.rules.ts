import type { CountedUsage } from './usage.js';

/** A limit this high is none: kernels write the largest page count they know. */
const NO_LIMIT = 2 ** 60;
const NS_PER_MICRO = 1000;

/** Where each controller's files of one process are, by its name; `''` names the one hierarchy of cgroup v2. */
export type CgroupPaths = ReadonlyMap<string, string>;

/** The lines of `/proc/<pid>/cgroup`. */
export function toCgroupPaths(text: string): CgroupPaths {
  const paths = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    for (const name of controllers.split(',')) paths.set(name, path);
  }
  return paths;
}

/** Where hierarchies are mounted, by controller, out of `/proc/self/mountinfo`; `''` is that of cgroup v2. */
export function toCgroupMounts(text: string): CgroupPaths {
  const mounts = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [own = '', beyond = ''] = line.split(' - ');
    const [type, , options = ''] = beyond.split(' ');
    const mountpoint = own.split(' ')[4];
    if (mountpoint === undefined || own.split(' ')[3] !== '/') continue;
    if (type === 'cgroup2') mounts.set('', mountpoint);
    if (type === 'cgroup') for (const option of options.split(',')) mounts.set(option, mountpoint);
  }
  return mounts;
}

/** Of which files a reading is made; undefined where one is not there. */
export interface CgroupFiles {
  readonly cpu: string | undefined;
  readonly memory: string | undefined;
  readonly memoryStat: string | undefined;
  readonly memoryLimit: string | undefined;
  readonly io: string | undefined;
  readonly processes: string | undefined;
  /** `/proc/<pid>/net/dev`, of the namespace it is in. */
  readonly network: string | undefined;
}

export function toUsage(version: 1 | 2, files: CgroupFiles, atMs: number): CountedUsage {
  const memory = toNumber(files.memory);
  const inactive = keyed(files.memoryStat, version === 1 ? 'total_inactive_file' : 'inactive_file') ?? 0;
  const cacheBytes = memory === null ? null : Math.min(inactive, memory);
  const cpu = version === 1 ? toNumber(files.cpu) : keyed(files.cpu, 'usage_usec');
  const limit = toNumber(files.memoryLimit);
  return {
    atMs,
    cpuMicros: cpu === null ? null : version === 1 ? cpu / NS_PER_MICRO : cpu,
    memoryBytes: memory === null || cacheBytes === null ? null : memory - cacheBytes,
    cacheBytes,
    memoryLimitBytes: limit === null || limit >= NO_LIMIT ? null : limit,
    ...toIo(version, files.io),
    ...toNetwork(files.network),
    processes: toNumber(files.processes),
  };
}

type Io = Pick<CountedUsage, 'readBytes' | 'writtenBytes'>;

/** Every device together. A group that never wrote has an empty file. */
function toIo(version: 1 | 2, text: string | undefined): Io {
  if (text === undefined) return { readBytes: null, writtenBytes: null };
  const sum = (what: RegExp) => [...text.matchAll(what)].reduce((all, [, bytes]) => all + Number(bytes), 0);
  return version === 1
    ? { readBytes: sum(/^\S+ Read (\d+)$/gm), writtenBytes: sum(/^\S+ Write (\d+)$/gm) }
    : { readBytes: sum(/ rbytes=(\d+)/g), writtenBytes: sum(/ wbytes=(\d+)/g) };
}

/** All interfaces but its loopback together. */
export function toNetwork(
  text: string | undefined,
  counts: (name: string) => boolean = (name) => name !== 'lo',
): Pick<CountedUsage, 'receivedBytes' | 'sentBytes'> {
  if (text === undefined) return { receivedBytes: null, sentBytes: null };
  let [receivedBytes, sentBytes] = [0, 0];
  for (const [, name = '', columns = ''] of text.matchAll(/^\s*([^\s:]+):\s*(.+)$/gm)) {
    if (!counts(name)) continue;
    const values = columns.trim().split(/\s+/);
    receivedBytes += Number(values[0]);
    sentBytes += Number(values[8]);
  }
  return { receivedBytes, sentBytes };
}

const toNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d+\s*$/.test(text) ? Number(text) : null;

function keyed(text: string | undefined, key: string): number | null {
  const found = text === undefined ? null : new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1];
  return found == null ? null : Number(found);
}
