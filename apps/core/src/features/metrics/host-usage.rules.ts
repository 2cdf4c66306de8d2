import type { HostMeasure } from '@bailiwick/contract';
import { toNetwork } from '../../foundation/environments/cgroup-usage.rules.js';
import { rate, type Sample } from './usage.rules.js';

const KIB = 1024;
const SECTOR_BYTES = 512;
/** As kernels count time for programs, whatever they run at. */
const TICKS_PER_SECOND = 100;
const MS = 1000;

/** What a host's kernel counts, at one moment. */
export interface HostCounters {
  readonly atMs: number;
  readonly busyTicks: number;
  readonly load: number;
  readonly totalCpus: number;
  readonly totalMemoryBytes: number;
  readonly memoryBytes: number;
  readonly totalSwapBytes: number;
  readonly swapBytes: number;
  readonly upSeconds: number;
  readonly receivedBytes: number | null;
  readonly sentBytes: number | null;
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly cpuPressure: number | null;
  readonly memoryPressure: number | null;
  readonly ioPressure: number | null;
}

/** The words of the files in `/proc`; undefined for those that are not there. */
export interface ProcFiles {
  readonly stat: string;
  readonly loadavg: string;
  readonly meminfo: string;
  readonly uptime: string;
  readonly netDev: string | undefined;
  readonly diskstats: string | undefined;
  readonly cpuPressure: string | undefined;
  readonly memoryPressure: string | undefined;
  readonly ioPressure: string | undefined;
}

/** Bytes of containers pass these as well as the card they leave by, and would be counted twice. */
const isCard = (name: string): boolean => !/^(lo|veth|br-|docker|virbr|cni|flannel|cali|tap|tun|vnet|dummy)/.test(name);

export function toHostCounters(files: ProcFiles, atMs: number): HostCounters {
  const memory = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(files.meminfo)?.[1] ?? 0) * KIB;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = numbers(/^cpu (.*)$/m.exec(files.stat)?.[1]); // prettier-ignore
  return {
    atMs,
    busyTicks: user + nice + system + irq + softirq + steal,
    load: numbers(files.loadavg)[0] ?? 0,
    totalCpus: [...files.stat.matchAll(/^cpu\d+ /gm)].length,
    totalMemoryBytes: memory('MemTotal'),
    memoryBytes: memory('MemTotal') - memory('MemAvailable'),
    totalSwapBytes: memory('SwapTotal'),
    swapBytes: memory('SwapTotal') - memory('SwapFree'),
    upSeconds: numbers(files.uptime)[0] ?? 0,
    ...toNetwork(files.netDev, isCard),
    ...toDiskCounters(files.diskstats ?? ''),
    cpuPressure: toPressure(files.cpuPressure),
    memoryPressure: toPressure(files.memoryPressure),
    ioPressure: toPressure(files.ioPressure),
  };
}

const numbers = (text = ''): number[] => text.trim().split(/\s+/).map(Number);

/** Whole disks only: what goes to a part of one, or through what is built on one, is counted there. */
function toDiskCounters(text: string): Pick<HostCounters, 'readBytes' | 'writtenBytes'> {
  let [readBytes, writtenBytes] = [0, 0];
  for (const line of text.split('\n')) {
    const [, , name = '', , , sectorsRead, , , , sectorsWritten] = line.trim().split(/\s+/);
    if (!/^([shv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/.test(name)) continue;
    readBytes += Number(sectorsRead) * SECTOR_BYTES;
    writtenBytes += Number(sectorsWritten) * SECTOR_BYTES;
  }
  return { readBytes, writtenBytes };
}

/** The share of the last ten seconds in which something waited. */
function toPressure(text: string | undefined): number | null {
  const found = /^some avg10=([\d.]+)/m.exec(text ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

export function hostUsedBetween(before: HostCounters, after: HostCounters): Sample<HostMeasure> | undefined {
  const ms = after.atMs - before.atMs;
  if (ms <= 0) return undefined;
  const perSecond = (one: number | null, other: number | null) =>
    rate(one === null || other === null ? null : other - one, ms);
  return {
    fromMs: before.atMs,
    toMs: after.atMs,
    values: {
      cpus: Math.min(Math.max((((after.busyTicks - before.busyTicks) / TICKS_PER_SECOND) * MS) / ms, 0), after.totalCpus), // prettier-ignore
      load: after.load,
      memoryBytes: after.memoryBytes,
      swapBytes: after.swapBytes,
      receivedBytesPerSecond: perSecond(before.receivedBytes, after.receivedBytes),
      sentBytesPerSecond: perSecond(before.sentBytes, after.sentBytes),
      readBytesPerSecond: perSecond(before.readBytes, after.readBytes),
      writtenBytesPerSecond: perSecond(before.writtenBytes, after.writtenBytes),
      cpuPressure: after.cpuPressure,
      memoryPressure: after.memoryPressure,
      ioPressure: after.ioPressure,
    },
  };
}

/** A mount as `/proc/self/mounts` writes it. */
export interface Mount {
  readonly device: string;
  readonly mountpoint: string;
  readonly type: string;
}

const ON_DISKS = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'zfs', 'f2fs', 'reiserfs', 'jfs', 'vfat', 'exfat', 'ntfs', 'ntfs3', 'fuseblk', 'bcachefs', 'nfs', 'nfs4', 'cifs']); // prettier-ignore

/** Those that lie on a disk, each disk once: what is mounted a second time elsewhere has the same bytes. */
export function toMounts(text: string): Mount[] {
  const found = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const [device = '', mountpoint = '', type = ''] = line.split(' ').map(unescaped);
    if (!ON_DISKS.has(type)) continue;
    const known = found.get(device);
    if (!known || mountpoint.length < known.mountpoint.length) found.set(device, { device, mountpoint, type });
  }
  return [...found.values()];
}

/** Blanks and the like stand there as octal numbers. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
