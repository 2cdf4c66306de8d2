import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CoreProcess } from '../faults/core-process.js';
import { docker, KilledCore, pairsOf, pointsOf, volumesOf } from '../faults/killed-core.js';

const scene = new KilledCore();
const REMAKING = ['pull', 'create', 'stop', 'start', 'healthy', 'swap', 'remove'];
beforeAll(() => scene.begin(), 60_000);
afterEach(() => scene.endLast());
afterAll(() => scene.end());

/** Made with another size and another variable; the ports, the volume and the name are to be the same after it. */
async function dieMakingAnew(failpoints: readonly string[]) {
  const name = scene.nextName();
  const building = await scene.start();
  const made = await scene.deployed(building, 'web', name);
  const settings = `/containers/${made.target.containerId}/configuration`;
  const change = { memoryBytes: 48 * 1024 ** 2, env: { set: { MODE: 'second' }, unset: [] } };
  await scene.ask(building, 'PUT', settings, { body: { change } });
  await building.stop();
  const before = await docker.getContainer(name).inspect();
  const ask = (core: CoreProcess) => scene.ask(core, 'POST', `${settings}/apply`, { body: {}, key: `anew-${name}` });
  const core = await scene.dieAtEach(failpoints, ask);
  return { core, name, made, before, operation: await scene.endOf(core, ask) };
}

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
  scene.assertInOrder();
  await scene.remove(core, operation.target);
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
