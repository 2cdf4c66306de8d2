import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Alert, BlackBoxList, type Capability, ContainerId } from '@bailiwick/contract';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const MINUTE = 60_000;
const MIB = 1024 * 1024;
const SECRET = 'correct-horse-battery';
const folder = presetsFolder({ web: { config: { env: { GREETING: SECRET } } } });

let core: TestApp;
let clock: ManualClock;
let owner: Asking;
let id: string;
let count = 0;

beforeAll(async () => {
  clock = new ManualClock();
  core = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_SESSION_IDLE_MIN: '1440',
      BAILIWICK_PRESETS_DIR: folder,
    },
  });
  owner = new Asking(core, await signIn(core));
  id = await deployed();
});
afterAll(() => core.close());

async function deployed(): Promise<string> {
  const { body } = await call(core, owner.who, 'POST', '/deployments', { body: aDeploy({ name: `boxed-${++count}` }) });
  const { target } = await finished(core, owner.who, body.operation.id);
  return target.containerId ?? '';
}
const fake = async (name = 'boxed-1') => {
  const found = await fakeEngine(core).findByName(name);
  if (!found) throw new Error(`There is no ${name}.`);
  return fakeEngine(core).get(found.engineId);
};
const boxesOf = async (what: string, who = owner) =>
  BlackBoxList.parse((await who.get(`${what}/black-boxes`).expect(200)).body).items;
const alertOf = async (containerId: string, state = 'open'): Promise<Alert | undefined> =>
  (await owner.get(`alerts?container=${containerId}&state=${state}`).expect(200)).body.items[0];
const boxed = (containerId: string, most = 1) =>
  until(async () => (await boxesOf(`containers/${containerId}`)).length >= most, { what: 'The black box' });

describe('a container that ended without being asked', () => {
  it('leaves what it said, what it used, and what was changed since it ran well', async () => {
    clock.advance(30 * MINUTE);
    for (let n = 0; n < 4; n += 1) {
      await core.app.get(UsageSamplerService).sample(true);
      clock.advance(15_000);
    }
    await owner.put(`containers/${id}/configuration`, { change: { memoryBytes: 16 * MIB, env: { set: { PORT: '81' } } } }).expect(204); // prettier-ignore
    const { body } = await owner.post(`containers/${id}/configuration/apply`).expect(202);
    expect(await finished(core, owner.who, body.operation.id)).toMatchObject({ state: 'done' });
    clock.advance(MINUTE);
    const container = await fake();
    container.log.write('stdout', `I was told ${SECRET}, and go.`);
    container.exit(3);
    await boxed(id);
    const [box] = await boxesOf(`containers/${id}`);
    expect(box).toMatchObject({ exitCode: 3, oomKilled: false, limits: { memoryBytes: 16 * MIB }, withheld: [] });
    expect(box?.log?.lines.at(-1)?.text).toMatch(/^I was told .+, and go\.$/);
    expect(JSON.stringify(box)).not.toContain(SECRET);
    expect(box?.figures?.cpus.some((value) => value !== null)).toBe(true);
    expect(box?.changes).toMatchObject({ number: 1 });
    expect(box?.changes?.fields.map(({ field }) => field).sort()).toEqual(['env', 'memoryBytes', 'memorySwapBytes']);
    const alert = await alertOf(id);
    expect(await boxesOf(`alerts/${alert?.id}`)).toEqual([box]);
  });

  it('is one box however often its alert is answered, and three at most of one alert', async () => {
    const alert = await alertOf(id);
    await owner.post(`alerts/${alert?.id}/acknowledge`).expect(200);
    for (const code of [4, 5, 6, 7]) {
      clock.advance(MINUTE);
      await owner.post(`containers/${id}/start`).expect(200);
      clock.advance(MINUTE);
      (await fake()).exit(code);
      await until(async () => (await boxesOf(`alerts/${alert?.id}`))[0]?.exitCode === code, {
        what: `The end with ${code}`,
      });
    }
    const codes = (await boxesOf(`alerts/${alert?.id}`)).map(({ exitCode }) => exitCode);
    expect(codes).toEqual([7, 6, 5]);
  });

  it('is kept as well when memory ran out', async () => {
    const other = await deployed();
    clock.advance(MINUTE);
    (await fake('boxed-2')).runOutOfMemory();
    await boxed(other);
    expect(await boxesOf(`containers/${other}`)).toMatchObject([{ oomKilled: true, exitCode: 137, changes: null }]);
  });
});

describe('who sees it', () => {
  const memberWithout = async (...deny: Capability[]) => {
    const who = new Asking(core, await signIn(core, { platformRole: 'member' }));
    const on = { kind: 'container' as const, id: ContainerId.parse(id) };
    await owner.change([aGrant(who.who, on, { role: 'observer', deny })]);
    return who;
  };

  it('sees of it what they may see of the container', async () => {
    const path = `alerts/${(await alertOf(id))?.id}`;
    const [seer] = await boxesOf(path, await memberWithout('containers.logs', 'containers.stats'));
    expect(seer).toMatchObject({ exitCode: 7, log: null, figures: null, changes: null });
    expect(seer?.withheld).toEqual(expect.arrayContaining(['containers.logs', 'containers.stats']));
    const [reader] = await boxesOf(path, await memberWithout('containers.stats', 'containers.settingsSee'));
    expect(reader?.log?.lines.length).toBeGreaterThan(0);
    expect(reader).toMatchObject({ figures: null, withheld: ['containers.stats', 'containers.settingsSee'] });
  });

  it('is nobody else', async () => {
    const stranger = new Asking(core, await signIn(core, { platformRole: 'member' }));
    await stranger.get(`alerts/${(await alertOf(id))?.id}/black-boxes`).expect(404);
    await stranger.get(`containers/${id}/black-boxes`).expect(404);
  });

  it('is staff alone once the container is gone, as long as its alert is kept', async () => {
    const seer = await memberWithout();
    const alert = await alertOf(id);
    const { engineId } = await fakeEngine(core).inspect((await fake()).engineId);
    await fakeEngine(core).remove(engineId, { force: true });
    await until(async () => (await alertOf(id, 'closed')) !== undefined, { what: 'The end of the alert' });
    expect(await boxesOf(`alerts/${alert?.id}`)).toHaveLength(3);
    await seer.get(`alerts/${alert?.id}/black-boxes`).expect(404);
  });
});
