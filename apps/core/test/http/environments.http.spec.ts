import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EngineTest, Environment, EnvironmentList } from '@bailiwick/contract';
import request from 'supertest';
import { EnvironmentsService } from '../../src/foundation/environments/environments.service.js';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment, seenOnEngine } from '../fake-engine.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

describe('environments', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await startApp();
  });
  afterEach(() => test.close());

  const state = () => test.app.get(EnvironmentsService).state(localEnvironment(test)).state;

  it('list the local engine with what it runs', async () => {
    await seenOnEngine(test, { name: 'web' });
    await seenOnEngine(test, { name: 'idle' }, { started: false });
    const { headers } = await signIn(test);
    const { body } = await request(test.url).get('/api/v1/environments').set(headers).expect(200);
    const [local] = EnvironmentList.parse(body).items;
    expect(local).toMatchObject({
      slug: 'demo',
      state: 'online',
      address: 'fake',
      containers: { total: 2, running: 1 },
    });
    expect(local?.info?.version).toBe('28.5.2');
  });

  it('are not sent again while nothing changed', async () => {
    await seenOnEngine(test, { name: 'web' });
    const { headers } = await signIn(test);
    const first = await request(test.url).get('/api/v1/environments').set(headers).expect(200);
    const again = { ...headers, 'if-none-match': first.headers['etag'] ?? '' };
    await request(test.url).get('/api/v1/environments').set(again).expect(304);
    await seenOnEngine(test, { name: 'another' });
    await request(test.url).get('/api/v1/environments').set(again).expect(200);
  });

  it('that were not asked since a start say so of a container, and call it gone only when they do', async () => {
    const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    const engine = new FakeEngine(new SystemClock());
    const first = await startApp({ storageDir, engine });
    const [stays, goes] = [await seenOnEngine(first, { name: 'stays' }), await seenOnEngine(first, { name: 'goes' })];
    await first.close();
    await engine.remove(goes.engineId, { force: true });
    engine.goOffline();
    const second = await startApp({ storageDir, engine });
    const [owner, member] = [await signIn(second), await signIn(second, { platformRole: 'member' })];
    const ask = (who: SignedInPerson, { id }: SeenContainer, what = '') =>
      request(second.url).get(`/api/v1/containers/${id}${what}`).set(who.headers);
    for (const container of [stays, goes])
      for (const what of ['', '/logs', '/logs/download'])
        expect((await ask(owner, container, what).expect(503)).body.code).toBe('engine_unavailable');
    // What is not theirs does not exist for them, whatever the engine would say.
    await ask(member, stays).expect(404);
    engine.goOnline();
    await until(async () => (await ask(owner, stays)).status === 200);
    await until(async () => (await ask(owner, goes)).status === 404);
    await second.close();
    rmSync(storageDir, { recursive: true, force: true });
  }, 20_000);

  it('tell a member neither the address nor what strangers run', async () => {
    await seenOnEngine(test, { name: 'web' });
    const { headers } = await signIn(test, { platformRole: 'member' });
    const path = `/api/v1/environments/${localEnvironment(test)}`;
    const { body } = await request(test.url).get(path).set(headers).expect(200);
    expect(Environment.parse(body)).toMatchObject({ address: null, containers: { total: 0, running: 0 } });
  });

  it('say since when and why an engine is away, and keep what was last known', async () => {
    await seenOnEngine(test, { name: 'web' });
    fakeEngine(test).goOffline();
    await until(() => state() === 'offline');
    const { headers } = await signIn(test);
    const { body } = await request(test.url).get('/api/v1/environments').set(headers).expect(200);
    const [local] = EnvironmentList.parse(body).items;
    expect(local).toMatchObject({ state: 'offline', reason: { code: 'engine_down' }, containers: { total: 1 } });
    expect(Date.parse(local?.since ?? '')).toBeGreaterThanOrEqual(Date.parse(local?.syncedAt ?? ''));
  });

  it('do not exist under an unknown id', async () => {
    const { headers } = await signIn(test);
    await request(test.url).get('/api/v1/environments/env_aaaaaaaaaaaaaaaa').set(headers).expect(404);
    await request(test.url).get('/api/v1/environments/anything').set(headers).expect(400);
  });

  describe('can be tested', () => {
    const path = () => `/api/v1/environments/${localEnvironment(test)}/test`;

    it('with a line for everything that was looked at', async () => {
      const { headers } = await signIn(test, { platformRole: 'administrator' });
      const { body } = await request(test.url).post(path()).set(headers).expect(200);
      const { ok, lines } = EngineTest.parse(body);
      expect(ok).toBe(true);
      expect(lines.map(({ check }) => check)).toEqual([
        'reachable',
        'version',
        'permission',
        'storage',
        'cgroup',
        'memoryLimit',
      ]);
    });

    it('while they are away, and then say what to do', async () => {
      fakeEngine(test).goOffline();
      const { headers } = await signIn(test);
      const { body } = await request(test.url).post(path()).set(headers).expect(200);
      const { ok, lines } = EngineTest.parse(body);
      expect(ok).toBe(false);
      expect(lines).toMatchObject([{ check: 'reachable', outcome: 'failed' }]);
      expect(lines[0]?.hint).toMatch(/Start the engine/);
    });

    it('by staff only', async () => {
      const { headers } = await signIn(test, { platformRole: 'member' });
      const { body } = await request(test.url).post(path()).set(headers).expect(403);
      expect(body.params.missing).toEqual(['environments.test']);
    });
  });
});
