import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContainerHistory, ContainerUsageList, CurrentMetrics, HostHistory } from '@bailiwick/contract';
import request from 'supertest';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { LayerSizes } from '../../src/features/metrics/layer-sizes.service.js';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const MIB = 1024 * 1024;

const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-measured-'));
let clock: ManualClock;
let engine: FakeEngine;
let core: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let other: SignedInPerson;
let names = 0;

/** Of this test's own making: the core's own pace would read a clock that does not run. */
const sample = async (seconds: number, times = 1) => {
  for (let n = 0; n < times; n += 1) {
    clock.advance(seconds * 1000);
    await core.app.get(UsageSamplerService).sample(true);
  }
};
const get = (path: string, person = owner) => request(core.url).get(`/api/v1/${path}`).set(person.headers);
const aBusyOne = async (cpus = 0.5): Promise<SeenContainer> => {
  const seen = await ownedOnEngine(core, member.user, { name: `busy-${++names}`, memoryBytes: 64 * MIB });
  fakeEngine(core)
    .get(seen.engineId)
    .use.become({ cpus, memoryBytes: 30 * MIB });
  await sample(0);
  return seen;
};
const usageOf = async (id: string, person = owner) =>
  ContainerUsageList.parse((await get('metrics/containers', person).expect(200)).body).items.find(
    (one) => one.id === id,
  );

const start = async () => {
  core = await startApp({ clock, engine, storageDir, env: { BAILIWICK_SESSION_IDLE_MIN: '1440' } });
  await core.app.get(MirrorsService).ready();
  owner = await signIn(core);
  member = await signIn(core, { platformRole: 'member' });
  other = await signIn(core, { platformRole: 'member' });
};
beforeAll(async () => {
  clock = new ManualClock();
  engine = new FakeEngine(clock);
  await start();
});
afterAll(async () => {
  await core.close();
  rmSync(storageDir, { recursive: true, force: true });
});

describe('what a container uses', () => {
  it('is the growth of what its engine counts, by the time between', async () => {
    const { id } = await aBusyOne(1.5);
    expect(await usageOf(id)).toBeUndefined(); // one reading says nothing
    await sample(15);
    expect(await usageOf(id)).toMatchObject({
      cpus: expect.closeTo(1.5, 3),
      memoryBytes: 30 * MIB,
      memoryLimitBytes: 64 * MIB,
      sentBytesPerSecond: expect.closeTo(4096, 0),
    });
  });

  it('is nothing any more once it stopped, and begins anew when it starts', async () => {
    const { id, engineId } = await aBusyOne(2);
    await sample(15);
    fakeEngine(core).get(engineId).stop();
    await until(async () => {
      await sample(1);
      return (await usageOf(id)) === undefined;
    });
    await request(core.url)
      .post(`/api/v1/containers/${id}/start`)
      .set(owner.headers)
      .expect((answer) => answer.status < 300);
    await sample(1, 3);
    expect((await usageOf(id))?.cpus).toBeCloseTo(2, 3);
  });

  it('is told only to who may see it', async () => {
    const { id } = await aBusyOne();
    await sample(15);
    expect(await usageOf(id, member)).toBeDefined();
    expect(await usageOf(id, other)).toBeUndefined();
    expect((await get(`containers/${id}/metrics`, other)).status).toBe(404);
    expect((await get('metrics/current', member)).status).toBe(403);
    expect((await get(`environments/${localEnvironment(core)}/metrics`, member)).status).toBe(403);
  });
});

