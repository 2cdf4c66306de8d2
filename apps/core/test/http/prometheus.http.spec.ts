import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { Events } from '../../src/kernel/events.js';
import { Database } from '../../src/kernel/database/database.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { LiveClient } from '../live-client.js';
import { monitoringToken, samples, scrape } from '../prometheus.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

describe('metrics for Prometheus', () => {
  let core: TestApp;
  beforeEach(async () => {
    core = await startApp();
  });
  afterEach(() => core.close());

  it.each(['', 'Bearer ', `Bearer ${'x'.repeat(43)}`, 'Basic eDp5'])(
    'refuses "%s" and says what to send',
    async (sent) => {
      const { body } = await request(core.url).get('/metrics').set('Authorization', sent).expect(401);
      expect(body).toMatchObject({ code: 'unauthenticated', hint: expect.stringContaining('observability-token') });
    },
  );

  it('refuses the session of an owner, and takes the token of monitoring nowhere else', async () => {
    const { headers } = await signIn(core, { platformRole: 'owner' });
    await request(core.url).get('/metrics').set(headers).expect(401);
    const token = monitoringToken(core);
    await request(core.url).get('/api/v1/core-log').set('Authorization', `Bearer ${token}`).expect(401);
    await request(core.url).get('/api/v1/metrics').set('Authorization', `Bearer ${token}`).expect(404);
  });

  it('tells of environments and containers by their state', async () => {
    await seenOnEngine(core, { name: 'web' });
    await until(async () =>
      samples(await scrape(core), 'bailiwick_containers').some((line) => line.includes('"running"')),
    );
    fakeEngine(core).goOffline();
    await until(async () =>
      samples(await scrape(core), 'bailiwick_environment_state').some((line) => /state="offline"} 1$/.test(line)),
    );
    expect(samples(await scrape(core), 'bailiwick_environment_state')).toHaveLength(3);
  });

  it('tells what each container that runs uses, by its id and name, until it is gone', async () => {
    const seen = await seenOnEngine(core, { name: 'web' });
    const memory = async () => samples(await scrape(core), 'bailiwick_container_memory_bytes');
    await until(async () => {
      await core.app.get(UsageSamplerService).sample(true);
      return (await memory()).length > 0;
    });
    const labels = `environment="${seen.environmentId}",container="${seen.id}",name="web"`;
    expect(await memory()).toEqual([expect.stringContaining(`{${labels}} `)]);
    fakeEngine(core).get(seen.engineId).exit(0);
    await until(async () => {
      await core.app.get(UsageSamplerService).sample(true);
      return (await memory()).length === 0;
    });
  });

  it('measures requests by their declared route, and never by what was asked for', async () => {
    await scrape(core);
    const { headers } = await signIn(core);
    await request(core.url).get('/api/v1/containers/ct_aaaaaaaaaaaaaaaa?q=hushed').set(headers).expect(404);
    await request(core.url).get('/hushed/%2e%2e/hushed').expect(404);
    const list = await request(core.url).get('/api/v1/containers').set(headers).expect(200);
    await request(core.url).get('/api/v1/containers').set(headers).set('If-None-Match', list.headers['etag'] ?? '').expect(304); // prettier-ignore
    await until(async () => (await scrape(core)).includes('status="304"'));
    const text = await scrape(core);
    const counts = samples(text, 'bailiwick_http_request_duration_seconds_count');
    for (const labels of [
      'method="GET",route="/api/v1/containers/:id",status="404"',
      'method="GET",route="none",status="404"',
      'method="GET",route="/api/v1/containers",status="200"',
      'method="GET",route="/api/v1/containers",status="304"',
    ])
      expect(counts).toContain(`bailiwick_http_request_duration_seconds_count{${labels}} 1`);
    expect(text).not.toContain('hushed');
    expect(text).not.toContain('ct_');
  });

  it('counts operations that are over, with how long they took', async () => {
    await scrape(core);
    core.app.get(Events).publish('operation.finished', {
      id: newId('op'),
      name: 'containers.restart',
      outcome: 'failed',
      startedAtMs: 1000,
      finishedAtMs: 4000,
      seconds: 3,
      steps: [],
    });
    const text = await scrape(core);
    const labels = 'operation="containers.restart",outcome="failed"';
    expect(text).toContain(`bailiwick_operations_finished_total{${labels}} 1`);
    expect(text).toContain(`bailiwick_operation_duration_seconds_sum{${labels}} 3`);
    expect(samples(text, 'bailiwick_operations_under_way').sort()).toEqual([
      'bailiwick_operations_under_way{state="cancelling"} 0',
      'bailiwick_operations_under_way{state="queued"} 0',
      'bailiwick_operations_under_way{state="running"} 0',
    ]);
  });

  it('counts live connections while they are open', async () => {
    expect(await scrape(core)).toContain('\nbailiwick_live_sockets 0\n');
    const client = await LiveClient.connect(core, await signIn(core));
    expect(await scrape(core)).toContain('\nbailiwick_live_sockets 1\n');
    client.close();
    await until(async () => (await scrape(core)).includes('\nbailiwick_live_sockets 0\n'));
  });

  it('tells the size of the database, and goes on without it', async () => {
    const [size = ''] = samples(await scrape(core), 'bailiwick_database_size_bytes');
    expect(Number(size.split(' ')[1])).toBeGreaterThan(4096);
    if (core.app.get(Database).kind === 'sqlite') return;
    await core.app.get(DataSource).destroy();
    expect(await scrape(core)).toContain('\nbailiwick_database_up 0\n');
    await core.app.get(DataSource).initialize();
  });
});
