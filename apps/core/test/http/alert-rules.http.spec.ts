import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Alert, AlertRuleList, ContainerThresholdList, type PutAlertRule } from '@bailiwick/contract';
import { LayerSizes } from '../../src/features/metrics/layer-sizes.service.js';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const MIB = 1024 * 1024;
const MINUTE = 60_000;
const HALF = { percent: 50, durationMs: MINUTE };

let storageDir: string;
let clock: ManualClock;
let engine: FakeEngine;
let core: TestApp;
let owner: Asking;
let maker: Asking;
let web: SeenContainer;

const start = async () => {
  core = await startApp({ clock, engine, storageDir, env: { BAILIWICK_SESSION_IDLE_MIN: '1440' } });
  await core.app.get(MirrorsService).ready();
};
beforeEach(async () => {
  storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-alert-rules-'));
  clock = new ManualClock();
  engine = new FakeEngine(clock);
  await start();
  owner = new Asking(core, await signIn(core));
  maker = new Asking(core, await signIn(core, { platformRole: 'member' }));
  web = await ownedOnEngine(core, maker.who.user, { name: 'web', memoryBytes: 64 * MIB, cpus: 2 });
  await sample(0);
});
afterEach(async () => {
  await core.close();
  rmSync(storageDir, { recursive: true, force: true });
});

/** The core's own pace reads a clock that stands: only these readings count. */
const sample = async (minutes: number) => {
  for (let n = 0; n < Math.max(1, minutes * 4); n += 1) {
    clock.advance(minutes === 0 ? 0 : MINUTE / 4);
    await core.app.get(UsageSamplerService).sample(true);
  }
};
const uses = (pace: { cpus?: number; memoryBytes?: number }) => fakeEngine(core).get(web.engineId).use.become(pace);
const put = (body: PutAlertRule, who = owner) => who.put('settings/alert-rules', body);
const alertsOf = async (who: Asking, query = ''): Promise<Alert[]> =>
  Alert.array().parse((await who.get(`alerts${query}`).expect(200)).body.items);
const rulesOf = async (who: Asking) => (await alertsOf(who)).map(({ rule }) => rule);
const opened = (rule: string, who = maker) =>
  until(async () => (await alertsOf(who)).find((alert) => alert.rule === rule), { what: `An alert ${rule}` });
const closed = (who = maker) => until(async () => (await alertsOf(who)).length === 0, { what: 'The recovery' });