describe('the past', () => {
  it('is drawn in equal steps with least, mean and most, and gaps where nothing was measured', async () => {
    const { id, engineId } = await aBusyOne(0.5);
    await sample(10, 6);
    fakeEngine(core).get(engineId).use.become({ cpus: 1.5 });
    await sample(10, 6);
    const { stepMs, series, limits } = ContainerHistory.parse((await get(`containers/${id}/metrics?range=24h`)).body);
    expect({ stepMs, steps: series.cpus.avg.length, limits }).toEqual({ stepMs: 60_000, steps: 1440, limits: { memoryBytes: 64 * MIB } }); // prettier-ignore
    const [least, most] = [series.cpus.min, series.cpus.max].map((all) => all.filter((value) => value !== null));
    expect(Math.min(...(least ?? []))).toBeCloseTo(0.5, 2);
    expect(Math.max(...(most ?? []))).toBeCloseTo(1.5, 2);
    expect(series.cpus.avg.slice(0, 1400).every((value) => value === null)).toBe(true);
  });

  it.each([
    ['5m', 1000, 300],
    ['1h', 10_000, 360],
    ['7d', 600_000, 1008],
    ['30d', 600_000, 4320],
  ])('of %s has steps of %d ms, %d of them', async (range, stepMs, steps) => {
    const { id } = await aBusyOne();
    await sample(15, 4);
    const history = ContainerHistory.parse((await get(`containers/${id}/metrics?range=${range}`).expect(200)).body);
    expect([history.stepMs, history.series.memoryBytes.avg.length]).toEqual([stepMs, steps]);
    expect(history.series.memoryBytes.avg.some((value) => value === 30 * MIB)).toBe(true);
  });

  it('knows what its own files take, asked for seldom and one after the other', async () => {
    const { id, engineId } = await aBusyOne();
    fakeEngine(core)
      .get(engineId)
      .use.become({ layerBytes: 7 * MIB });
    await sample(15);
    expect((await usageOf(id))?.diskBytes).toBeNull();
    const layers = core.app.get(LayerSizes);
    await layers.round();
    await sample(15, 2);
    expect((await usageOf(id))?.diskBytes).toBe(7 * MIB);
    const { series } = ContainerHistory.parse((await get(`containers/${id}/metrics?range=1h`).expect(200)).body);
    expect(series.diskBytes.max.filter((value) => value !== null).every((value) => value === 7 * MIB)).toBe(true);
    // What was measured too long ago is not said any more.
    await sample(31 * 60);
    await sample(15, 2);
    expect((await usageOf(id))?.diskBytes).toBeNull();
    fakeEngine(core).goOffline();
    await layers.round();
    fakeEngine(core).goOnline();
    await until(async () => core.app.get(MirrorsService).status(localEnvironment(core)).state === 'online');
  });

  it('knows how often it started again, also where it never ran long enough to be measured', async () => {
    const { id, engineId } = await aBusyOne();
    await sample(15, 2);
    const fake = fakeEngine(core).get(engineId);
    const restartsIn = async (range: string) => {
      const { series } = ContainerHistory.parse(
        (await get(`containers/${id}/metrics?range=${range}`).expect(200)).body,
      );
      return series.restarts.avg.reduce<number>((all, value) => all + (value ?? 0), 0);
    };
    expect(await restartsIn('1h')).toBe(0);
    for (let n = 1; n <= 3; n += 1) {
      fake.exit(1);
      fake.start();
      await until(async () => (await restartsIn('1h')) === n);
    }
    await sample(15, 4);
    for (const range of ['5m', '1h', '24h', '30d']) expect(await restartsIn(range)).toBe(3);
  });

  it('of another length is refused, and says which there are', async () => {
    const { id } = await aBusyOne();
    const { status, body } = await get(`containers/${id}/metrics?range=2h`);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_request' });
    expect(body.params.issues[0].path).toBe('range');
  });

  it('outlives the core', async () => {
    const { id } = await aBusyOne(0.75);
    await sample(15, 8);
    await core.close();
    await start();
    const { series } = ContainerHistory.parse((await get(`containers/${id}/metrics?range=1h`).expect(200)).body);
    const kept = series.cpus.avg.filter((value) => value !== null);
    expect(kept.length).toBeGreaterThanOrEqual(11);
    for (const value of kept) expect(value).toBeCloseTo(0.75, 2);
  });
});

describe('the host', () => {
  it('is told to staff, with its disks and how near its end its memory is', async () => {
    // Its counters are those of this machine: two readings with real time between.
    await core.app.get(UsageSamplerService).sample(true);
    await until(async () => {
      await core.app.get(UsageSamplerService).sample(true);
      const { items } = CurrentMetrics.parse((await get('metrics/current').expect(200)).body);
      return items.length === 1;
    });
    const [host] = CurrentMetrics.parse((await get('metrics/current').expect(200)).body).items;
    expect(host).toMatchObject({ id: localEnvironment(core), coreStatus: 'ok' });
    const taken = ((host?.memoryBytes ?? 0) / (host?.totalMemoryBytes ?? 1)) * 100;
    expect(host?.health).toBe(taken < 55 ? 'optimal' : taken < 75 ? 'stable' : taken < 90 ? 'elevated' : 'critical');
    HostHistory.parse((await get(`environments/${localEnvironment(core)}/metrics`).expect(200)).body);
  });
});

describe('who looks at one container', () => {
  it('is told of it every time it is measured, until it stops', async () => {
    const { id, engineId } = await aBusyOne(1);
    await sample(1);
    const client = await LiveClient.connect(core, member);
    const joined = await client.join(`usage:${id}`);
    expect(joined.snapshot).toMatchObject([{ id, cpus: expect.closeTo(1, 3) }]);
    fakeEngine(core).get(engineId).use.become({ cpus: 2 });
    clock.advance(1000);
    await core.app.get(UsageSamplerService).sample(false); // only what is looked at
    await until(() => client.changes.some(({ item }) => Math.abs(Number(item?.['cpus']) - 2) < 0.01));
    fakeEngine(core).get(engineId).stop();
    await until(async () => {
      await sample(1);
      return client.changes.at(-1)?.type === 'remove';
    });
    client.socket.close();
  });

  it('is not somebody to whom it does not belong', async () => {
    const { id } = await aBusyOne();
    await sample(1);
    const client = await LiveClient.connect(core, other);
    expect(await client.ask({ topic: `usage:${id}` })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await client.join('usage');
    await sample(1, 3);
    expect(client.changes).toEqual([]);
    client.socket.close();
  });
});
