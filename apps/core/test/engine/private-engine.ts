import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Docker from 'dockerode';
import { readConfig } from '../../src/config.js';
import { findEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { until } from '../until.js';

const IMAGE = 'busybox:local';
const CONTAINERD_PID = 'run/containerd/containerd.pid';
const STOP_MS = 15_000;

/**
 * A Docker Engine of the test's own, to be killed, frozen and started again while the machine's engine stays untouched.
 * It lives in a network namespace of its own: two engines in one would take each other's firewall rules.
 */
export class PrivateEngine {
  readonly socket: string;
  readonly docker: Docker;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-private-'));
  private readonly namespace: ChildProcess;
  private daemon: ChildProcess | undefined;

  private constructor() {
    this.socket = path.join(this.folder, 'docker.sock');
    this.docker = dockerOn(this.socket);
    this.namespace = spawn('unshare', ['--net', '--', 'sleep', 'infinity'], { stdio: 'ignore' });
  }

  /** Up, and with the test image. */
  static async bring(): Promise<PrivateEngine> {
    if (process.getuid?.() !== 0) throw new Error('A second engine can only be started by root.');
    const engine = new PrivateEngine();
    // Until it has a namespace of its own, its process stands in ours, and so would the engine.
    await until(() => namespaceOf(engine.namespace.pid) !== namespaceOf(process.pid), { what: 'A network namespace' });
    await engine.start();
    const address = findEngineAddress(readConfig({ ...process.env, BAILIWICK_ENV: 'test' }).engineAddresses);
    if (address?.kind !== 'socket') throw new Error('This test needs an engine on a local socket.');
    const image = await dockerOn(address.path).getImage(IMAGE).get();
    const loading = await engine.docker.loadImage(image);
    await once(loading.resume(), 'end');
    return engine;
  }

  async start(): Promise<void> {
    const log = openSync(path.join(this.folder, 'log'), 'a');
    const own = ['--data-root', 'data', '--exec-root', 'run', '--pidfile', 'pid'].map((word) =>
      word.startsWith('--') ? word : path.join(this.folder, word),
    );
    const namespace = `--net=/proc/${this.namespace.pid}/ns/net`;
    const apart = ['-H', `unix://${this.socket}`, '--cgroup-parent', '/bailiwick-test'];
    this.daemon = spawn('nsenter', [namespace, '--', 'dockerd', ...own, ...apart], { stdio: ['ignore', log, log] });
    await until(() => this.answers(), { within: 30_000, what: 'An answer of the private engine' });
  }

  /** Runs a program of the machine where this engine has its network, with everything it says. */
  enter(program: string, args: readonly string[]): { code: number | null; output: string } {
    const namespace = `--net=/proc/${this.namespace.pid}/ns/net`;
    const { status, stdout, stderr } = spawnSync('nsenter', [namespace, '--', program, ...args], { encoding: 'utf8' });
    return { code: status, output: `${stdout}${stderr}` };
  }

  /** As if its process had died of a bug: nothing is said, nothing is tidied. */
  async crash(): Promise<void> {
    await this.end('SIGKILL');
    this.endOwn('containerd');
    // A daemon that finds the number of a process that is just dying waits for it in vain.
    for (const file of ['pid', CONTAINERD_PID]) rmSync(path.join(this.folder, file), { force: true });
  }

  /** It keeps its connections and answers nothing, from the moment this returns. */
  async freeze(): Promise<void> {
    const pid = this.daemon?.pid;
    if (pid === undefined) throw new Error('There is no engine to freeze.');
    process.kill(pid, 'SIGSTOP');
    // The signal reaches one thread after the other; the last of them still answers.
    await until(() => threadStates(pid).every((state) => state === 'T'), { what: 'A stopped engine' });
  }

  thaw(): void {
    this.daemon?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    this.thaw();
    if (this.daemon?.exitCode !== null || this.daemon.signalCode !== null) await this.start();
    const containers = await this.docker.listContainers({ all: true });
    await Promise.all(containers.map(({ Id }) => this.docker.getContainer(Id).remove({ force: true, v: true })));
    await this.end('SIGTERM');
    this.endOwn('containerd');
    this.endOwn('containerd-shim-runc-v2');
    this.namespace.kill('SIGKILL');
    // A daemon that died left its data mounted, and any leaves the network of its host; else there is nothing to do here.
    for (const place of ['data', 'run/netns/default'])
      spawnSync('umount', ['-R', '-l', path.join(this.folder, place)], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  private async answers(): Promise<boolean> {
    if (this.daemon?.exitCode !== null) throw new Error(`dockerd ended:\n${this.lastWords()}`);
    try {
      await this.docker.ping();
      return true;
    } catch {
      return false; // not yet
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { daemon } = this;
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    const force = setTimeout(() => daemon.kill('SIGKILL'), STOP_MS);
    daemon.kill(signal);
    await ended;
    clearTimeout(force);
  }

  /** What a crash leaves behind names our folder in its command; the next daemon does not end what it did not start. */
  private endOwn(program: string): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const [file = '', ...words] = commandOf(pid).split('\0');
      const isOurs = path.basename(file) === program && words.some((word) => word.startsWith(`${this.folder}/`));
      if (isOurs) process.kill(Number(pid), 'SIGKILL');
    }
  }

  private lastWords(): string {
    return readFileSync(path.join(this.folder, 'log'), 'utf8').split('\n').slice(-12).join('\n');
  }
}

const namespaceOf = (pid: number | undefined): string => readlinkSync(`/proc/${pid}/ns/net`);

/** `T` is stopped. */
function threadStates(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
  });
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended while we looked
  }
}

/** `host` is named so that the library does not read DOCKER_HOST by itself. */
const dockerOn = (socketPath: string): Docker => new Docker({ host: undefined, socketPath });
