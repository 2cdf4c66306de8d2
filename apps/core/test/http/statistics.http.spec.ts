import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Statistics } from '@bailiwick/contract';
import { LayerSizes } from '../../src/features/metrics/layer-sizes.service.js';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { Asking } from '../granting.js';
import { changeRights } from '../people.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: SignedInPerson;

beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterAll(() => core?.close());

const read = async () => Statistics.parse((await new Asking(core, owner).get('statistics').expect(200)).body);

describe('the figures of the installation', () => {
  it('are what the lists and the engine have', async () => {
    const ended = await seenOnEngine(core, { name: 'ended' });
    await seenOnEngine(core, { name: 'busy' });
    await signIn(core, { platformRole: 'member' });
    const leaver = await signIn(core, { platformRole: 'member' });
    await changeRights(core, leaver.user.id, { active: false });
    fakeEngine(core).get(ended.engineId).kill('SIGKILL');
    const listed = async (path: string) => (await new Asking(core, owner).get(path).expect(200)).body.items;
    await until(async () => (await read()).containers.running === 1);
    const { people, containers, presets } = await read();
    expect(people).toEqual({ total: (await listed('users')).length, active: (await listed('users')).length - 1 });
    const engine = await fakeEngine(core).list();
    expect(containers.total).toBe(engine.length);
    expect(containers.running).toBe(engine.filter(({ state }) => state === 'running').length);
    expect(containers.running + containers.stopped + containers.failing).toBe(containers.total);
    const offered: Array<{ state: string; preset?: { config: { volumes: unknown[] } } }> = await listed('presets');
    const ready = offered.flatMap(({ preset }) => preset ?? []);
    expect(presets).toEqual({
      total: ready.length,
      withVolumes: ready.filter(({ config }) => config.volumes.length > 0).length,
    });
  });

  it('say what each container takes of its host, those that take most first', async () => {
    const sampler = core.app.get(UsageSamplerService);
    await until(async () => {
      await sampler.sample(true);
      return (await read()).takings.some(({ memoryBytes }) => memoryBytes !== null);
    });
    await core.app.get(LayerSizes).round();
    const [first, last] = (await read()).takings;
    expect(first).toMatchObject({ name: 'busy', memoryBytes: expect.any(Number), diskBytes: 4096 });
    expect(last).toMatchObject({ name: 'ended', memoryBytes: null, hostShare: null, diskBytes: 4096 });
  });

  it('are nothing for who is not staff', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const { body } = await new Asking(core, member).get('statistics').expect(403);
    expect(body.code).toBe('forbidden');
  });
});
