import { afterEach, describe, expect, it, jest } from '@jest/globals';
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

  it('is ready while an engine is offline, and says so', async () => {
    await start();
    await until(async () => (await ask()).status === 'ok');
    await request(test.url).get('/readyz').expect(200, { database: 'ok', engines: 'ok' });
    fakeEngine(test).goOffline();
    await until(async () => (await ask()).status === 'degraded');
    await request(test.url).get('/readyz').expect(200, { database: 'ok', engines: 'degraded' });
    await request(test.url).get('/api/v1/readyz').expect(404);
  });

  it('is degraded while an engine is offline, and well again after', async () => {
    await start();
    await until(async () => (await ask()).status === 'ok');
    fakeEngine(test).goOffline();
    await until(async () => (await ask()).status === 'degraded');
    fakeEngine(test).goOnline();
    await until(async () => (await ask()).status === 'ok');
  });

  it('answers also while the database says nothing at all', async () => {
    await start();
    await until(async () => (await ask()).status === 'ok');
    const database = jest.spyOn(test.app.get(Database), 'transaction').mockReturnValue(new Promise(() => undefined));
    expect((await ask()).status).toBe('degraded');
    await request(test.url).get('/readyz').expect(503);
    database.mockRestore();
    expect((await ask()).status).toBe('ok');
  });

  it('is degraded while the database takes no writes', async () => {
    await start();
    await until(async () => (await ask()).status === 'ok');
    const { kind } = test.app.get(Database);
    const source = test.app.get(DataSource);
    await source.query(kind === 'sqlite' ? 'PRAGMA query_only = ON' : 'ALTER TABLE "tenants" RENAME TO "tenants_away"');
    expect((await ask()).status).toBe('degraded');
    const { body } = await request(test.url).get('/readyz').expect(503);
    expect(body).toMatchObject({ code: 'storage_unavailable', hint: expect.any(String) });
    await source.query(
      kind === 'sqlite' ? 'PRAGMA query_only = OFF' : 'ALTER TABLE "tenants_away" RENAME TO "tenants"',
    );
    expect((await ask()).status).toBe('ok');
    await request(test.url).get('/readyz').expect(200);
  });
});
