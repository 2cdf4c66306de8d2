import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type CgroupPaths, toCgroupMounts, toCgroupPaths, toUsage } from './cgroup-usage.rules.js';
import type { CountedUsage } from './usage.js';

/** Of a program's group: where it is, found once and as long as the program runs. */
interface Group {
  readonly pid: number;
  readonly paths: CgroupPaths;
}

/**
 * Reads what containers use out of the kernel's own files: no question to an engine, some tenths of a millisecond each.
 * Works where the core sees the host's processes; a group is believed only if its path carries the container's id.
 */
export class CgroupUsage {
  /** Some were read: the core sees its host's processes. */
  areSeen = false;
  private mounts: CgroupPaths | undefined;
  private readonly groups = new Map<string, Group>();

  /** Undefined where these files are not to be seen from here, or it has just ended. */
  read(engineId: string, pid: number): CountedUsage | undefined {
    const group = this.groupOf(engineId, pid);
    if (!group) return undefined;
    this.mounts ??= toCgroupMounts(readOr('/proc/self/mountinfo') ?? '');
    const file = (controller: string, name: string) => this.readIn(group.paths, controller, name);
    const network = readOr(`/proc/${pid}/net/dev`);
    const isUnified = !group.paths.has('memory') && group.paths.has('');
    const usage = isUnified
      ? toUsage(
          2,
          {
            cpu: file('', 'cpu.stat'),
            memory: file('', 'memory.current'),
            memoryStat: file('', 'memory.stat'),
            memoryLimit: file('', 'memory.max'),
            io: file('', 'io.stat'),
            processes: file('', 'pids.current'),
            network,
          },
          Date.now(),
        )
      : toUsage(
          1,
          {
            cpu: file('cpuacct', 'cpuacct.usage'),
            memory: file('memory', 'memory.usage_in_bytes'),
            memoryStat: file('memory', 'memory.stat'),
            memoryLimit: file('memory', 'memory.limit_in_bytes'),
            io: file('blkio', 'blkio.throttle.io_service_bytes'),
            processes: file('pids', 'pids.current'),
            network,
          },
          Date.now(),
        );
    if (usage.cpuMicros === null && usage.memoryBytes === null) {
      this.groups.delete(engineId);
      return undefined;
    }
    this.areSeen = true;
    return usage;
  }

  keepOnly(engineIds: ReadonlySet<string>): void {
    for (const engineId of this.groups.keys()) if (!engineIds.has(engineId)) this.groups.delete(engineId);
  }

  private groupOf(engineId: string, pid: number): Group | undefined {
    const known = this.groups.get(engineId);
    if (known?.pid === pid) return known;
    const text = readOr(`/proc/${pid}/cgroup`);
    if (text === undefined || !text.includes(engineId)) return undefined;
    const group = { pid, paths: toCgroupPaths(text) };
    this.groups.set(engineId, group);
    return group;
  }

  private readIn(paths: CgroupPaths, controller: string, name: string): string | undefined {
    const [mount, inside] = [this.mounts?.get(controller), paths.get(controller)];
    return mount === undefined || inside === undefined ? undefined : readOr(path.join(mount, inside, name));
  }
}

/** These files are in memory: reading them never waits for a disk. One that went away, or is not for us, says nothing. */
function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
