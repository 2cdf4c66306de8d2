import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isErrno } from './errno.rules.js';

const ROOT = '/sys/fs/cgroup';
const PARENT = 'bailiwick-plugins';
const CPU_PERIOD_US = 100_000;
/** Half a processor. */
const CPU_QUOTA_US = 50_000;
const PROCESSES = 128;
const REMOVED_WITHIN_MS = 2000;

/** What a group met. */
export interface MemoryEvents {
  readonly max: number;
  readonly oomKill: number;
}

/** One folder of the kernel's and what is written into its files; files that a kernel does not have are left out. */
interface GroupFolder {
  readonly controller: string;
  readonly values: Readonly<Record<string, string>>;
}

function split(memoryBytes: number): GroupFolder[] {
  const bytes = String(memoryBytes);
  return [
    { controller: 'memory', values: { 'memory.limit_in_bytes': bytes, 'memory.memsw.limit_in_bytes': bytes } },
    {
      controller: 'cpu',
      values: { 'cpu.cfs_period_us': String(CPU_PERIOD_US), 'cpu.cfs_quota_us': String(CPU_QUOTA_US) },
    },
    { controller: 'pids', values: { 'pids.max': String(PROCESSES) } },
  ];
}
const unified = (memoryBytes: number): GroupFolder[] => [
  {
    controller: '',
    values: {
      'memory.max': String(memoryBytes),
      'memory.swap.max': '0',
      'memory.oom.group': '1',
      'cpu.max': `${CPU_QUOTA_US} ${CPU_PERIOD_US}`,
      'pids.max': String(PROCESSES),
    },
  },
];

/**
 * The kernel's group of one plugin: it takes no more memory, processor time and processes than it is given. Unified
 * (v2) where the host has it, else one folder for each controller (v1).
 */
export class PluginCgroup {
  private constructor(
    private readonly folders: readonly string[],
    private readonly isUnified: boolean,
  ) {}

  /** Whether the core may make one here: it is root, or was given a place of its own. */
  static canBeMade(): boolean {
    return parents().every(mayMakeBelow);
  }

  /** Undefined where it may not. */
  static make(name: string, memoryBytes: number): PluginCgroup | undefined {
    if (!PluginCgroup.canBeMade()) return undefined;
    const isUnified = isUnifiedHere();
    const folders = (isUnified ? unified(memoryBytes) : split(memoryBytes)).map(({ controller, values }) => {
      const folder = path.join(ROOT, controller, PARENT, name);
      mkdirSync(folder, { recursive: true });
      for (const [file, value] of Object.entries(values))
        if (existsSync(path.join(folder, file))) writeFileSync(path.join(folder, file), value);
      return folder;
    });
    return new PluginCgroup(folders, isUnified);
  }

  /** The one that is shown: of v1 that of memory. */
  get path(): string {
    return this.folders[0] ?? '';
  }

  /** From here on it and all it starts are held. */
  take(pid: number): void {
    for (const folder of this.folders) writeFileSync(path.join(folder, 'cgroup.procs'), String(pid));
  }

  memoryEvents(): MemoryEvents {
    const max = this.isUnified ? numberOf(this.read('memory.events'), 'max') : Number(this.read('memory.failcnt') ?? 0);
    const oomKill = numberOf(this.read(this.isUnified ? 'memory.events' : 'memory.oom_control'), 'oom_kill');
    return { max, oomKill };
  }

  pids(): number[] {
    const text = this.read('cgroup.procs') ?? '';
    return text.split('\n').filter(Boolean).map(Number);
  }

  /** Ends whatever is left in it, and goes. */
  async remove(): Promise<void> {
    const deadline = performance.now() + REMOVED_WITHIN_MS;
    while (performance.now() < deadline) {
      for (const pid of this.pids()) endIfThere(pid);
      if (this.folders.every(removeIfEmpty)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  private read(file: string): string | undefined {
    const place = path.join(this.path, file);
    return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
  }
}

const isUnifiedHere = (): boolean => existsSync(path.join(ROOT, 'cgroup.controllers'));
const parents = (): string[] => (isUnifiedHere() ? [''] : ['memory', 'cpu', 'pids']).map((controller) => path.join(ROOT, controller, PARENT)); // prettier-ignore

function mayMakeBelow(parent: string): boolean {
  try {
    if (!existsSync(parent)) mkdirSync(parent);
    accessSync(parent, constants.W_OK);
    if (isUnifiedHere()) writeFileSync(path.join(parent, 'cgroup.subtree_control'), '+memory +cpu +pids');
    return true;
  } catch (error) {
    // Whatever keeps us from making one (no right, a file system that is read-only, no such controller): there is none.
    if (isErrno(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EINVAL', 'EBUSY', 'ENOTSUP')) return false;
    throw error;
  }
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}

function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return true;
    if (isErrno(error, 'EBUSY', 'ENOTEMPTY')) return false;
    throw error;
  }
}

const numberOf = (text: string | undefined, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text ?? '')?.[1] ?? 0);
