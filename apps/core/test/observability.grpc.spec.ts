import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials, loadPackageDefinition, Metadata, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Health__Output as Health } from '../src/generated/bailiwick/observability/v1/Health.js';
import type { CurrentMetrics__Output as CurrentMetrics } from '../src/generated/bailiwick/observability/v1/CurrentMetrics.js';
import type { LogHistory__Output as LogHistory } from '../src/generated/bailiwick/observability/v1/LogHistory.js';
import type { ObservabilityClient } from '../src/generated/bailiwick/observability/v1/Observability.js';
import type { ProtoGrpcType } from '../src/generated/observability.js';
import { LoopbackGrpc } from '../src/kernel/grpc/loopback-grpc.js';
import { UsageSamplerService } from '../src/features/metrics/usage-sampler.service.js';
import { MirrorsService } from '../src/foundation/environments/mirrors.service.js';
import { startApp, type TestApp } from './app.js';
import { localEnvironment } from './fake-engine.js';
import { samples, scrape } from './prometheus.js';
import { until } from './until.js';

describe('the observability service', () => {
  let core: TestApp;
  let client: ObservabilityClient;
  let tokenFile: string;
  let methods: ProtoGrpcType['bailiwick']['observability']['v1']['Observability'];

  beforeAll(async () => {
    core = await startApp();
    tokenFile = path.join(core.config.storageDir, 'keys', 'observability-token');
    const definition = loadSync('bailiwick/observability/v1/observability.proto', {
      includeDirs: [path.join(core.config.rootDir, 'proto')],
      longs: Number,
    });
    const { bailiwick } = loadPackageDefinition(definition) as unknown as ProtoGrpcType;
    methods = bailiwick.observability.v1.Observability;
    const address = `127.0.0.1:${core.app.get(LoopbackGrpc).port}`;
    client = new bailiwick.observability.v1.Observability(address, credentials.createInsecure());
  });
  afterAll(async () => {
    client.close();
    await core.close();
  });

  const bearer = (token: string): Metadata => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    return metadata;
  };
  const ask = (metadata: Metadata) =>
    new Promise<Health>((resolve, reject) => {
      client.GetHealth({}, metadata, (error, health) =>
        error || !health ? reject(error ?? new Error('empty')) : resolve(health),
      );
    });

  it('tells who holds the token how every environment is', async () => {
    const health = await ask(bearer(readFileSync(tokenFile, 'utf8').trim()));
    expect(['ok', 'degraded']).toContain(health.status);
    expect((health.environments ?? []).map(({ state }) => state)).toHaveLength(1);
  });

  const withToken = () => bearer(readFileSync(tokenFile, 'utf8').trim());
  const history = (limit: number, metadata = withToken()) =>
    new Promise<LogHistory>((resolve, reject) => {
      client.GetLogHistory({ limit }, metadata, (error, found) =>
        error || !found ? reject(error ?? new Error('empty')) : resolve(found),
      );
    });

  it('tells the newest of the core’s own log, oldest first, and no more than it keeps', async () => {
    const log = core.log.for('counter');
    for (let at = 1; at <= 600; at += 1) log.info(`entry ${at}`);
    const told = async (limit: number) => ((await history(limit)).entries ?? []).map(({ message }) => message);
    expect(await told(3)).toEqual(['entry 598', 'entry 599', 'entry 600']);
    expect(await told(0)).toHaveLength(200);
    expect(await told(500)).toHaveLength(500);
    const { entries = [] } = await history(1);
    expect(entries[0]).toMatchObject({ level: 'info', logger: 'counter', timestampMs: expect.any(Number) });
  });

  it.each([-1, 501])('refuses to tell %i entries', async (limit) => {
    await expect(history(limit)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('tells what hosts use', async () => {
    const sampler = core.app.get(UsageSamplerService);
    await core.app.get(MirrorsService).ready();
    await sampler.sample(true);
    await until(async () => {
      await sampler.sample(true);
      return sampler.latestOfHost(localEnvironment(core));
    });
    const metrics = await new Promise<CurrentMetrics>((resolve, reject) => {
      client.GetCurrentMetrics({}, withToken(), (error, found) =>
        error || !found ? reject(error ?? new Error('empty')) : resolve(found),
      );
    });
    const [host] = metrics.hosts ?? [];
    expect(host).toMatchObject({ id: localEnvironment(core), coreStatus: 'ok', totalMemoryBytes: expect.any(Number) });
    expect(host?.totalMemoryBytes).toBeGreaterThan(0);
    const text = await scrape(core);
    expect(samples(text, 'bailiwick_host_memory_bytes')).toHaveLength(1);
  });

  it('refuses a wrong and a missing token', async () => {
    await expect(ask(bearer('x'.repeat(43)))).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
    await expect(ask(new Metadata())).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
  });

  it.each(['', 'Bearer ', `Bearer ${'x'.repeat(43)}`, 'Bearer bw_pat_none', 'bailiwick_session=none'])(
    'answers nobody by any method there is, who comes with "%s"',
    async (authorization) => {
      const { service } = methods;
      for (const { path: method, requestSerialize, responseDeserialize } of Object.values(service)) {
        const metadata = new Metadata();
        if (authorization !== '') metadata.set('authorization', authorization);
        const stream = client.makeServerStreamRequest(method, requestSerialize, responseDeserialize, {}, metadata);
        const answers: unknown[] = [];
        stream.on('data', (answer: unknown) => answers.push(answer));
        const error = await new Promise((resolve) => stream.once('error', resolve));
        expect({ method, error, answers }).toMatchObject({
          method,
          error: { code: status.UNAUTHENTICATED },
          answers: [],
        });
      }
      expect(Object.keys(service)).toEqual(['GetHealth', 'WatchHealth', 'GetCurrentMetrics', 'GetLogHistory']);
    },
  );

  it('keeps its token from everybody but the owner of the file', () => {
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
  });

  it('sends the state at once when watched', async () => {
    const stream = client.WatchHealth({}, bearer(readFileSync(tokenFile, 'utf8').trim()));
    const first = await new Promise<Health>((resolve, reject) => {
      stream.once('data', resolve);
      stream.once('error', reject);
    });
    expect(first.startedAtMs).toBeGreaterThan(0);
    stream.on('error', () => undefined); // our own cancel
    stream.cancel();
  });

  it('ends a watch without the token', async () => {
    const stream = client.WatchHealth({}, new Metadata());
    stream.on('data', () => undefined);
    const error = await new Promise((resolve) => stream.once('error', resolve));
    expect(error).toMatchObject({ code: status.UNAUTHENTICATED });
  });
});
