import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Docker from 'dockerode';
import { CurrentMetrics, type HostUsage, Statistics } from '@bailiwick/contract';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const ENGINE = process.env['BAILIWICK_TEST_DOCKER'] ?? '/var/run/docker.sock';
const MINUTE = 60_000;
const MIB = 1024 ** 2;
const docker = new Docker({ socketPath: ENGINE });
const name = `bailiwick-host-${newId('ct').slice(3)}`;
let core: TestApp;
let owner: SignedInPerson;
let container: Docker.Container;

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DOCKER_HOST: ENGINE } });
  owner = await signIn(core);
  container = await docker.createContainer({
    name,
    Image: 'busybox:local',
    // In its own memory, not in files.
    Cmd: ['sh', '-c', "x=$(head -c 24m /dev/zero | tr '\\0' x); while :; do sleep 1; done"],
    HostConfig: { Memory: 128 * MIB },
  });
  await container.start();
  await core.app.get(MirrorsService).ready();
}, MINUTE);
afterAll(async () => {
  await container.remove({ force: true });
  await core.close();
}, MINUTE);

async function current(): Promise<HostUsage | undefined> {
  await core.app.get(UsageSamplerService).sample(true);
  const { body } = await new Asking(core, owner).get('metrics/current').expect(200);
  return CurrentMetrics.parse(body).items[0];
}
/** What it uses is known from the second reading on. */
async function host(): Promise<HostUsage> {
  let told = await current();
  await until(async () => (told = await current()) !== undefined);
  if (!told) throw new Error('It was told.');
  return told;
}
const meminfo = (key: string) =>
  Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;

describe('what is told of the host', () => {
  it(
    'is what its kernel says, within ten in a hundred',
    async () => {
      await until(async () => {
        const told = await host();
        const used = meminfo('MemTotal') - meminfo('MemAvailable');
        return Math.abs((told.memoryBytes ?? 0) - used) < used * 0.1;
      });
      const { totalMemoryBytes, totalSwapBytes, upSeconds, totalCpus } = await host();
      expect({ totalMemoryBytes, totalSwapBytes }).toEqual({
        totalMemoryBytes: meminfo('MemTotal'),
        totalSwapBytes: meminfo('SwapTotal'),
      });
      expect(Math.abs(upSeconds - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]))).toBeLessThan(5);
      expect(String(totalCpus)).toBe(execFileSync('nproc', ['--all'], { encoding: 'utf8' }).trim());
    },
    MINUTE,
  );

  it(
    'has each disk as df has it, and no pretended file system',
    async () => {
      const { disks } = await host();
      expect(disks.length).toBeGreaterThan(0);
      for (const { mountpoint, totalBytes, usedBytes, type } of disks) {
        const df = execFileSync('df', ['-B1', '--output=size,used,fstype', mountpoint], { encoding: 'utf8' });
        const [size = '', used = '', kind = ''] = df.split('\n')[1]?.trim().split(/\s+/) ?? [];
        expect([totalBytes, type]).toEqual([Number(size), kind]);
        // Others write meanwhile.
        expect(Math.abs(usedBytes - Number(used))).toBeLessThan(Number(size) * 0.01);
      }
      expect(disks.filter(({ type }) => /proc|sysfs|cgroup|tmpfs|overlay/.test(type))).toEqual([]);
    },
    MINUTE,
  );

  it(
    'rises within six seconds where a program takes a gibibyte',
    async () => {
      const client = await LiveClient.connect(core, owner);
      await client.join('hostUsage');
      const last = () => (client.changes.at(-1)?.item as HostUsage | undefined)?.memoryBytes ?? null;
      await until(() => last() !== null);
      const before = last() ?? 0;
      const startedAt = Date.now();
      const program = spawn(
        process.execPath,
        ['-e', 'const held = Buffer.alloc(1024 ** 3, 1); setTimeout(() => held.length, 60_000)'],
        { stdio: 'ignore' },
      );
      try {
        await until(() => (last() ?? 0) > before + 900 * MIB, { within: 6000, what: 'a gibibyte more is told' });
        expect(Date.now() - startedAt).toBeLessThan(6000);
      } finally {
        program.kill('SIGKILL');
        client.socket.close();
      }
    },
    MINUTE,
  );
});

describe('the figures of the installation on a real engine', () => {
  const read = async () => Statistics.parse((await new Asking(core, owner).get('statistics').expect(200)).body);

  it(
    'have as many containers as docker ps -a, and of each the memory docker stats has',
    async () => {
      const sampler = core.app.get(UsageSamplerService);
      // Others start and end containers on this engine too.
      await until(async () => (await read()).containers.total === (await docker.listContainers({ all: true })).length, {
        within: 20_000,
      });
      await until(
        async () => {
          await sampler.sample(true);
          const { memory_stats: told } = await container.stats({ stream: false });
          const inactive = Number(told.stats['total_inactive_file'] ?? told.stats['inactive_file'] ?? 0);
          const used = told.usage - inactive;
          const taking = (await read()).takings.find((each) => each.name === name);
          return used > 24 * MIB && Math.abs((taking?.memoryBytes ?? 0) - used) < used * 0.1;
        },
        { within: 20_000, what: 'the same memory is told' },
      );
    },
    MINUTE,
  );
});
