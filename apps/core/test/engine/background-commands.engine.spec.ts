import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BackgroundCommand } from '@bailiwick/contract';
import Docker from 'dockerode';
import { call } from '../factories/deployment.js';
import { buildCore, builtFolder, claim, CoreProcess, type Session } from '../faults/core-process.js';
import { until } from '../until.js';

const docker = new Docker();
const NAME = `bw-background-${process.pid}`;
const SECRET = 'hunter2-grün';
const TIME_MS = 90_000;
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-background-'));

let core: CoreProcess;
let session: Session;
let container: Docker.Container;
let containerId: string;

const boot = () => CoreProcess.start({ storageDir });
const api = (method: string, rest = '', body?: object) =>
  call(core, session, method, `/containers/${containerId}/background-commands${rest}`, body ? { body } : {});
async function started(command: string): Promise<string> {
  const { status, body } = await api('POST', '', { command });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}
const found = async (id: string): Promise<BackgroundCommand> =>
  (await api('GET')).body.items.find((each: BackgroundCommand) => each.id === id);
async function ended(id: string): Promise<BackgroundCommand> {
  await until(async () => (await found(id)).endedAt, { within: 30_000, what: 'The end of the command' });
  return found(id);
}
async function logOf(id: string): Promise<string> {
  let [text, after] = ['', 0];
  for (;;) {
    const { body } = await api('GET', `/${id}/log?after=${after}`);
    if (body.text === '') return text;
    text += (body.from > after ? '…' : '') + body.text;
    after = body.next;
  }
}
const says = (id: string, text: string) =>
  until(async () => (await logOf(id)).includes(text), { within: 15_000, what: `Reading ${text}` });
