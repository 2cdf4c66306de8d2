import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import Docker from 'dockerode';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import {
  buildCore,
  builtFolder,
  claim,
  CoreProcess,
  PASSWORD,
  runCommand,
  type Session,
} from '../faults/core-process.js';
import { until } from '../until.js';

const docker = new Docker();
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-faults-'));
const STEPS = ['validate', 'pull', 'network', 'volumes', 'create', 'start', 'healthy'];
const MOMENTS = ['before', 'after-effect', 'after-result'];
/** All of them in the deep run; otherwise every step once, and all moments of those that make something that lasts. */
const isTried = (step: string, moment: string): boolean =>
  moment === 'after-effect' || ['create', 'start'].includes(step) || process.env['BAILIWICK_TEST_DEEP'] !== undefined;
const pointsOf = (steps: string[]) =>
  steps.flatMap((step) => MOMENTS.filter((moment) => isTried(step, moment)).map((moment) => `${step}:${moment}`));
const REMAKING = ['pull', 'create', 'stop', 'start', 'healthy', 'swap', 'remove'];
/** Two cuts after an effect, the second in the same step or a later one; all of them in the deep run. */
const pairsOf = (steps: string[]): Array<[string, string]> => {
  const cuts = steps.map((step) => `${step}:after-effect`);
  const all = cuts.flatMap((first, index) => cuts.slice(index).map((second): [string, string] => [first, second]));
  const sample: Array<[string, string]> = [['create:after-effect', 'start:after-effect']];
  return process.env['BAILIWICK_TEST_DEEP'] === undefined ? sample : all;
};
const env = {
  BAILIWICK_LOG_LEVEL: 'info',
  BAILIWICK_DEPLOY_STABLE_MS: '300',
  BAILIWICK_OPERATION_RETRY_DELAY_MS: '100',
  BAILIWICK_PRESETS_DIR: presetsFolder({
    web: {
      config: {
        // Ends when it is told to, so that no stop has to wait.
        command: ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'],
        ports: [{ containerPort: 80, label: 'Web' }],
        volumes: [{ name: 'data', target: '/data' }],
      },
    },
    crash: { config: { command: ['sh', '-c', 'exit 3'], volumes: [{ name: 'data', target: '/data' }] } },
  }),
};

let person: Session;
let number = 0;

const start = (extra: Record<string, string> = {}) => CoreProcess.start({ storageDir, env: { ...env, ...extra } });
const ours = async (name: string) =>
  docker.listContainers({ all: true, filters: { name: [`^/${name}$`], label: ['bailiwick.test=1'] } });
const volumesOf = async (operation: string) =>
  (await docker.listVolumes({ filters: { label: [`bailiwick.op=${operation}`] } })).Volumes;
const invariants = () => runCommand(['invariants'], { storageDir, env });

beforeAll(async () => {
  buildCore();
  const core = await start();
  person = await claim(core.url, storageDir);
  await core.stop();
}, 60_000);
afterAll(() => {
  rmSync(storageDir, { recursive: true, force: true });
  rmSync(builtFolder, { recursive: true, force: true });
});

/** Kills the core at each of the failpoints in turn, then starts it for good; the client asks in the first life. */
async function dieAtEach(failpoints: readonly string[], ask: (core: CoreProcess) => Promise<unknown>) {
  for (const [index, failpoint] of failpoints.entries()) {
    const dying = await start({ BAILIWICK_FAILPOINT: `crash@${failpoint}` });
    if (index === 0) await ask(dying).catch(() => undefined); // it may die before it answers
    await dying.untilKilled();
  }
  return start();
}

/** What came of a request whose core died: the client asks again with its key. */
async function endOf(core: CoreProcess, ask: (core: CoreProcess) => ReturnType<typeof call>): Promise<Operation> {
  const again = await ask(core);
  if (again.status !== 202) throw new Error(`${JSON.stringify(again.body)}\n${core.log()}`);
  return finished(core, person, again.body.operation.id);
}

async function dieDeploying(failpoints: readonly string[], preset: string) {
  const name = `bw-fault-${process.pid}-${++number}`;
  const ask = (core: CoreProcess) =>
    call(core, person, 'POST', '/deployments', { body: { preset, name }, key: `key-${name}` });
  const core = await dieAtEach(failpoints, ask);
  return { core, name, operation: await endOf(core, ask) };
}

/** Made with another size and another variable; the ports, the volume and the name are to be the same after it. */
async function dieMakingAnew(failpoints: readonly string[]) {
  const name = `bw-fault-${process.pid}-${++number}`;
  const building = await start();
  const { body } = await call(building, person, 'POST', '/deployments', { body: { preset: 'web', name } });
  const made = await finished(building, person, body.operation.id);
  const settings = `/containers/${made.target.containerId}/configuration`;
  const change = { memoryBytes: 48 * 1024 ** 2, env: { set: { MODE: 'second' }, unset: [] } };
  await call(building, person, 'PUT', settings, { body: { change } });
  await building.stop();
  const before = await docker.getContainer(name).inspect();
  const ask = (core: CoreProcess) => call(core, person, 'POST', `${settings}/apply`, { body: {}, key: `anew-${name}` });
  const core = await dieAtEach(failpoints, ask);
  return { core, name, made, before, operation: await endOf(core, ask) };
}

/** With its data, which is asked for with a fresh proof. */
async function askToRemove(core: CoreProcess, { containerId, label }: Operation['target']) {
  await call(core, person, 'POST', '/me/step-up', { body: { password: PASSWORD } });
  const wish = { force: true, deleteData: true, confirmName: label };
  return call(core, person, 'DELETE', `/containers/${containerId}`, { body: wish });
}
async function remove(core: CoreProcess, target: Operation['target']) {
  const { status, body } = await askToRemove(core, target);
  if (status !== 202) throw new Error(JSON.stringify(body));
  expect(await finished(core, person, body.operation.id)).toMatchObject({ state: 'done' });
}

