import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { isErrno } from './errno.rules.js';
import { PluginCgroup, type MemoryEvents } from './plugin-cgroup.driver.js';
import type { PluginLogFile } from './plugin-log.js';
import { DESCRIPTORS, INSIDE, insideCommand, type Sandbox, sandboxWords, SYSTEM_FOLDERS } from './sandbox.rules.js';
import { seccompFilter } from './seccomp.rules.js';

export interface PluginStart {
  /** Of its cgroup; nothing else has it. */
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly command: readonly [string, ...string[]];
  readonly socketFolder: string;
  readonly hasHost: boolean;
  readonly token: string;
  readonly uid: number | null;
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  readonly hasNetwork: boolean;
  /** The full path of bubblewrap; undefined: it runs as the core does, which is for development only. */
  readonly bwrap: string | undefined;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The kernel ended it, or something of it, because its memory was used up. */
  readonly ranOutOfMemory: boolean;
}

export interface ProcessUse {
  readonly rssBytes: number | null;
  readonly vmBytes: number | null;
  readonly memoryEvents: MemoryEvents | null;
}

const NOTHING: MemoryEvents = { max: 0, oomKill: 0 };

/** One plugin's process, shut in and held; gone with all it started when `ended` says so. */
export class PluginProcess {
  readonly ended: Promise<ProcessEnd>;
  private events: MemoryEvents;

  private constructor(
    private readonly child: ChildProcess,
    readonly cgroup: PluginCgroup | undefined,
    readonly isSandboxed: boolean,
    /** The first process inside as the host has it: the program itself where nothing shuts it in, else its parent. */
    private first: number,
  ) {
    this.events = cgroup?.memoryEvents() ?? NOTHING;
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => void this.finish(code, signal).then(resolve));
    });
  }

  /** Throws what `spawn` does; that it starts is not that it works. */
  static async start(start: PluginStart, log: PluginLogFile): Promise<PluginProcess> {
    // One that a core left behind is not one to go on with.
    await PluginCgroup.make(start.id, start.memoryBytes)?.remove();
    const group = PluginCgroup.make(start.id, start.memoryBytes);
    const { bwrap } = start;
    const child = bwrap === undefined ? bare(start) : shutIn(start, bwrap);
    const process = new PluginProcess(child, group, bwrap !== undefined, child.pid ?? 0);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    listen(child, log);
    group?.take(child.pid ?? 0);
    pipeAt(child, DESCRIPTORS.token).end(start.token);
    if (bwrap !== undefined) await process.release(group);
    return process;
  }

  /** The program's own, as the host has it. */
  get pid(): number {
    const [program] = readIfThere(`/proc/${this.first}/task/${this.first}/children`).split(' ');
    return this.isSandboxed && program !== undefined && program !== '' ? Number(program) : this.first;
  }

  use(): ProcessUse {
    const status = readIfThere(`/proc/${this.pid}/status`);
    return {
      rssBytes: kibOf(status, 'VmRSS'),
      vmBytes: kibOf(status, 'VmSize'),
      memoryEvents: this.cgroup?.memoryEvents() ?? null,
    };
  }

  /** Asks it to end; what is there after `graceMs` is ended. */
  async stop(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.kill(), graceMs);
    this.signal('SIGTERM');
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    try {
      process.kill(this.pid, signal);
    } catch (error) {
      if (!isErrno(error, 'ESRCH')) throw error;
    }
  }

  /** The sandbox waits until it is held; only then does the program begin. */
  private async release(group: PluginCgroup | undefined): Promise<void> {
    const told = await childPid(pipeFrom(this.child, DESCRIPTORS.info));
    if (told !== undefined) {
      group?.take(told);
      this.first = told;
    }
    pipeAt(this.child, DESCRIPTORS.block).end('x');
  }

  private async finish(code: number | null, signal: NodeJS.Signals | null): Promise<ProcessEnd> {
    const before = this.events;
    this.events = this.cgroup?.memoryEvents() ?? NOTHING;
    await this.cgroup?.remove();
    return { code, signal, ranOutOfMemory: this.events.oomKill > before.oomKill };
  }
}

