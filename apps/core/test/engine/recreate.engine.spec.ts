import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerId, Operation } from '@bailiwick/contract';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const docker = new Docker();
const NAME = `bw-anew-${process.pid}`;
const NETWORK = `bw-anew-${process.pid}`;
const ANONYMOUS = `bailiwick-anew:${process.pid}`;
const MIB = 1024 ** 2;
const TIME_MS = 120_000;
/** Ends when it is told to, so that no stop has to wait. */
const RUNS = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'];

let app: TestApp;
let owner: SignedInPerson;
let friend: SignedInPerson;
let count = 0;

interface House {
  readonly id: ContainerId;
  readonly name: string;
}

const inspect = ({ name }: House) => docker.getContainer(name).inspect();
const standing = async ({ name }: House) =>
  (await docker.listContainers({ all: true, filters: { name: [name] } })).map(({ Names }) => Names[0]);
const isShown = async ({ id }: House) => (await call(app, friend, 'GET', `/containers/${id}`)).body;
async function save(id: string, change: object): Promise<void> {
  const { status, body } = await call(app, owner, 'PUT', `/containers/${id}/configuration`, { body: { change } });
  if (status !== 204) throw new Error(JSON.stringify(body));
}
async function applied(id: string): Promise<Operation> {
  const { status, body } = await call(app, owner, 'POST', `/containers/${id}/configuration/apply`, { body: {} });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(app, owner, body.operation.id, { within: 60_000 });
}
async function changed(id: string, change: object): Promise<Operation> {
  await save(id, change);
  return applied(id);
}
/** What a program in it says. */
async function run({ name }: House, script: string): Promise<string> {
  const exec = await docker.getContainer(name).exec({ Cmd: ['sh', '-c', script], AttachStdout: true, Tty: true });
  const chunks: Buffer[] = [];
  for await (const chunk of await exec.start({ Tty: true })) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString().replaceAll('\r', '').trim();
}

/** One with data, a friend who sees it and a second network that somebody joined by hand. */
async function build(): Promise<House> {
  const name = `${NAME}-${(count += 1)}`;
  const { body } = await call(app, owner, 'POST', '/deployments', { body: { preset: 'web', name } });
  const { state, target, error } = await finished(app, owner, body.operation.id, { within: 60_000 });
  if (state !== 'done' || !target.containerId) throw new Error(JSON.stringify(error));
  const house = { id: target.containerId, name };
  await docker.getNetwork(NETWORK).connect({ Container: name });
  const change = aGrant(friend, { kind: 'container', id: house.id }, { role: 'observer' });
  await new Asking(app, owner).change([change]);
  await run(house, 'echo kept > /data/note; echo unnamed > /scratch/note');
  return house;
}

async function remove({ id, name }: House): Promise<void> {
  const { Mounts } = await docker.getContainer(name).inspect();
  const proved = await openSession(app, owner.user);
  const wish = { force: true, deleteData: true, confirmName: name };
  const { body } = await call(app, proved, 'DELETE', `/containers/${id}`, { body: wish });
  expect(await finished(app, owner, body.operation.id)).toMatchObject({ state: 'done' });
  const { Volumes } = await docker.listVolumes();
  const left = new Set(Volumes.map(({ Name }) => Name));
  expect(Mounts.filter(({ Name }) => Name !== undefined && left.has(Name))).toEqual([]);
}

beforeAll(async () => {
  await docker.createNetwork({ Name: NETWORK, Labels: { 'bailiwick.test': '1' } });
  const bare = await docker.createContainer({ Image: 'busybox:local', Cmd: ['true'] });
  const [repo, tag] = ANONYMOUS.split(':');
  await bare.commit({ repo, tag, changes: 'VOLUME /scratch' });
  await bare.remove();
  app = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '500',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '200',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        web: {
          config: {
            image: ANONYMOUS,
            command: RUNS,
            env: { MODE: 'first' },
            ports: [{ containerPort: 80, label: 'Web' }],
            volumes: [{ name: 'data', target: '/data' }],
          },
        },
      }),
    },
  });
  [owner, friend] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
}, TIME_MS);
afterEach(() => checkInvariants(app));
afterAll(async () => {
  await app?.close();
  await docker.getImage(ANONYMOUS).remove({ force: true });
  await docker.getNetwork(NETWORK).remove();
}, TIME_MS);