async function deployOnceThough(failpoints: readonly string[]) {
  const { core, name, operation } = await dieDeploying(failpoints, 'web');
  expect(operation).toMatchObject({ state: 'done', target: { label: name } });
  expect(await ours(name)).toHaveLength(1);
  expect(invariants()).toMatchObject({ code: 0 });
  await remove(core, operation.target);
  await core.stop();
  expect(await volumesOf(operation.id)).toEqual([]);
}

describe('a core that is killed while it deploys', () => {
  const points = ['accept:before', 'accept:after-result', ...pointsOf(STEPS), 'finish:after-result'];

  it.each(points)('at %s goes on and makes exactly one container', (point) => deployOnceThough([point]), 60_000);

  it.each(pairsOf(STEPS))(
    'at %s, and when it goes on at %s, makes exactly one container',
    (first, second) => deployOnceThough([first, second]),
    90_000,
  );
});

describe('a core that is killed while it takes a failed deploy back', () => {
  const points = pointsOf(['undo-create', 'undo-volumes']);

  it.each(points)(
    'at %s goes on until nothing is left',
    async (point) => {
      const { core, name, operation } = await dieDeploying([point], 'crash');
      expect(operation).toMatchObject({ state: 'failed', failedStep: 'healthy', error: { code: 'start_failed' } });
      expect(await ours(name)).toEqual([]);
      expect(await volumesOf(operation.id)).toEqual([]);
      expect(invariants()).toMatchObject({ code: 0 });
      await core.stop();
    },
    60_000,
  );
});

async function makeAnewOnceThough(failpoints: readonly string[]) {
  const { core, name, made, before, operation } = await dieMakingAnew(failpoints);
  expect(operation).toMatchObject({ name: 'containers.recreate', state: 'done' });
  const beside = await docker.listContainers({ all: true, filters: { name: [`^/${name}`] } });
  expect(beside.map(({ Names }) => Names)).toEqual([[`/${name}`]]);
  const after = await docker.getContainer(name).inspect();
  expect(after).toMatchObject({ State: { Status: 'running' }, HostConfig: { Memory: 48 * 1024 ** 2 } });
  expect(after.Config.Env).toContain('MODE=second');
  expect(after.Mounts.map(({ Name }) => Name)).toEqual(before.Mounts.map(({ Name }) => Name));
  expect(after.NetworkSettings.Ports).toEqual(before.NetworkSettings.Ports);
  expect(invariants()).toMatchObject({ code: 0 });
  await remove(core, operation.target);
  await core.stop();
  expect(await volumesOf(made.id)).toEqual([]);
}

describe('a core that is killed while it makes a container anew', () => {
  const points = new Set([...pointsOf(REMAKING), 'swap:before', 'finish:after-result']);

  it.each([...points])(
    'at %s goes on until the new one has the name and the volume, and the old one is gone',
    (point) => makeAnewOnceThough([point]),
    120_000,
  );

  it.each(pairsOf(REMAKING))(
    'at %s, and when it goes on at %s, has the new one under the name with the volume, and the old one gone',
    (first, second) => makeAnewOnceThough([first, second]),
    150_000,
  );
});

describe('a second core on the same storage', () => {
  it('does not start and says why, until the first is gone, however it went', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/BAILIWICK_STORAGE_DIR: another core works on this database/);
    expect((await call(first, person, 'GET', '/me')).status).toBe(200);
    await first.kill();
    const second = await start();
    expect((await call(second, person, 'GET', '/me')).status).toBe(200);
    await second.stop();
  }, 60_000);
});

describe('a core that is killed while it deletes a container with its data', () => {
  it.each(pointsOf(['remove', 'data']))(
    'at %s goes on until both are gone',
    async (point) => {
      const name = `bw-fault-${process.pid}-${++number}`;
      const dying = await start({ BAILIWICK_FAILPOINT: `crash@${point}` });
      const { body } = await call(dying, person, 'POST', '/deployments', { body: { preset: 'web', name } });
      const made = await finished(dying, person, body.operation.id);
      expect(await volumesOf(made.id)).toHaveLength(1);
      await askToRemove(dying, made.target).catch(() => undefined); // it may die before it answers
      await dying.untilKilled();

      const core = await start();
      await until(async () => {
        const { body: now } = await call(core, person, 'GET', '/operations?state=active');
        return now.items.length === 0;
      });
      const { body: list } = await call(core, person, 'GET', `/operations?container=${made.target.containerId}`);
      expect(list.items[0]).toMatchObject({ name: 'containers.delete', state: 'done' });
      expect(await ours(name)).toEqual([]);
      expect(await volumesOf(made.id)).toEqual([]);
      expect(invariants()).toMatchObject({ code: 0 });
      await core.stop();
    },
    60_000,
  );
});

describe('a core that is stopped while it deploys', () => {
  it('ends within 5 s and goes on at the next start', async () => {
    const first = await start({ BAILIWICK_DEPLOY_STABLE_MS: '2000' });
    const name = `bw-fault-${process.pid}-stopped`;
    const { body } = await call(first, person, 'POST', '/deployments', { body: { preset: 'web', name } });
    await until(async () => (await ours(name)).length === 1);
    const asked = performance.now();
    await first.stop();
    expect(performance.now() - asked).toBeLessThan(5000);
    const core = await start();
    const operation = await finished(core, person, body.operation.id);
    expect(operation).toMatchObject({ state: 'done' });
    await remove(core, operation.target);
    expect(invariants()).toMatchObject({ code: 0 });
    await core.stop();
    expect(await volumesOf(operation.id)).toEqual([]);
  }, 60_000);
});