function shutIn(start: PluginStart, bwrap: string): ChildProcess {
  const filter = seccompFilter(process.arch);
  const sandbox: Sandbox = {
    folder: start.folder,
    socketFolder: start.socketFolder,
    node: process.execPath,
    system: systemFolders(),
    hasNetwork: start.hasNetwork,
    uid: start.uid,
    cpuSeconds: start.cpuSeconds,
    environment: environmentOf(start, INSIDE.sockets),
    hasSeccomp: filter !== undefined,
  };
  const child = spawn(bwrap, sandboxWords(insideCommand(start.command), sandbox), {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: {},
    detached: true,
  });
  quiet(child, [DESCRIPTORS.token, DESCRIPTORS.block, DESCRIPTORS.seccomp]);
  pipeAt(child, DESCRIPTORS.seccomp).end(filter);
  return child;
}

function bare(start: PluginStart): ChildProcess {
  const [program, ...words] = start.command;
  const own = program === 'node' ? process.execPath : program === 'python3' ? program : `${start.folder}/${program}`;
  const child = spawn(own, words, {
    cwd: start.folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: environmentOf(start, start.socketFolder),
    detached: true,
  });
  quiet(child, [DESCRIPTORS.token]);
  return child;
}

/** It has this environment and no word of the core's. */
const environmentOf = ({ name, hasHost }: PluginStart, sockets: string) => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  BAILIWICK_PLUGIN_NAME: name,
  BAILIWICK_PLUGIN_SOCKET: `${sockets}/plugin.sock`,
  BAILIWICK_HOST_SOCKET: hasHost ? `${sockets}/host.sock` : '',
  BAILIWICK_PLUGIN_TOKEN_FD: String(DESCRIPTORS.token),
});

function systemFolders(): Map<string, string | null> {
  return new Map(
    SYSTEM_FOLDERS.filter((folder) => existsSync(folder)).map((folder) => [
      folder,
      lstatSync(folder).isSymbolicLink() ? readlinkSync(folder) : null,
    ]),
  );
}

function listen({ stdout, stderr }: ChildProcess, log: PluginLogFile): void {
  for (const [source, stream] of [
    ['out', stdout],
    ['err', stderr],
  ] as const)
    // prettier-ignore
    stream?.setEncoding('utf8').on('data', (chunk: string) => log.take(source, chunk));
  stdout?.once('close', () => log.flush());
}

/** The program's id, as the sandbox tells it; undefined where it ended before. */
async function childPid(info: Readable): Promise<number | undefined> {
  let text = '';
  for await (const chunk of info) {
    text += String(chunk);
    const pid = /"child-pid": (\d+)/.exec(text)?.[1];
    if (pid !== undefined) return Number(pid);
  }
  return undefined;
}

/** Whoever ended already reads no more: their end tells it, not our pipe. */
function quiet(child: ChildProcess, descriptors: readonly number[]): void {
  for (const descriptor of descriptors) pipeAt(child, descriptor).on('error', () => undefined);
}

function pipeAt(child: ChildProcess, descriptor: number): Writable {
  const pipe = child.stdio[descriptor];
  if (!pipe || !('write' in pipe)) throw new Error(`There is no pipe at ${descriptor}.`);
  return pipe;
}

function pipeFrom(child: ChildProcess, descriptor: number): Readable {
  const pipe = child.stdio[descriptor];
  if (!pipe || !('read' in pipe)) throw new Error(`There is no pipe at ${descriptor}.`);
  return pipe;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ESRCH')) return '';
    throw error;
  }
}

function kibOf(status: string, name: string): number | null {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return kib === undefined ? null : Number(kib) * 1024;
}
