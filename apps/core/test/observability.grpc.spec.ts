import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials, loadPackageDefinition, Metadata, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Health__Output as Health } from '../src/generated/bailiwick/observability/v1/Health.js';
import type { ObservabilityClient } from '../src/generated/bailiwick/observability/v1/Observability.js';
import type { ProtoGrpcType } from '../src/generated/observability.js';
import { ObservabilityServer } from '../src/features/observability/observability.server.js';
import { startApp, type TestApp } from './app.js';

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
    const address = `127.0.0.1:${core.app.get(ObservabilityServer).port}`;
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
      expect(Object.keys(service)).toEqual(['GetHealth', 'WatchHealth']);
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