describe('a number that is held against what is measured', () => {
  it('opens an alert after its time, and closes it half of that time after it is over', async () => {
    await put({ rule: 'container_cpu', on: true, threshold: HALF }).expect(200);
    uses({ cpus: 1.9 });
    await sample(1);
    expect(await rulesOf(maker)).toEqual([]);
    await sample(0.25);
    await opened('container_cpu');
    expect(await alertsOf(maker)).toMatchObject([
      { label: 'web', severity: 'warning', count: 1, facts: { percent: 95, threshold: HALF } },
    ]);
    await sample(5);
    expect((await alertsOf(maker))[0]?.count).toBe(1);
    uses({ cpus: 0.97 });
    await sample(5);
    expect(await rulesOf(maker)).toEqual(['container_cpu']);
    uses({ cpus: 0.2 });
    await sample(1);
    await closed();
    expect(await alertsOf(maker, '?state=closed')).toMatchObject([{ rule: 'container_cpu', end: 'recovered' }]);
  });

  it('counts memory against the limit, and is over when the container stops', async () => {
    await put({ rule: 'container_memory', on: true, threshold: HALF }).expect(200);
    uses({ memoryBytes: 60 * MIB });
    await sample(1.5);
    await opened('container_memory');
    await maker.post(`containers/${web.id}/stop`).expect(200);
    await until(async () => {
      await sample(0);
      return (await alertsOf(maker)).length === 0;
    });
  });

  it('says nothing while its engine is away, and of no time nobody measured', async () => {
    await put({ rule: 'container_cpu', on: true, threshold: HALF }).expect(200);
    uses({ cpus: 2 });
    await sample(1);
    clock.advance(10 * MINUTE);
    await sample(0.5);
    expect(await rulesOf(maker)).toEqual([]);
    await sample(1);
    await opened('container_cpu');
    fakeEngine(core).goOffline();
    await opened('environment_offline', owner);
    await sample(3);
    expect(await rulesOf(maker)).toEqual(['container_cpu']);
  });

  it('is one alert across a restart of the core, and takes its whole time to be over', async () => {
    await put({ rule: 'container_cpu', on: true, threshold: HALF }).expect(200);
    uses({ cpus: 2 });
    await sample(1.5);
    await opened('container_cpu');
    const [before] = await alertsOf(maker);
    await core.close();
    await start();
    [owner, maker] = [new Asking(core, owner.who), new Asking(core, maker.who)];
    await sample(2);
    expect(await alertsOf(maker)).toMatchObject([{ id: before?.id, count: 1 }]);
    uses({ cpus: 0.1 });
    await sample(1);
    await closed();
  });

  it('is not told to who may not see what the container uses', async () => {
    const tania = new Asking(core, await signIn(core, { platformRole: 'member' }));
    const on = { kind: 'container' as const, id: web.id };
    await owner.change([aGrant(tania.who, on, { role: 'observer', deny: ['containers.stats'] })]);
    await put({ rule: 'container_cpu', on: true, threshold: HALF }).expect(200);
    uses({ cpus: 2 });
    await sample(1.5);
    await opened('container_cpu');
    expect(await rulesOf(owner)).toEqual(['container_cpu']);
    expect(await rulesOf(tania)).toEqual([]);
  });

  it('of the host is told to staff', async () => {
    await put({ rule: 'host_memory', on: true, threshold: { percent: 1, durationMs: 1000 } }).expect(200);
    await put({ rule: 'host_disk', on: true, threshold: { percent: 1, durationMs: 1000 } }).expect(200);
    await until(
      async () => {
        await sample(0);
        const rules = await rulesOf(owner);
        return rules.includes('host_memory') && rules.includes('host_disk');
      },
      { within: 15_000, what: 'The memory and a disk of this machine' },
    );
    const disk = (await alertsOf(owner)).find(({ rule }) => rule === 'host_disk');
    expect(disk?.facts.mountpoint).toMatch(/^\//);
    expect(await rulesOf(maker)).toEqual([]);
  });
});

describe('the files of a container', () => {
  const takes = async (layerBytes: number) => {
    fakeEngine(core).get(web.engineId).use.become({ layerBytes });
    await core.app.get(LayerSizes).round();
  };

  it('open an alert at so many bytes, once, and close it when they take less again', async () => {
    await takes(600 * MIB);
    expect(await rulesOf(maker)).toEqual([]);
    await put({ rule: 'container_disk', on: true, amount: 500 * MIB }).expect(200);
    await takes(499 * MIB);
    expect(await rulesOf(maker)).toEqual([]);
    await takes(500 * MIB);
    await opened('container_disk');
    await takes(900 * MIB);
    expect(await alertsOf(maker)).toMatchObject([
      { label: 'web', count: 1, facts: { bytes: 500 * MIB, amount: 500 * MIB } },
    ]);
    await takes(480 * MIB);
    expect(await rulesOf(maker)).toEqual(['container_disk']);
    await takes(300 * MIB);
    await closed();
  });

  it('are told to who may see what it uses, and the number is one that makes sense', async () => {
    const tania = new Asking(core, await signIn(core, { platformRole: 'member' }));
    const on = { kind: 'container' as const, id: web.id };
    await owner.change([aGrant(tania.who, on, { role: 'observer', deny: ['containers.stats'] })]);
    for (const amount of [0, MIB - 1, 2 * 1024 ** 5])
      await put({ rule: 'container_disk', on: true, amount }).expect(400);
    await put({ rule: 'container_disk', on: true, amount: MIB }).expect(200);
    await takes(2 * MIB);
    await opened('container_disk');
    expect(await rulesOf(tania)).toEqual([]);
  });
});

describe('a number of a container’s own', () => {
  const path = () => `containers/${web.id}/thresholds`;
  const own = (threshold: typeof HALF | null, who = maker) => who.put(path(), { rule: 'container_cpu', threshold });
  const list = async (who = maker) => ContainerThresholdList.parse((await who.get(path()).expect(200)).body).items;

  it('counts instead of the rule’s, and the rule’s again once it is removed', async () => {
    await put({ rule: 'container_cpu', on: true, threshold: { ...HALF, percent: 90 } }).expect(200);
    await own(HALF).expect(200);
    expect((await list())[0]).toMatchObject({ rule: 'container_cpu', on: true, own: HALF, general: { percent: 90 } });
    uses({ cpus: 1.2 });
    await sample(1.5);
    await opened('container_cpu');
    expect((await alertsOf(maker))[0]?.facts).toMatchObject({ percent: 60, threshold: HALF });
    const { body } = await own(null).expect(200);
    expect(ContainerThresholdList.parse(body).items[0]).toMatchObject({ own: null, setBy: null, setAt: null });
    await sample(1);
    await closed();
    await sample(5);
    expect(await rulesOf(maker)).toEqual([]);
  });

  it('may be higher than the rule’s too, outlives the core, and tells nothing while the rule is off', async () => {
    await own({ percent: 100, durationMs: MINUTE }).expect(200);
    await core.close();
    await start();
    [owner, maker] = [new Asking(core, owner.who), new Asking(core, maker.who)];
    expect((await list())[0]).toMatchObject({ own: { percent: 100 }, on: false, setBy: maker.who.user.displayName });
    uses({ cpus: 2 });
    await sample(3);
    expect(await rulesOf(maker)).toEqual([]);
    await put({ rule: 'container_cpu', on: true, threshold: HALF }).expect(200);
    uses({ cpus: 1.9 });
    await sample(3);
    expect(await rulesOf(maker)).toEqual([]);
  });

  it('is set by who may change what it may use, and stands in the audit trail', async () => {
    const tania = new Asking(core, await signIn(core, { platformRole: 'member' }));
    await own(HALF, tania).expect(404);
    await tania.get(path()).expect(404);
    const on = { kind: 'container' as const, id: web.id };
    await owner.change([aGrant(tania.who, on, { role: 'operator' })]);
    await own(HALF, tania).expect(403);
    await own(HALF).expect(200);
    const { body } = await owner.get('audit?action=containers.threshold').expect(200);
    expect(body.items.map(({ details }: { details: unknown }) => details)).toMatchObject([
      { rule: 'container_cpu', threshold: { from: null, to: HALF } },
    ]);
  });

  it('is one that makes sense, of a rule that may have one', async () => {
    await own({ percent: 0, durationMs: MINUTE }).expect(400);
    await maker.put(path(), { rule: 'host_cpu', threshold: HALF }).expect(400);
    await maker.put(path(), { rule: 'container_cpu' }).expect(400);
  });
});

describe('the rules', () => {
  it('are all listed, with what is on and each number', async () => {
    const { items } = AlertRuleList.parse((await owner.get('settings/alert-rules').expect(200)).body);
    expect(items.find(({ rule }) => rule === 'host_disk')).toEqual({
      rule: 'host_disk',
      severity: 'critical',
      on: true,
      threshold: { percent: 90, durationMs: 5 * MINUTE },
      amount: null,
    });
    expect(items.find(({ rule }) => rule === 'container_oom')).toMatchObject({ on: true, threshold: null });
    expect(items.filter(({ on }) => !on).map(({ rule }) => rule)).toEqual([
      'container_cpu',
      'container_memory',
      'container_disk',
    ]);
  });

  it('are for staff alone, and stand in the audit trail', async () => {
    await maker.get('settings/alert-rules').expect(403);
    await put({ rule: 'container_oom', on: false }, maker).expect(403);
    await put({ rule: 'container_oom', on: false }).expect(200);
    const { body } = await owner.get('audit?action=alerts.rule').expect(200);
    expect(body.items[0].details).toMatchObject({ rule: 'container_oom', on: { from: true, to: false } });
  });

  it('hold only numbers that make sense, and only where there is one to hold', async () => {
    const odd = [
      { percent: 0, durationMs: MINUTE },
      { percent: 101, durationMs: MINUTE },
      { percent: 50, durationMs: 0 },
      { percent: 50.5, durationMs: MINUTE },
    ];
    for (const threshold of odd) await put({ rule: 'host_cpu', on: true, threshold }).expect(400);
    const { status, body } = await put({ rule: 'container_oom', on: true, threshold: HALF });
    expect({ status, path: body.params.issues[0].path }).toEqual({ status: 400, path: 'threshold' });
  });

  it('end what they told when they are turned off, tell nothing then, and look again when they are on', async () => {
    clock.advance(1000);
    fakeEngine(core).get(web.engineId).exit(3);
    await opened('container_stopped');
    await put({ rule: 'container_stopped', on: false }).expect(200);
    await closed();
    expect(await alertsOf(maker, '?state=closed')).toMatchObject([{ end: 'off' }]);
    await core.close();
    await start();
    [owner, maker] = [new Asking(core, owner.who), new Asking(core, maker.who)];
    expect(await rulesOf(maker)).toEqual([]);
    await put({ rule: 'container_stopped', on: true }).expect(200);
    await opened('container_stopped');
  });
});
