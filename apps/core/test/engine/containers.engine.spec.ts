import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ContainerAnswer, ContainerList, type Container } from '@bailiwick/contract';
import Docker from 'dockerode';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { LiveClient } from '../live-client.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const ENGINE = process.env['BAILIWICK_TEST_DOCKER'] ?? '/var/run/docker.sock';
const docker = new Docker({ host: undefined, socketPath: ENGINE });
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
const DEAF = ['sleep', '1000'];
const OBEDIENT = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'];

let core: TestApp;
let owner: SignedInPerson;
const made: Docker.Container[] = [];
jest.setTimeout(60_000);

const start = async () => {
  core = await startApp({ storageDir, env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DOCKER_HOST: ENGINE } });
  await core.app.get(MirrorsService).ready();
};
beforeAll(async () => {
  await start();
  owner = await signIn(core);
});
afterEach(async () => {
  await Promise.all(made.splice(0).map(removed));
});
afterAll(async () => {
  await core.close();
  rmSync(storageDir, { recursive: true, force: true });
});

/** Some remove themselves, or were removed as part of a test. */
async function removed(container: Docker.Container): Promise<void> {
  await container.remove({ force: true, v: true }).catch((error: unknown) => {
    if (!(error instanceof Error && 'statusCode' in error && [404, 409].includes(Number(error.statusCode))))
      throw error;
  });
}

/** Made past the panel, as from a shell. */
async function onEngine(
  command = DEAF,
  options: Partial<Docker.ContainerCreateOptions> = {},
): Promise<Docker.Container> {
  const container = await docker.createContainer({
    name: `bwt-${newId('c')}`,
    Image: 'busybox:local',
    Cmd: command,
    Labels: { 'bailiwick.test': '1' },
    ...options,
  });
  made.push(container);
  return container;
}
const api = async (method: string, address: string, body?: object) =>
  fetch(`${core.url}/api/v1/containers${address}`, {
    method,
    headers: { ...owner.headers, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const list = async () => ContainerList.parse(await (await api('GET', '')).json()).items;

async function seen({ id }: Docker.Container): Promise<Container> {
  const { Name } = await docker.getContainer(id).inspect();
  const find = async () => (await list()).find(({ name }) => `/${name}` === Name);
  await until(find, { what: 'Seeing the container' });
  const found = await find();
  if (!found) throw new Error('It was seen and is gone.');
  return found;
}
async function act(container: Docker.Container, action: string, body: object = {}): Promise<Container> {
  const { id } = await seen(container);
  const answer = await api('POST', `/${id}/${action}`, body);
  expect(answer.status).toBe(200);
  return ContainerAnswer.parse(await answer.json()).item;
}
const stateOf = async (container: Docker.Container) => (await container.inspect()).State;

describe('a real engine', () => {
  it('shows in the list exactly what it runs', async () => {
    await onEngine();
    await (await onEngine()).start();
    await until(async () => {
      const listed = (await list()).map(({ name, state }) => `/${name} ${state}`).sort();
      const real = (await docker.listContainers({ all: true }))
        .map(({ Names, State }) => `${Names[0]} ${State}`)
        .sort();
      return JSON.stringify(listed) === JSON.stringify(real);
    });
  });

  it('starts, stops and restarts what it is told to', async () => {
    const container = await onEngine(OBEDIENT);
    expect(await act(container, 'start')).toMatchObject({ state: 'running', status: 'running' });
    expect(await stateOf(container)).toMatchObject({ Running: true });
    const { StartedAt } = await stateOf(container);
    expect(await act(container, 'restart', { timeoutSeconds: 5 })).toMatchObject({ state: 'running' });
    expect(Date.parse((await stateOf(container)).StartedAt)).toBeGreaterThan(Date.parse(StartedAt));
    expect(await act(container, 'stop', { timeoutSeconds: 5 })).toMatchObject({
      state: 'exited',
      status: 'stopped',
      exitCode: 0,
    });
    expect(await stateOf(container)).toMatchObject({ Status: 'exited' });
  });

  it('pauses and continues, and stops what is paused', async () => {
    const container = await onEngine();
    await container.start();
    await until(async () => (await seen(container)).state === 'running');
    expect(await act(container, 'pause')).toMatchObject({ state: 'paused', status: 'paused' });
    expect(await act(container, 'unpause')).toMatchObject({ state: 'running' });
    await act(container, 'pause');
    expect(await act(container, 'stop', { timeoutSeconds: 0 })).toMatchObject({ state: 'exited', status: 'stopped' });
  });

  it('renames what it is told to, and refuses a name that is taken', async () => {
    const [one, other] = [await onEngine(), await onEngine()];
    const taken = (await seen(other)).name;
    const { id } = await seen(one);
    const refused = await api('PUT', `/${id}/name`, { name: taken });
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'name_taken' }]);
    const name = `bwt-${newId('c')}`;
    expect((await api('PUT', `/${id}/name`, { name })).status).toBe(204);
    expect((await one.inspect()).Name).toBe(`/${name}`);
    expect((await seen(one)).id).toBe(id);
  });

  it('calls a stop of ours stopped, whatever the exit code, also after the core was started again', async () => {
    const container = await onEngine(DEAF);
    await container.start();
    await until(async () => (await seen(container)).state === 'running');
    expect(await act(container, 'stop', { timeoutSeconds: 0 })).toMatchObject({ exitCode: 137, status: 'stopped' });
    await core.close();
    await start();
    owner = await openSession(core, owner.user);
    await until(async () => (await seen(container)).status === 'stopped');
    await container.start();
    await container.kill({ signal: 'KILL' });
    await until(async () => (await seen(container)).status === 'exited');
  });

  it('answers for a container that goes away as it ends', async () => {
    const container = await onEngine(OBEDIENT, { HostConfig: { AutoRemove: true } });
    await container.start();
    await until(async () => (await seen(container)).state === 'running');
    const { id } = await seen(container);
    expect(await act(container, 'stop', { timeoutSeconds: 5 })).toMatchObject({ id });
    await until(async () => (await list()).every((item) => item.id !== id));
  });

  it('is followed without asking: what happens in a shell arrives at the socket', async () => {
    const container = await onEngine(OBEDIENT);
    await container.start();
    const client = await LiveClient.connect(core, owner);
    await until(async () => (await seen(container)).state === 'running');
    await client.join('containers');
    const { id } = await seen(container);
    await container.stop({ t: 5 });
    await until(() => client.changes.some((change) => change.id === id && change.item?.['state'] === 'exited'), {
      within: 1000,
    });
    await container.remove();
    await until(() => client.changes.some((change) => change.id === id && change.type === 'remove'), { within: 1000 });
    client.close();
  });
});
