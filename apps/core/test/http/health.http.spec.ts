import { afterEach, describe, expect, it } from '@jest/globals';
import { Health } from '@bailiwick/contract';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { Database } from '../../src/kernel/database/database.js';
import { fakeEngine } from '../fake-engine.js';
import { until } from '../until.js';

describe('health', () => {
  let test: TestApp;
  let clock: ManualClock;
  afterEach(() => test.close());

  const start = async () => {
    clock = new ManualClock();
    test = await startApp({ clock });
  };
  const ask = async () => {
    clock.advance(1000);
    const { body } = await request(test.url).get('/healthz').expect(200);
    return Health.parse(body);
  };

  it('says since when which version runs, to everybody and outside the prefix', async () => {
    await start();
    await until(async () => (await ask()).status === 'ok');
    expect(await ask()).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      startedAt: '2026-01-01T00:00:00.000Z',
    });
    await request(test.url).get('/api/v1/healthz').expect(404);
  });

  it('is degraded while an engine is offline, and well again after', async () => {
    await start();
    await until(async () => (await ask()).status === 'ok');
    fakeEngine(test).goOffline();
    await until(async () => (await ask()).status === 'degraded');
    fakeEngine(test).goOnline();
    await until(async () => (await ask()).status === 'ok');
  });

  it('is degraded while the database takes no writes', async () => {
    await start();
    await until(async () => (await ask()).status === 'ok');
    const { kind } = test.app.get(Database);
    const source = test.app.get(DataSource);
    await source.query(kind === 'sqlite' ? 'PRAGMA query_only = ON' : 'ALTER TABLE "tenants" RENAME TO "tenants_away"');
    expect((await ask()).status).toBe('degraded');
    await source.query(
      kind === 'sqlite' ? 'PRAGMA query_only = OFF' : 'ALTER TABLE "tenants_away" RENAME TO "tenants"',
    );
    expect((await ask()).status).toBe('ok');
  });
});
