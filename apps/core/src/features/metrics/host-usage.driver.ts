import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Disk } from '@bailiwick/contract';
import { type HostCounters, type Mount, toHostCounters, toMounts } from './host-usage.rules.js';

/** A share of another machine that went away keeps whoever asks it waiting. */
const DISK_WAIT_MS = 1000;

/** What the host of the core counts, as its kernel says it. Files in memory: reading them never waits. */
export function readHost(): HostCounters {
  return toHostCounters(
    {
      stat: readFileSync('/proc/stat', 'utf8'),
      loadavg: readFileSync('/proc/loadavg', 'utf8'),
      meminfo: readFileSync('/proc/meminfo', 'utf8'),
      uptime: readFileSync('/proc/uptime', 'utf8'),
      // Of its first process: the core may be in a network of its own.
      netDev: readOr('/proc/1/net/dev') ?? readOr('/proc/net/dev'),
      diskstats: readOr('/proc/diskstats'),
      cpuPressure: readOr('/proc/pressure/cpu'),
      memoryPressure: readOr('/proc/pressure/memory'),
      ioPressure: readOr('/proc/pressure/io'),
    },
    Date.now(),
  );
}

/** Those that answer in time. */
export async function readDisks(): Promise<Disk[]> {
  const mounts = toMounts(readFileSync('/proc/self/mounts', 'utf8'));
  const found = await Promise.all(mounts.map((mount) => Promise.race([sizeOf(mount), late()])));
  return found.filter((disk) => disk !== undefined);
}

async function sizeOf(mount: Mount): Promise<Disk | undefined> {
  try {
    const { bsize, blocks, bfree, bavail } = await statfs(mount.mountpoint);
    if (blocks === 0) return undefined;
    return { ...mount, totalBytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize, freeBytes: bavail * bsize };
  } catch {
    return undefined; // unmounted meanwhile, or not for us to see
  }
}

const late = (): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), DISK_WAIT_MS).unref());

/** Older kernels do not have each of them. */
function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
