import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { Events } from '../../src/kernel/events.js';
import { newId } from '../../src/kernel/ids.js';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { OtlpReceiver } from '../otlp-receiver.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const MIB = 1024 * 1024;
const CUMULATIVE = 2;
const ERROR = 2;
const SERVER = 2;
const AN_OPERATION = { name: 'containers.restart', startedAtMs: 1_000, finishedAtMs: 4_000, seconds: 3 } as const;
const STEPS = [
  { name: 'stop', state: 'done', attempts: 1, startedAt: 1_000, finishedAt: 2_000 },
  { name: 'start', state: 'failed', attempts: 3, startedAt: 2_000, finishedAt: 3_500 },
  { name: 'wait', state: 'skipped', attempts: 0, startedAt: null, finishedAt: null },
] as const;

describe('traces and metrics by OTLP', () => {
  let receiver: OtlpReceiver;
  let core: TestApp | undefined;
  beforeEach(async () => {
    receiver = await OtlpReceiver.start();
  });
  afterEach(async () => {
    await core?.close();
    core = undefined;
    await receiver.stop();
  });

  const start = async (env: Record<string, string> = {}): Promise<TestApp> => {
    const own = { BAILIWICK_OTLP_URL: `http://127.0.0.1:${receiver.port}/`, BAILIWICK_OTLP_EVERY_MS: '100' };
    core = await startApp({ env: { ...own, ...env } });
    return core;
  };

  it('sends a request by its declared route, and nothing that was asked for or shown', async () => {
    const started = await start();
    const { url } = started;
    const { headers } = await signIn(started, { platformRole: 'owner' });
    const asked = '/api/v1/containers/ct_aaaaaaaaaaaaaaaa?q=hushed-query';
    await request(url).get(asked).set(headers).set('X-Hushed', 'hushed-header').expect(404);
    await until(() => receiver.spans.some(({ name }) => name === 'GET /api/v1/containers/:id'));
    const span = receiver.spans.find(({ name }) => name === 'GET /api/v1/containers/:id');
    expect(span).toMatchObject({
      kind: SERVER,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/containers/:id',
        'http.response.status_code': 404,
      },
    });
    expect(Object.keys(span?.attributes ?? {})).toHaveLength(3);
    expect(receiver.services).toContain('bailiwick-core');
    const everything = receiver.received.map(({ text }) => text).join('\n');
    for (const hushed of ['hushed', 'ct_aaaaaaaaaaaaaaaa', ...Object.values(headers)])
      expect(everything).not.toContain(hushed);
  });

  it('sends an operation with its steps below it', async () => {
    const { app } = await start();
    app
      .get(Events)
      .publish('operation.finished', { ...AN_OPERATION, id: newId('op'), outcome: 'failed', steps: STEPS });
    await until(() => receiver.spans.some(({ name }) => name === 'containers.restart'));
    const above = receiver.spans.find(({ name }) => name === 'containers.restart');
    const below = receiver.spans.filter(({ parentSpanId }) => parentSpanId === above?.spanId);
    expect(below.map(({ name, status }) => [name, status.code === ERROR])).toEqual([
      ['stop', false],
      ['start', true],
    ]);
    expect(new Set([above, ...below].map((span) => span?.traceId)).size).toBe(1);
    expect(above).toMatchObject({ status: { code: ERROR }, startTimeUnixNano: 1_000_000_000n, endTimeUnixNano: 4_000_000_000n }); // prettier-ignore
  });

  it('sends metrics, and leaves out what only watches', async () => {
    const { url, app } = await start();
    await request(url).get('/healthz').expect(200);
    app.get(Events).publish('operation.finished', { ...AN_OPERATION, id: newId('op'), outcome: 'done', steps: [] });
    const wanted = ['bailiwick.environments', 'bailiwick.operations.under_way', 'bailiwick.live_sockets', 'bailiwick.operation.duration', 'http.server.request.duration']; // prettier-ignore
    await until(() => wanted.every((name) => receiver.metrics.includes(name)));
    await until(() => receiver.spans.length > 0);
    expect(receiver.spans.map(({ name }) => name)).not.toContain('GET /healthz');
  });

  it('sends what each container uses by the names OpenTelemetry has for it, and nothing of one that is gone', async () => {
    const started = await start();
    const { user } = await signIn(started, { platformRole: 'member' });
    const seen = await ownedOnEngine(started, user, { name: 'measured', memoryBytes: 64 * MIB });
    const fake = fakeEngine(started).get(seen.engineId);
    fake.use.become({ cpus: 1.5, memoryBytes: 30 * MIB });
    const sampler = started.app.get(UsageSamplerService);
    const named = (name: string) => receiver.containers.find((metric) => metric.name === name);
    await until(async () => {
      await sampler.sample(true);
      return named('container.cpu.usage') !== undefined;
    });
    const about = {
      'container.id': seen.engineId,
      'container.name': 'measured',
      'bailiwick.container.id': seen.id,
      'bailiwick.environment.id': localEnvironment(started),
      'bailiwick.tenant.id': user.tenantId,
    };
    const [cpu, memory, disk, network] = ['cpu.usage', 'memory.usage', 'disk.io', 'network.io'].map((name) => named(`container.${name}`)); // prettier-ignore
    expect(cpu).toMatchObject({ unit: '{cpu}', gauge: { dataPoints: [{ attributes: about }] } });
    expect(cpu?.gauge?.dataPoints[0]?.asDouble).toBeGreaterThan(0.5);
    const level = memory?.sum;
    expect(memory).toMatchObject({ unit: 'By', sum: { dataPoints: [{ attributes: about, asDouble: 30 * MIB }] } });
    expect(level?.isMonotonic ?? false).toBe(false);
    const directions = [
      [disk, 'disk.io.direction', ['read', 'write']],
      [network, 'network.io.direction', ['receive', 'transmit']],
    ] as const;
    for (const [metric, name, both] of directions) {
      expect(metric).toMatchObject({ unit: 'By', sum: { isMonotonic: true, aggregationTemporality: CUMULATIVE } });
      expect(metric?.sum?.dataPoints.map(({ attributes }) => attributes)).toEqual(both.map((one) => ({ ...about, [name]: one }))); // prettier-ignore
      for (const point of metric?.sum?.dataPoints ?? [])
        expect(point.startTimeUnixNano).toBeLessThanOrEqual(point.timeUnixNano);
    }
    fake.stop();
    await until(async () => {
      await sampler.sample(true);
      return receiver.metrics.length > 0 && receiver.containers.length === 0;
    });
  });

  it('shows the receiver what it wants to see, and nobody else', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    const file = path.join(folder, 'headers');
    writeFileSync(file, 'X-Api-Key: hushed-key\n');
    chmodSync(file, 0o400);
    try {
      const { url, log } = await start({ BAILIWICK_OTLP_HEADERS_FILE: file });
      await request(url).get('/api/v1/setup').expect(200);
      await until(() => receiver.spans.length > 0);
      expect(receiver.received.every(({ headers }) => headers['x-api-key'] === 'hushed-key')).toBe(true);
      expect(JSON.stringify(log.history(500))).not.toContain('hushed-key');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('goes on while the receiver is away, says so once, and sends again when it is back', async () => {
    const { port } = receiver;
    const { url, log } = await start();
    await receiver.stop();
    const away = () => log.history(500).filter(({ logger, level }) => logger === 'telemetry' && level === 'warn');
    for (let count = 0; count < 20; count += 1) await request(url).get('/api/v1/setup').expect(200);
    await until(() => away().length > 0, { within: 20_000 });
    await request(url).get('/api/v1/setup').expect(200);
    expect(away()).toHaveLength(1);
    receiver = await OtlpReceiver.start(port);
    await request(url).get('/api/v1/setup').expect(200);
    await until(() => receiver.received.length > 0, { within: 20_000 });
  });

  it('lets the core answer and stop at once while the receiver takes everything and says nothing', async () => {
    const taken: Socket[] = [];
    const silent = createServer((socket) => taken.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { url } = await start({ BAILIWICK_OTLP_URL: `http://127.0.0.1:${port}` });
    const since = performance.now();
    for (let count = 0; count < 50; count += 1) await request(url).get('/api/v1/setup').expect(200);
    await core?.close();
    core = undefined;
    expect(performance.now() - since).toBeLessThan(10_000);
    for (const socket of taken) socket.destroy();
    silent.close();
  });

  it('sends nothing unless it is told where', async () => {
    core = await startApp();
    await request(core.url).get('/api/v1/setup').expect(200);
    expect(core.log.history(500).filter(({ logger }) => logger === 'telemetry')).toEqual([]);
    expect(receiver.received).toEqual([]);
  });
});