/** What runs in the container, beside its own program. */
async function running(): Promise<string[]> {
  const { Processes = [] } = (await container.top({ ps_args: '-eo pid,args' })) as { Processes?: string[][] };
  return Processes.map(([, args = '']) => args);
}
const size = (id: string) => {
  const [tenant = ''] = readdirSync(path.join(storageDir, 'commands'));
  const folder = path.join(storageDir, 'commands', tenant, id);
  return readdirSync(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
};

beforeAll(async () => {
  buildCore();
  container = await docker.createContainer({
    name: NAME,
    Image: 'busybox:local',
    Cmd: ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'],
    Env: [`DB_PASSWORD=${SECRET}`],
    User: '1000:1000',
    HostConfig: { NetworkMode: 'none' },
  });
  await container.start();
  core = await boot();
  session = await claim(core.url, storageDir);
  await until(async () => {
    const [item] = (await call(core, session, 'GET', `/containers?q=${NAME}`)).body.items;
    containerId = item?.id ?? '';
    return item?.state === 'running';
  });
}, 120_000);
afterAll(async () => {
  await core.kill();
  await container.remove({ force: true, v: true });
  rmSync(storageDir, { recursive: true, force: true });
  rmSync(builtFolder, { recursive: true, force: true });
}, 60_000);

describe('a command in the background of a real engine', () => {
  it(
    'says what it says on both streams, as the container’s own user, and nothing in confidence',
    async () => {
      const id = await started(`sh -c 'id -u; echo "is $DB_PASSWORD"; echo wrong >&2; cat; exit 4'`);
      expect(await ended(id)).toMatchObject({ outcome: 'exited', exitCode: 4, unheardSince: null });
      const lines = (await logOf(id)).trimEnd().split('\n');
      expect(lines.sort()).toEqual(['1000', 'is •••', 'wrong']);
    },
    TIME_MS,
  );

  it(
    'is ended with all that it started',
    async () => {
      const id = await started(`sh -c 'sleep 4321 & trap "" TERM; echo up; sleep 4322; sleep 4323'`);
      await says(id, 'up');
      expect((await running()).filter((args) => args.includes('sleep 43')).length).toBeGreaterThan(1);
      expect((await api('DELETE', `/${id}`)).status).toBe(204);
      expect(await ended(id)).toMatchObject({ outcome: 'cancelled' });
      expect((await running()).filter((args) => args.startsWith('sleep 43'))).toEqual([]);
    },
    TIME_MS,
  );

  it(
    'goes on past a killed core, which says what it did not hear, and how it ended',
    async () => {
      const id = await started(`sh -c 'echo before; sleep 6; exit 7'`);
      await says(id, 'before');
      await core.kill();
      core = await boot();
      await until(async () => (await found(id)).unheardSince !== null, { within: 10_000 });
      expect(await found(id)).toMatchObject({ endedAt: null, outcome: null });
      expect(await ended(id)).toMatchObject({ outcome: 'exited', exitCode: 7, unheardSince: expect.any(String) });
      expect(await logOf(id)).toBe('before\n');
    },
    TIME_MS,
  );

  it(
    'that goes on talking past a killed core is still known to run, and does not end by that',
    async () => {
      const id = await started(
        `sh -c 'echo before; for n in 1 2 3 4 5 6 7 8; do echo "$n"; sleep 1; done; sleep 6543'`,
      );
      await says(id, 'before');
      await core.kill();
      await delay(2500);
      core = await boot();
      await until(async () => (await running()).some((args) => args === 'sleep 6543'), { within: 20_000 });
      await delay(2500);
      expect(await found(id)).toMatchObject({ endedAt: null, unheardSince: expect.any(String) });
      expect((await api('DELETE', `/${id}`)).status).toBe(204);
      expect(await ended(id)).toMatchObject({ outcome: 'cancelled' });
      expect((await running()).filter((args) => args === 'sleep 6543')).toEqual([]);
    },
    TIME_MS,
  );

  it(
    'whose exit code an engine lost with its listener says so',
    async () => {
      const id = await started(`sh -c 'for n in 1 2 3 4 5 6; do echo "$n"; sleep 1; done; exit 7'`);
      await says(id, '1');
      await core.kill();
      core = await boot();
      expect(await ended(id)).toMatchObject({ outcome: 'lost', exitCode: null });
    },
    TIME_MS,
  );

  it(
    'that ended while no core was there is found ended',
    async () => {
      const id = await started(`sh -c 'echo before; sleep 2; exit 5'`);
      await says(id, 'before');
      await core.kill();
      await delay(3000);
      core = await boot();
      expect(await ended(id)).toMatchObject({ outcome: 'exited', exitCode: 5, unheardSince: expect.any(String) });
    },
    TIME_MS,
  );

  it(
    'left by a core that was stopped is cancelled by the next',
    async () => {
      const id = await started(`sh -c 'echo here; sleep 5432'`);
      await says(id, 'here');
      await core.stop();
      core = await boot();
      await until(async () => (await running()).some((args) => args.startsWith('sleep 5432')));
      await until(async () => (await api('DELETE', `/${id}`)).status === 204, { within: 15_000 });
      expect(await ended(id)).toMatchObject({ outcome: 'cancelled' });
      expect((await running()).filter((args) => args.startsWith('sleep 5432'))).toEqual([]);
    },
    TIME_MS,
  );

  it(
    'that says something without end takes no more than its place, and leaves the core at leisure',
    async () => {
      const id = await started('yes zażółć');
      await until(async () => (await api('GET', `/${id}/log?after=3000000`)).body.total > 3_000_000, {
        within: 20_000,
      });
      expect(size(id)).toBeLessThan(64 * 1024 + 2 * 192 * 1024 + 128 * 1024);
      const askedAt = performance.now();
      await api('GET');
      expect(performance.now() - askedAt).toBeLessThan(1000);
      await api('DELETE', `/${id}`);
      expect(await ended(id)).toMatchObject({ outcome: 'cancelled' });
      const log = await logOf(id);
      expect(log.startsWith('zażółć\nzażółć\n')).toBe(true);
      expect(log).toContain('…');
      // Only what its end cut is no whole character.
      expect(log.slice(0, -1)).not.toContain('\uFFFD');
      expect(log.length).toBeGreaterThan(100_000);
    },
    TIME_MS,
  );

  it(
    'goes with its container, and says so',
    async () => {
      const id = await started('sleep 1000');
      await container.stop({ t: 1 });
      expect(await ended(id)).toMatchObject({ outcome: 'container_ended', exitCode: null });
      await container.start();
    },
    TIME_MS,
  );
});
