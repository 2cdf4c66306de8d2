import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('../..', import.meta.url));
const OUT = path.join('dist', `faults-${process.pid}`);
const KILLED_WITHIN_MS = 15_000;
/** Of whoever claims it. */
export const PASSWORD = 'correct horse battery staple';

interface Started {
  storageDir: string;
  env?: Record<string, string>;
}

/** Bundles the core once for this test run, beside the one that serves. */
export function buildCore(): void {
  const built = spawnSync(process.execPath, ['build.mjs', OUT], { cwd: core, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The core does not build.\n${built.stderr}`);
}

export const builtFolder = path.join(core, OUT);

const settings = ({ storageDir, env = {} }: Started): NodeJS.ProcessEnv => ({
  ...withoutOurs(process.env),
  BAILIWICK_ENV: 'test',
  BAILIWICK_STORAGE_DIR: storageDir,
  BAILIWICK_CORE_PORT: '0',
  BAILIWICK_GRPC_PORT: '0',
  ...(process.env['BAILIWICK_TEST_DATABASE_URL']
    ? { BAILIWICK_DATABASE_URL: process.env['BAILIWICK_TEST_DATABASE_URL'] }
    : {}),
  ...env,
});

const withoutOurs = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('BAILIWICK_')));

/** A core in a process of its own, that can be killed. */
export class CoreProcess {
  private readonly lines: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    /** How it ended, once it has. */
    readonly ended: Promise<string>,
    public url: string,
  ) {}

  /** Returns when it serves; throws when it ends before. */
  static async start(started: Started): Promise<CoreProcess> {
    const child = spawn(process.execPath, [path.join(OUT, 'main.cjs')], {
      cwd: core,
      env: settings(started),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<string>((resolve) =>
      child.once('exit', (code, signal) => resolve(signal ?? String(code))),
    );
    const process_ = new CoreProcess(child, ended, '');
    const url = process_.untilUp();
    const early = ended.then((how) => Promise.reject(new Error(`The core ended with ${how}.\n${process_.log()}`)));
    process_.url = await Promise.race([url, early]);
    early.catch(() => undefined); // later it ends because a test wants it to
    return process_;
  }

  /** What it said last. */
  log(): string {
    return this.lines.slice(-60).join('\n');
  }

  async stop(): Promise<string> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /** As if the power went. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Until it has killed itself at its failpoint. */
  async untilKilled(): Promise<void> {
    const late = setTimeout(() => this.child.kill('SIGTERM'), KILLED_WITHIN_MS);
    const how = await this.ended;
    clearTimeout(late);
    if (how !== 'SIGKILL') throw new Error(`The core did not reach its failpoint.\n${this.log()}`);
  }

  private untilUp(): Promise<string> {
    return new Promise((resolve) => {
      for (const stream of [this.child.stdout, this.child.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on('line', (line) => {
          this.lines.push(line);
          const url = /"url":"([^"]+)".*Core is up/.exec(line)?.[1];
          if (url) resolve(url);
        });
      }
    });
  }
}

/** Runs a command of the core beside whatever runs; answers what it printed. */
export function runCommand(words: string[], started: Started): { code: number | null; output: string } {
  const run = spawnSync(process.execPath, [path.join(OUT, 'main.cjs'), ...words], {
    cwd: core,
    env: settings(started),
    encoding: 'utf8',
  });
  return { code: run.status, output: run.stdout + run.stderr };
}

export interface Session {
  headers: Record<string, string>;
}

/** Claims the installation as its first person would. */
export async function claim(url: string, storageDir: string): Promise<Session> {
  const token = readFileSync(path.join(storageDir, 'keys', 'setup-token'), 'utf8').trim();
  const response = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, username: 'ada', displayName: 'Ada', password: PASSWORD }),
  });
  const me = (await response.json()) as { csrf: string };
  if (response.status !== 201) throw new Error(JSON.stringify(me));
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { headers: { cookie, 'x-csrf': me.csrf } };
}
