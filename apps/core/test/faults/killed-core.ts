import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import Docker from 'dockerode';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { buildCore, builtFolder, claim, CoreProcess, PASSWORD, runCommand, type Session } from './core-process.js';

export const docker = new Docker();
export const DEEP = process.env['BAILIWICK_TEST_DEEP'] !== undefined;
/** A guarantee about what happens is not one about how busy this machine is. */
const OPERATION_MS = 60_000;
const MOMENTS = ['before', 'after-effect', 'after-result'];
/** All of them in the deep run; otherwise every step once, and all moments of those that make something that lasts. */
const isTried = (step: string, moment: string): boolean =>
  moment === 'after-effect' || ['create', 'start'].includes(step) || DEEP;
export const pointsOf = (steps: string[]): string[] =>
  steps.flatMap((step) => MOMENTS.filter((moment) => isTried(step, moment)).map((moment) => `${step}:${moment}`));
/** Two cuts after an effect, the second in the same step or a later one; all of them in the deep run. */
export const pairsOf = (steps: string[]): Array<[string, string]> => {
  const cuts = steps.map((step) => `${step}:after-effect`);
  const all = cuts.flatMap((first, index) => cuts.slice(index).map((second): [string, string] => [first, second]));
  const sample: Array<[string, string]> = [['create:after-effect', 'start:after-effect']];
  return DEEP ? all : sample;
};

export const ours = async (name: string) =>
  docker.listContainers({ all: true, filters: { name: [`^/${name}$`], label: ['bailiwick.test=1'] } });
export const volumesOf = async (operation: string) =>
  (await docker.listVolumes({ filters: { label: [`bailiwick.op=${operation}`] } })).Volumes;

// Ends when it is told to, so that no stop has to wait.
const RUNS = 'trap "exit 0" TERM; while true; do sleep 0.1; done';

/** One installation on the real engine whose core is killed again and again, and who uses it. */
export class KilledCore {
  readonly storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-faults-'));
  private readonly env = {
    BAILIWICK_LOG_LEVEL: 'info',
    BAILIWICK_DEPLOY_STABLE_MS: '300',
    BAILIWICK_OPERATION_RETRY_DELAY_MS: '100',
    BAILIWICK_PRESETS_DIR: presetsFolder({
      web: {
        config: {
          command: ['sh', '-c', RUNS],
          ports: [{ containerPort: 80, label: 'Web' }],
          volumes: [{ name: 'data', target: '/data' }],
        },
      },
      crash: { config: { command: ['sh', '-c', 'exit 3'], volumes: [{ name: 'data', target: '/data' }] } },
      // Runs once over the same data and not again.
      once: {
        config: {
          command: ['sh', '-c', `mkdir /data/spent || exit 3; ${RUNS}`],
          ports: [{ containerPort: 80, label: 'Web' }],
          volumes: [{ name: 'data', target: '/data' }],
        },
      },
    }),
  };
  person!: Session;
  private number = 0;
  private last?: CoreProcess;

  async begin(): Promise<void> {
    buildCore();
    const core = await this.start();
    this.person = await claim(core.url, this.storageDir);
    await core.stop();
  }

  end(): void {
    rmSync(this.storageDir, { recursive: true, force: true });
    rmSync(builtFolder, { recursive: true, force: true });
  }

  async start(extra: Record<string, string> = {}): Promise<CoreProcess> {
    const core = await CoreProcess.start({ storageDir: this.storageDir, env: { ...this.env, ...extra } });
    this.last = core;
    return core;
  }

  /** What a test that failed left running would stand in the way of the next. */
  async endLast(): Promise<void> {
    await this.last?.kill();
  }

  nextName = (): string => `bw-fault-${process.pid}-${(this.number += 1)}`;

  ask(core: CoreProcess, method: string, route: string, more: { body?: unknown; key?: string } = {}) {
    return call(core, this.person, method, route, more);
  }

  finished = (core: CoreProcess, id: string): Promise<Operation> =>
    finished(core, this.person, id, { within: OPERATION_MS });

  assertInOrder(): void {
    expect(runCommand(['invariants'], { storageDir: this.storageDir, env: this.env })).toMatchObject({ code: 0 });
  }

  /** Kills the core at each of the failpoints in turn, then starts it for good; the client asks in the first life. */
  async dieAtEach(failpoints: readonly string[], ask: (core: CoreProcess) => Promise<unknown>): Promise<CoreProcess> {
    for (const [index, failpoint] of failpoints.entries()) {
      const dying = await this.start({ BAILIWICK_FAILPOINT: `crash@${failpoint}` });
      if (index === 0) await ask(dying).catch(() => undefined); // it may die before it answers
      await dying.untilKilled();
    }
    return this.start();
  }

  /** What came of a request whose core died: the client asks again with its key. */
  async endOf(core: CoreProcess, ask: (core: CoreProcess) => ReturnType<typeof call>): Promise<Operation> {
    const again = await ask(core);
    if (again.status !== 202) throw new Error(`${JSON.stringify(again.body)}\n${core.log()}`);
    return this.finished(core, again.body.operation.id);
  }

  async deployed(core: CoreProcess, preset: string, name: string): Promise<Operation> {
    const { body } = await this.ask(core, 'POST', '/deployments', { body: { preset, name } });
    return this.finished(core, body.operation.id);
  }

  prove = (core: CoreProcess) => this.ask(core, 'POST', '/me/step-up', { body: { password: PASSWORD } });

  /** With its data, which is asked for with a fresh proof. */
  async askToRemove(core: CoreProcess, { containerId, label }: Operation['target']) {
    await this.prove(core);
    const wish = { force: true, deleteData: true, confirmName: label };
    return this.ask(core, 'DELETE', `/containers/${containerId}`, { body: wish });
  }

  async remove(core: CoreProcess, target: Operation['target']): Promise<void> {
    const { status, body } = await this.askToRemove(core, target);
    if (status !== 202) throw new Error(JSON.stringify(body));
    expect(await this.finished(core, body.operation.id)).toMatchObject({ state: 'done' });
  }
}
