import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const START_MS = 20_000;

export interface RunningPair {
  guiPort: number;
  corePort: number;
  setupToken(): string;
  stop(): Promise<void>;
}

/** The built core, on the fake engine, and the built panel in front of it: two processes, as people run them. */
export async function startPair(env: Record<string, string> = {}): Promise<RunningPair> {
  const storage = mkdtempSync(path.join(tmpdir(), 'bailiwick-pair-'));
  const [corePort, guiPort] = [await freePort(), await freePort()];
  const settings = {
    BAILIWICK_ENGINE: 'fake',
    BAILIWICK_STORAGE_DIR: storage,
    BAILIWICK_CORE_PORT: String(corePort),
    BAILIWICK_GRPC_PORT: '0',
    BAILIWICK_GUI_PORT: String(guiPort),
    BAILIWICK_CORE_URL: `http://127.0.0.1:${corePort}`,
    ...env,
  };
  const core = new Program('apps/core', 'dist/main.cjs', settings);
  const gui = new Program('apps/gui', 'dist/server.mjs', settings);
  const stop = async (): Promise<void> => {
    await Promise.all([gui.stop(), core.stop()]);
    rmSync(storage, { recursive: true, force: true });
  };
  try {
    await core.answers(`http://127.0.0.1:${corePort}/healthz`);
    await gui.answers(`http://127.0.0.1:${guiPort}/gui/healthz`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    guiPort,
    corePort,
    setupToken: () => readFileSync(path.join(storage, 'keys/setup-token'), 'utf8').trim(),
    stop,
  };
}

/** A program of ours or somebody else's, with its last words kept for when it does not start. */
export class Program {
  readonly #child: ChildProcess;
  #output = '';

  constructor(place: string, file: string, env: Record<string, string>);
  constructor(place: string, file: string, env: Record<string, string>, args: string[]);
  constructor(place: string, file: string, env: Record<string, string>, args?: string[]) {
    const [command, words] = args ? [file, args] : [process.execPath, [file]];
    this.#child = spawn(command, words, {
      cwd: path.resolve(root, place),
      env: { ...withoutTestSettings(process.env), NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        this.#output = (this.#output + bytes.toString()).slice(-4000);
      });
    this.#child.on('error', (error) => {
      this.#output += error.message;
    });
  }

  async answers(url: string): Promise<void> {
    await this.ready(url, async () => (await fetch(url)).ok);
  }

  async ready(what: string, isReady: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && this.#child.exitCode === null) {
      if (await isReady().catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${what} does not answer. ${this.#output}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.pid === undefined) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(force);
  }
}

export const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Those are for the tests themselves; what is tested refuses settings it does not know. */
function withoutTestSettings(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('BAILIWICK_TEST_')));
}
