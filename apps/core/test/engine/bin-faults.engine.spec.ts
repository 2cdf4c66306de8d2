import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import type { CoreProcess } from '../faults/core-process.js';
import { DEEP, docker, KilledCore, ours, pairsOf, pointsOf, volumesOf } from '../faults/killed-core.js';
import { until } from '../until.js';

const scene = new KilledCore();
const RESTORING = ['pull', 'volumes', 'create', 'start', 'healthy'];
/** How long after it was asked it dies: before, while and after it forgets. */
const FORGETTING_MS = DEEP ? [0, 1, 2, 3, 5, 8, 13, 50] : [3];

beforeAll(() => scene.begin(), 60_000);
afterEach(() => scene.endLast());
afterAll(() => scene.end());

describe('a core that is killed while it deletes a container with its data', () => {
  it.each(pointsOf(['remove', 'data']))(
    'at %s goes on until both are gone',
    async (point) => {
      const name = scene.nextName();
      const dying = await scene.start({ BAILIWICK_FAILPOINT: `crash@${point}` });
      const made = await scene.deployed(dying, 'web', name);
      expect(await volumesOf(made.id)).toHaveLength(1);
      await scene.askToRemove(dying, made.target).catch(() => undefined); // it may die before it answers
      await dying.untilKilled();

      const core = await scene.start();
      await until(async () => {
        const { body: now } = await scene.ask(core, 'GET', '/operations?state=active');
        return now.items.length === 0;
      });
      const { body: list } = await scene.ask(core, 'GET', `/operations?container=${made.target.containerId}`);
      expect(list.items[0]).toMatchObject({ name: 'containers.delete', state: 'done' });
      expect(await ours(name)).toEqual([]);
      expect(await volumesOf(made.id)).toEqual([]);
      scene.assertInOrder();
      await core.stop();
    },
    60_000,
  );
});

/** Deployed, and deleted to the bin with its data kept. */
async function binned(preset: string) {
  const name = scene.nextName();
  const building = await scene.start();
  const made = await scene.deployed(building, preset, name);
  const before = await docker.getContainer(name).inspect();
  const { body } = await scene.ask(building, 'DELETE', `/containers/${made.target.containerId}`, {
    body: { force: true },
  });
  expect(await scene.finished(building, body.operation.id)).toMatchObject({ state: 'done' });
  await building.stop();
  return { name, made, before };
}

async function dieRestoring(failpoints: readonly string[], preset: string) {
  const lying = await binned(preset);
  const ask = (core: CoreProcess) =>
    scene.ask(core, 'POST', `/bin/${lying.made.target.containerId}/restore`, {
      body: {},
      key: `back-${lying.name}`,
    });
  const core = await scene.dieAtEach(failpoints, ask);
  return { core, ...lying, operation: await scene.endOf(core, ask) };
}

const inBin = async (core: CoreProcess): Promise<string[]> =>
  (await scene.ask(core, 'GET', '/bin')).body.items.map(({ id }: { id: string }) => id);

async function removeKept(core: CoreProcess, deploy: Operation) {
  const [volume] = await volumesOf(deploy.id);
  const { body } = await scene.ask(core, 'GET', `/volumes?q=${volume?.Name}`);
  await scene.prove(core);
  const wish = { confirmName: volume?.Name };
  const gone = await scene.ask(core, 'DELETE', `/volumes/${body.items[0].id}`, { body: wish });
  expect(await scene.finished(core, gone.body.operation.id)).toMatchObject({ state: 'done' });
  expect(await volumesOf(deploy.id)).toEqual([]);
}

async function restoreOnceThough(failpoints: readonly string[]) {
  const { core, name, made, before, operation } = await dieRestoring(failpoints, 'web');
  expect(operation).toMatchObject({ name: 'containers.restore', state: 'done', target: made.target });
  expect(await ours(name)).toHaveLength(1);
  const after = await docker.getContainer(name).inspect();
  expect(after).toMatchObject({ State: { Status: 'running' } });
  expect(after.Mounts.map(({ Name }) => Name)).toEqual(before.Mounts.map(({ Name }) => Name));
  expect(after.HostConfig.PortBindings).toEqual(before.HostConfig.PortBindings);
  expect(await inBin(core)).not.toContain(made.target.containerId);
  scene.assertInOrder();
  await scene.remove(core, operation.target);
  await core.stop();
  expect(await volumesOf(made.id)).toEqual([]);
}

describe('a core that is killed while it brings a container back from the bin', () => {
  const every = ['accept:after-result', ...pointsOf(RESTORING), 'finish:after-result'];
  const points = DEEP ? every : ['volumes:after-effect', 'healthy:after-effect'];

  it.each(points)(
    'at %s goes on until it runs, once, with its port and its data',
    (point) => restoreOnceThough([point]),
    90_000,
  );

  it.each(pairsOf(RESTORING))(
    'at %s, and when it goes on at %s, has it run, once, with its port and its data',
    (first, second) => restoreOnceThough([first, second]),
    120_000,
  );

  it.each(DEEP ? pointsOf(['undo-create', 'undo-volumes']) : ['undo-create:after-effect'])(
    'at %s, as it does not run any more, goes on until it lies in the bin again with its data',
    async (point) => {
      const { core, name, made, operation } = await dieRestoring([point], 'once');
      expect(operation).toMatchObject({ state: 'failed', failedStep: 'healthy', error: { code: 'start_failed' } });
      expect(await ours(name)).toEqual([]);
      expect(await volumesOf(made.id)).toHaveLength(1);
      expect(await inBin(core)).toContain(made.target.containerId);
      scene.assertInOrder();
      await removeKept(core, made);
      await core.stop();
    },
    90_000,
  );
});

describe('a core that is killed while it forgets what lies in the bin', () => {
  it.each(FORGETTING_MS)(
    '%i ms after it was asked has forgotten all of it or nothing, and the kept data stays',
    async (ms) => {
      const { name, made } = await binned('web');
      const purge = (core: CoreProcess, key: string) =>
        scene.ask(core, 'DELETE', `/bin/${made.target.containerId}`, { body: { confirmName: name }, key });
      const dying = await scene.start();
      await scene.prove(dying);
      const asking = purge(dying, `forget-${name}`).catch(() => undefined); // it may die before it answers
      await delay(ms);
      await dying.kill();
      await asking;

      const core = await scene.start();
      const again = await purge(core, `forget-${name}`);
      // Cut off in the middle it says so, and then it was all of it or nothing.
      if (again.status !== 204) {
        expect({ status: again.status, code: again.body.code }).toEqual({ status: 409, code: 'interrupted' });
        expect([204, 404]).toContain((await purge(core, `forget-again-${name}`)).status);
      }
      expect(await inBin(core)).not.toContain(made.target.containerId);
      const restore = await scene.ask(core, 'POST', `/bin/${made.target.containerId}/restore`, { body: {} });
      expect(restore.status).toBe(404);
      expect(await ours(name)).toEqual([]);
      expect(await volumesOf(made.id)).toHaveLength(1);
      scene.assertInOrder();
      await removeKept(core, made);
      await core.stop();
    },
    60_000,
  );
});