describe('a change of limits on a real engine', () => {
  it(
    'is in force at once, in the numbers of the engine, on the container that runs on',
    async () => {
      const house = await build();
      const before = await inspect(house);
      const change = { memoryBytes: 48 * MIB, memorySwapBytes: 96 * MIB, cpus: 0.25, pids: 77, cpuShares: 256, restart: { name: 'always' } }; // prettier-ignore
      expect(await changed(house.id, change)).toMatchObject({ name: 'containers.update', state: 'done' });
      const { Id, State, HostConfig } = await inspect(house);
      expect({ Id, StartedAt: State.StartedAt }).toEqual({ Id: before.Id, StartedAt: before.State.StartedAt });
      expect(HostConfig).toMatchObject({
        Memory: 48 * MIB,
        MemorySwap: 96 * MIB,
        NanoCpus: 250_000_000,
        PidsLimit: 77,
        CpuShares: 256,
        RestartPolicy: { Name: 'always' },
      });
      await remove(house);
    },
    TIME_MS,
  );
});

describe('a container made anew on a real engine', () => {
  it(
    'keeps its limits, labels, networks, port, rights, id and the data in named and unnamed volumes',
    async () => {
      const house = await build();
      const before = await inspect(house);
      const operation = await changed(house.id, { env: { set: { MODE: 'second' }, unset: [] } });
      expect(operation).toMatchObject({ name: 'containers.recreate', state: 'done' });
      const after = await inspect(house);
      expect(after.Id).not.toBe(before.Id);
      expect(after.Config.Env).toContain('MODE=second');
      expect(after.HostConfig).toEqual({ ...before.HostConfig, Binds: after.HostConfig.Binds, Mounts: after.HostConfig.Mounts }); // prettier-ignore
      const networks = Object.keys(after.NetworkSettings.Networks);
      expect(networks).toEqual(expect.arrayContaining([expect.stringMatching(/^bw_default_/), NETWORK]));
      expect(networks).toHaveLength(2);
      expect(after.NetworkSettings.Ports).toEqual(before.NetworkSettings.Ports);
      const mounts = ({ Mounts }: typeof after) =>
        Mounts.map(({ Name, Destination }) => `${Name} ${Destination}`).sort();
      expect(mounts(after)).toEqual(mounts(before));
      expect(await run(house, 'cat /data/note /scratch/note')).toBe('kept\nunnamed');
      const ours = ({ Config }: typeof after) =>
      Object.entries(Config.Labels).filter(([label]) => !['bailiwick.op', 'bailiwick.sig'].includes(label)).sort(); // prettier-ignore
      expect(ours(after)).toEqual(ours(before));
      expect(after.Config.Labels).toMatchObject({ 'bailiwick.op': operation.id });
      expect(await isShown(house)).toMatchObject({ ...house, state: 'running' });
      expect(await standing(house)).toEqual([`/${house.name}`]);
      await remove(house);
    },
    TIME_MS,
  );

  it(
    'is not started where the old one did not run, and finds the data when it is',
    async () => {
      const house = await build();
      await call(app, owner, 'POST', `/containers/${house.id}/stop`, { body: {} });
      expect(await changed(house.id, { env: { set: { MODE: 'second' }, unset: [] } })).toMatchObject({ state: 'done' });
      expect((await inspect(house)).State.Status).toBe('created');
      expect((await call(app, owner, 'POST', `/containers/${house.id}/start`)).status).toBe(200);
      expect(await run(house, 'cat /data/note /scratch/note')).toBe('kept\nunnamed');
      expect(await standing(house)).toEqual([`/${house.name}`]);
      await remove(house);
    },
    TIME_MS,
  );

  const BUSY = 'a port somebody outside the panel has';
  it.each([
    ['ends at once', { command: ['sh', '-c', 'exit 3'] }, 'healthy'],
    ['is unhealthy', { health: { command: ['false'], intervalMs: 1000, timeoutMs: 1000, retries: 1 } }, 'healthy'],
    [BUSY, {}, 'start'],
  ] as const)(
    'that %s is taken back: the old one runs again with its data',
    async (why, change, failedStep) => {
      const house = await build();
      const before = await inspect(house);
      const stranger = createServer();
      await save(house.id, why === BUSY ? { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 28_481 }] } : change); // prettier-ignore
      const ending = applied(house.id);
      // After the panel's look and before the engine's.
      if (why === BUSY) {
        await until(async () => (await standing(house)).length > 1, { within: 30_000, what: 'The new one' });
        await new Promise<void>((resolve) => stranger.listen(28_481, resolve));
      }
      expect(await ending).toMatchObject({ state: 'failed', failedStep });
      await new Promise((resolve) => stranger.close(resolve));
      const after = await inspect(house);
      expect(after).toMatchObject({ Id: before.Id, State: { Status: 'running' }, HostConfig: before.HostConfig });
      expect(after.NetworkSettings.Ports).toEqual(before.NetworkSettings.Ports);
      expect(await run(house, 'cat /data/note /scratch/note')).toBe('kept\nunnamed');
      expect(await standing(house)).toEqual([`/${house.name}`]);
      expect(await isShown(house)).toMatchObject({ ...house, state: 'running' });
      await remove(house);
    },
    TIME_MS,
  );
});
