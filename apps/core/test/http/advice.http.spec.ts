import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AdviceList, CONTAINER_MEASURES, ContainerId } from '@bailiwick/contract';
import { AdviceService } from '../../src/features/advice/advice.service.js';
import { HistoryService } from '../../src/features/metrics/history.service.js';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { signIn } from '../sign-in.js';

const MIB = 1024 * 1024;
const HOUR = 3_600_000;
const STEP = 600_000;

let core: TestApp;
let clock: ManualClock;
let owner: Asking;
let id: ContainerId;

beforeAll(async () => {
  clock = new ManualClock();
  core = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_SESSION_IDLE_MIN: '1440',
      BAILIWICK_SESSION_MAX_H: '720',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: {} }),
    },
  });
  owner = new Asking(core, await signIn(core));
  const { body } = await call(core, owner.who, 'POST', '/deployments', { body: aDeploy({ name: 'roomy', memoryBytes: 512 * MIB, cpus: 2 }) }); // prettier-ignore
  id = ContainerId.parse((await finished(core, owner.who, body.operation.id)).target.containerId);
});
afterAll(() => core.close());

const adviceFor = async (who = owner, query = '') => AdviceList.parse((await who.get(`advice${query}`).expect(200)).body).items; // prettier-ignore
/** As if it had been measured for so long; the last reading is taken here. */
async function measured(hours: number): Promise<void> {
  const history = core.app.get(HistoryService);
  for (let ms = 0; ms < hours * HOUR; ms += STEP) {
    const fromMs = clock.now();
    clock.advance(STEP);
    const values = Object.fromEntries(CONTAINER_MEASURES.map((name) => [name, null]));
    history.add(id, { fromMs, toMs: clock.now(), values: { ...values, cpus: 0.1, memoryBytes: 40 * MIB } as never }, CONTAINER_MEASURES); // prettier-ignore
  }
  for (let n = 0; n < 2; n += 1) {
    clock.advance(15_000);
    await core.app.get(UsageSamplerService).sample(true);
  }
  await core.app.get(AdviceService).look();
}

it('says nothing of what was measured for less than a day', async () => {
  await measured(20);
  expect(await adviceFor()).toEqual([]);
});

it('proposes limits with room to what has far too much, in numbers', async () => {
  await measured(5);
  const [advice] = await adviceFor();
  expect(advice).toMatchObject({
    containerId: id,
    name: 'roomy',
    changeable: true,
    items: [
      { kind: 'memoryTooMuch', limit: 512 * MIB, proposed: 64 * MIB, most: 40 * MIB, oomKills: 0 },
      { kind: 'cpusTooMany', limit: 2, proposed: 0.15 },
    ],
  });
  expect(advice?.measuredMs).toBeGreaterThanOrEqual(24 * HOUR);
  expect(advice?.rights.can).toEqual(['containers.settingsResources']);
  expect(await adviceFor(owner, `?container=${id}`)).toEqual([advice]);
});

it('is told only to who sees what the container uses, with what they may do about it', async () => {
  const [stranger, blind, seer] = await Promise.all(
    [0, 1, 2].map(async () => new Asking(core, await signIn(core, { platformRole: 'member' }))),
  );
  if (!stranger || !blind || !seer) throw new Error('Somebody is missing.');
  const on = { kind: 'container' as const, id };
  await owner.change([aGrant(blind.who, on, { role: 'observer', deny: ['containers.stats'] })]);
  await owner.change([aGrant(seer.who, on, { role: 'observer' })]);
  expect(await adviceFor(stranger)).toEqual([]);
  expect(await adviceFor(blind)).toEqual([]);
  expect((await adviceFor(seer))[0]?.rights.can).toEqual([]);
});

it('leads to a change that can be reviewed, and says nothing of a limit that is another by then', async () => {
  const change = { memoryBytes: 64 * MIB };
  const { body } = await owner.post(`containers/${id}/configuration/review`, { change }).expect(200);
  expect(body).toMatchObject({ how: 'live' });
  await owner.put(`containers/${id}/configuration`, { change }).expect(204);
  const { body: applying } = await owner.post(`containers/${id}/configuration/apply`).expect(202);
  expect(await finished(core, owner.who, applying.operation.id)).toMatchObject({ state: 'done' });
  clock.advance(15_000);
  await core.app.get(UsageSamplerService).sample(true);
  expect((await adviceFor())[0]?.items.map(({ kind }) => kind)).toEqual(['cpusTooMany']);
});
