import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import path from 'node:path';
import type { Writable } from 'node:stream';

const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';
const KEPT = 1024 * 1024;

export interface Started {
  folder: string;
  command: string[];
  name: string;
  socket: string;
  hostSocket: string;
  token: string;
}

/** A plugin, started as the core does it: bare environment, token by a descriptor. Without the sandbox. */
export class PluginProcess {
  output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | string>;
  private isOver = false;

  constructor(private readonly started: Started) {
    const { folder, command, name, socket, hostSocket, token } = started;
    const [program = '', ...words] = command;
    this.child = spawn(programOf(program, folder), words, {
      cwd: folder,
      env: {
        BAILIWICK_PLUGIN_NAME: name,
        BAILIWICK_PLUGIN_SOCKET: socket,
        BAILIWICK_HOST_SOCKET: hostSocket,
        BAILIWICK_PLUGIN_TOKEN_FD: '3',
        PATH: SEARCH_PATH,
        HOME: '/tmp',
        LANG: 'C.UTF-8',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'));
    }).then((how) => {
      this.isOver = true;
      return how as number | string;
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-KEPT);
      });
    const descriptor = this.child.stdio[3] as Writable;
    // One that ended before it read its token says so by its end.
    descriptor.on('error', () => undefined);
    descriptor.end(token);
  }

  get isRunning(): boolean {
    return !this.isOver;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Until somebody answers at its socket, which is there a moment earlier; says what came instead. */
  async listens(ms: number): Promise<string | undefined> {
    const until = Date.now() + ms;
    while (Date.now() < until) {
      if (await accepts(this.started.socket)) return undefined;
      if (this.isOver) return `it ended with ${await this.ended}${this.lastWords()}`;
      await new Promise((done) => setTimeout(done, 20));
    }
    return `no socket at ${path.basename(this.started.socket)} in ${ms / 1000} s${this.lastWords()}`;
  }

  /** By a signal; how it ended, or nothing where it did not in time and had to be killed. */
  async end(signal: NodeJS.Signals, ms: number): Promise<number | string | undefined> {
    if (!this.isOver) this.child.kill(signal);
    const late = Symbol();
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => resolve(late), ms);
    });
    const how = await Promise.race([this.ended, waited]);
    clearTimeout(timer);
    if (how !== late) return how;
    this.child.kill('SIGKILL');
    await this.ended;
    return undefined;
  }

  /** What it said last, for a report. */
  lastWords(): string {
    const lines = this.output.trim().split('\n').slice(-8).join('\n    ');
    return lines === '' ? '' : `; it said:\n    ${lines}`;
  }
}

const accepts = (socket: string) =>
  new Promise<boolean>((resolve) => {
    const connection = connect(socket);
    connection.once('error', () => resolve(false));
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
  });

function programOf(program: string, folder: string): string {
  if (program === 'node') return process.execPath;
  return program === 'python3' ? program : path.join(folder, program);
}
