import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Docker from 'dockerode';
import type { ContainerUsage } from '@bailiwick/contract';
import { DockerEngine } from '../../src/foundation/environments/docker.engine.js';
import { toEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { DockerStats } from '../../src/foundation/environments/docker-stats.js';
import { DockerCalls } from '../../src/foundation/environments/docker-calls.js';
import { toStatsUsage } from '../../src/foundation/environments/docker-stats.rules.js';
import { usedBetween } from '../../src/features/metrics/usage.rules.js';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { LiveClient } from '../live-client.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const ENGINE = process.env['BAILIWICK_TEST_DOCKER'] ?? '/var/run/docker.sock';
const MINUTE = 60_000;
const MIB = 1024 * 1024;
const docker = new Docker({ socketPath: ENGINE });
const made: Docker.Container[] = [];
let engine: DockerEngine;

/** Half a processor at most, 64 MiB, and some of them filled. */
const aBusyOne = async (command: string): Promise<Docker.Container> => {
  const container = await docker.createContainer({
    name: `bailiwick-measured-${newId('ct').slice(3)}`,
    Image: 'busybox:local',
    Cmd: ['sh', '-c', command],
    HostConfig: { Memory: 64 * MIB, NanoCpus: 500_000_000 },
  });
  made.push(container);
  await container.start();
  return container;
};
// In its own memory, not in files: a kernel counts in lots of pages, which are much of a program that holds little.
const BUSY = "x=$(head -c 16m /dev/zero | tr '\\0' x); while :; do :; done";

beforeAll(() => {
  engine = new DockerEngine(() => toEngineAddress(ENGINE));
});
afterAll(async () => {
  engine.close();
  await Promise.all(made.map((container) => container.remove({ force: true, v: true })));
}, MINUTE);

describe('what a container uses, by the files of its kernel', () => {
  it(
    'is what its engine says, within five in a hundred',
    async () => {
      const container = await aBusyOne(BUSY);
      await engine.inspect(container.id);
      const read = () => engine.usage(container.id);
      await until(() => read() !== undefined);
      await until(() => (read()?.memoryBytes ?? 0) > 16 * MIB, { what: '16 MiB are held' });
      // Both are read at both ends of the same seconds; an engine takes two readings for one answer.
      const [before, toldBefore] = [read(), toStatsUsage(await container.stats({ stream: false }), null, 0)];
      const [after, toldAfter] = [read(), toStatsUsage(await container.stats({ stream: false }), null, 0)];
      if (!before || !after) throw new Error('It was not measured.');
      const used = usedBetween(before, after);
      expect(used?.values.cpus).toBeGreaterThan(0.5 * 0.9);
      expect(used?.values.cpus).toBeLessThan(0.5 * 1.1);
      const inBetween = (name: 'cpuMicros' | 'memoryBytes' | 'sentBytes' | 'processes') => {
        expect(after[name]).toBeGreaterThanOrEqual((toldBefore[name] ?? 0) * 0.95);
        expect(after[name]).toBeLessThanOrEqual((toldAfter[name] ?? 0) * 1.05);
      };
      for (const name of ['cpuMicros', 'memoryBytes', 'sentBytes', 'processes'] as const) inBetween(name);
      expect(after.memoryLimitBytes).toBe(64 * MIB);
    },
    MINUTE,
  );

  it(
    'is not known of one that does not run',
    async () => {
      const container = await aBusyOne('true');
      await container.wait();
      await engine.inspect(container.id);
      expect(engine.usage(container.id)).toBeUndefined();
    },
    MINUTE,
  );
});

it(
  'is also the files it wrote, beside its image',
  async () => {
    const container = await aBusyOne('head -c 3m /dev/zero > /written; sleep 60');
    const grown = async () => ((await engine.layerBytes(container.id)) ?? 0) >= 3 * MIB;
    await until(grown, { what: 'Three mebibytes were written', within: 20_000 });
    expect(await engine.layerBytes(container.id)).toBeLessThan(4 * MIB);
    await expect(engine.layerBytes('0'.repeat(64))).rejects.toMatchObject({ code: 'not_found' });
  },
  MINUTE,
);

describe('what an engine tells of one whose files are out of sight', () => {
  it(
    'is the same, from one stream that is let go of when it ends',
    async () => {
      const container = await aBusyOne(BUSY);
      await engine.inspect(container.id);
      const calls = new DockerCalls(() => toEngineAddress(ENGINE));
      const stats = new DockerStats(calls);
      await until(() => stats.read(container.id, null) !== undefined);
      const first = stats.read(container.id, null);
      await until(() => (stats.read(container.id, null)?.atMs ?? 0) > (first?.atMs ?? 0));
      const told = stats.read(container.id, null);
      const seen = engine.usage(container.id);
      if (!first || !told || !seen) throw new Error('It was not measured.');
      expect(usedBetween(first, told)?.values.cpus).toBeGreaterThan(0);
      // Half a processor for less than three seconds lies between the two.
      expect((seen.cpuMicros ?? 0) - (told.cpuMicros ?? 0)).toBeLessThan(1_500_000);
      expect(Math.abs((seen.processes ?? 0) - (told.processes ?? 0))).toBeLessThan(2);
      expect(told.memoryLimitBytes).toBe(seen.memoryLimitBytes);
      stats.close();
      calls.close();
    },
    MINUTE,
  );
});

describe('somebody who looks at a container', () => {
  let core: TestApp;
  beforeAll(async () => {
    core = await startApp({ env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DOCKER_HOST: ENGINE } });
    await core.app.get(MirrorsService).ready();
  }, MINUTE);
  afterAll(() => core.close(), MINUTE);

  it(
    'sees what it does within five seconds',
    async () => {
      const owner = await signIn(core);
      const quiet = await aBusyOne('while [ ! -e /go ]; do sleep 0.1; done; while :; do :; done');
      const mirrors = core.app.get(MirrorsService);
      const find = () => mirrors.containers().find(({ engineId }) => engineId === quiet.id);
      await until(() => find()?.state === 'running');
      const id = find()?.id ?? '';
      const client = await LiveClient.connect(core, owner);
      await client.join(`usage:${id}`);
      const last = () => client.changes.at(-1)?.item as ContainerUsage | undefined;
      await until(() => last() !== undefined);
      expect(last()?.cpus).toBeLessThan(0.2);
      const exec = await quiet.exec({ Cmd: ['touch', '/go'] });
      await exec.start({});
      const startedAt = Date.now();
      await until(() => (last()?.cpus ?? 0) > 0.4, { within: 5000, what: 'half a processor is shown' });
      expect(Date.now() - startedAt).toBeLessThan(5000);
      client.socket.close();
    },
    MINUTE,
  );

  it(
    'and what nobody looks at is measured as well, more seldom',
    async () => {
      const container = await aBusyOne('sleep 600');
      const mirrors = core.app.get(MirrorsService);
      const find = () => mirrors.containers().find(({ engineId }) => engineId === container.id);
      await until(() => find()?.state === 'running');
      const sampler = core.app.get(UsageSamplerService);
      await sampler.sample(true);
      await until(async () => {
        await sampler.sample(true);
        const seen = find();
        return seen !== undefined && sampler.latest(seen.id) !== undefined;
      });
    },
    MINUTE,
  );
});
