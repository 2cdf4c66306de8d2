import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CoreProcess } from '../faults/core-process.js';
import { KilledCore, ours, pairsOf, pointsOf, volumesOf } from '../faults/killed-core.js';
import { until } from '../until.js';

const scene = new KilledCore();
const STEPS = ['validate', 'pull', 'network', 'volumes', 'create', 'start', 'healthy'];
beforeAll(() => scene.begin(), 60_000);
afterEach(() => scene.endLast());
afterAll(() => scene.end());

async function dieDeploying(failpoints: readonly string[], preset: string) {
  const name = scene.nextName();
  const ask = (core: CoreProcess) =>
    scene.ask(core, 'POST', '/deployments', { body: { preset, name }, key: `key-${name}` });
  const core = await scene.dieAtEach(failpoints, ask);
  return { core, name, operation: await scene.endOf(core, ask) };
}

async function deployOnceThough(failpoints: readonly string[]) {
  const { core, name, operation } = await dieDeploying(failpoints, 'web');
  expect(operation).toMatchObject({ state: 'done', target: { label: name } });
  expect(await ours(name)).toHaveLength(1);
  scene.assertInOrder();
  await scene.remove(core, operation.target);
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
      scene.assertInOrder();
      await core.stop();
    },
    60_000,
  );
});

describe('a second core on the same storage', () => {
  it('does not start and says why, until the first is gone, however it went', async () => {
    const first = await scene.start();
    await expect(scene.start()).rejects.toThrow(/BAILIWICK_STORAGE_DIR: another core works on this database/);
    expect((await scene.ask(first, 'GET', '/me')).status).toBe(200);
    await first.kill();
    const second = await scene.start();
    expect((await scene.ask(second, 'GET', '/me')).status).toBe(200);
    await second.stop();
  }, 60_000);
});

describe('a core that is stopped while it deploys', () => {
  it('ends within 5 s and goes on at the next start', async () => {
    const first = await scene.start({ BAILIWICK_DEPLOY_STABLE_MS: '2000' });
    const name = `bw-fault-${process.pid}-stopped`;
    const { body } = await scene.ask(first, 'POST', '/deployments', { body: { preset: 'web', name } });
    await until(async () => (await ours(name)).length === 1);
    const asked = performance.now();
    await first.stop();
    expect(performance.now() - asked).toBeLessThan(5000);
    const core = await scene.start();
    const operation = await scene.finished(core, body.operation.id);
    expect(operation).toMatchObject({ state: 'done' });
    await scene.remove(core, operation.target);
    scene.assertInOrder();
    await core.stop();
    expect(await volumesOf(operation.id)).toEqual([]);
  }, 60_000);
});
