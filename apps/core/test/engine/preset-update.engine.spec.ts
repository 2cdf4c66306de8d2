import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { ContainerId, Operation } from '@bailiwick/contract';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const docker = new Docker();
const NAME = `bw-update-${process.pid}`;
const MIB = 1024 ** 2;
const TIME_MS = 120_000;
const folder = presetsFolder({});

let app: TestApp;
let owner: SignedInPerson;
let friend: SignedInPerson;

const inspect = () => docker.getContainer(NAME).inspect();
const variables = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await inspect()).Config.Env.map((line) => line.split(/=(.*)/s).slice(0, 2)));
const ask = (method: string, route: string, body?: object, who = owner) => call(app, who, method, route, { body });
async function follow(answering: ReturnType<typeof call>): Promise<Operation> {
  const { status, body } = await answering;
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(app, owner, body.operation.id, { within: 60_000 });
}
/** What a program in it says. */
async function run(script: string): Promise<string> {
  const exec = await docker.getContainer(NAME).exec({ Cmd: ['sh', '-c', script], AttachStdout: true, Tty: true });
  const chunks: Buffer[] = [];
  for await (const chunk of await exec.start({ Tty: true })) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString().replaceAll('\r', '').trim();
}

/** The file in the catalogue, as somebody saves it. */
function publish(config: object): void {
  const questions = [{ type: 'secret', name: 'password', label: 'Password', required: false }];
  const preset = {
    questions,
    config: {
      // Ends when it is told to, so that no stop has to wait.
      command: ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'],
      env: { PASSWORD: '{{password}}', MODE: 'first' },
      ports: [{ containerPort: 80, label: 'Web' }],
      volumes: [{ name: 'data', target: '/data' }],
      pids: 64,
      ...config,
    },
  };
  const made = presetsFolder({ web: preset });
  copyFileSync(path.join(made, 'web.json'), path.join(folder, 'web.json'));
  rmSync(made, { recursive: true });
}

beforeAll(async () => {
  publish({});
  app = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '300',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '200',
      BAILIWICK_PRESETS_DIR: folder,
    },
  });
  [owner, friend] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
}, TIME_MS);
afterEach(() => checkInvariants(app));
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true });
});

const idOf = ({ target }: Operation): ContainerId => {
  if (!target.containerId) throw new Error('Nothing was made.');
  return target.containerId;
};

it(
  'a preset that was changed is offered as a diff, touches nothing until it is applied, and is taken over with data, id, ports, password and rights kept',
  async () => {
    const id = idOf(await follow(ask('POST', '/deployments', { preset: 'web', name: NAME })));
    const configuration = `/containers/${id}/configuration`;
    await new Asking(app, owner).change([aGrant(friend, { kind: 'container', id }, { role: 'observer' })]);
    await run('echo kept > /data/note');
    const before = await inspect();
    const password = (await variables())['PASSWORD'];

    publish({ env: { PASSWORD: '{{password}}', MODE: 'second', MORE: 'new' }, memoryBytes: 48 * MIB, pids: 99 });
    const { presetUpdate } = (await ask('GET', configuration)).body;
    expect(presetUpdate).toMatchObject({ name: 'web', notTaken: [] });
    const offer = { preset: presetUpdate.to.digest };
    const review = await ask('POST', `${configuration}/review`, offer);
    expect(review.body).toMatchObject({ how: 'recreate' });
    expect(review.body.fields).toEqual(
      expect.arrayContaining([
        { field: 'memoryBytes', from: 32 * MIB, to: 48 * MIB, how: 'live' },
        { field: 'pids', from: 64, to: 99, how: 'live' },
        { field: 'env', from: null, to: { added: ['MORE'], changed: ['MODE'], removed: [] }, how: 'recreate' },
      ]),
    );
    expect(await inspect()).toMatchObject({ Id: before.Id, State: { StartedAt: before.State.StartedAt } });
    // Who only sees it may not take it over.
    expect(await ask('POST', `${configuration}/apply`, offer, friend)).toMatchObject({ status: 403 });
    // Nobody applies what was saved since they looked.
    expect(await ask('POST', `${configuration}/apply`, { preset: 'another' })).toMatchObject({ status: 409 });

    const operation = await follow(ask('POST', `${configuration}/apply`, offer));
    expect(operation).toMatchObject({ name: 'containers.recreate', state: 'done', target: { containerId: id } });
    const after = await inspect();
    expect(after.Id).not.toBe(before.Id);
    expect(after.State.Status).toBe('running');
    expect(after.HostConfig).toMatchObject({ Memory: 48 * MIB, PidsLimit: 99 });
    expect(await variables()).toMatchObject({ PASSWORD: password, MODE: 'second', MORE: 'new' });
    expect(after.NetworkSettings.Ports).toEqual(before.NetworkSettings.Ports);
    expect(after.Mounts.map(({ Name, Destination }) => [Name, Destination])).toEqual(
      before.Mounts.map(({ Name, Destination }) => [Name, Destination]),
    );
    expect(await run('cat /data/note')).toBe('kept');
    expect((await ask('GET', `/containers/${id}`, undefined, friend)).body).toMatchObject({ id, name: NAME });
    expect((await ask('GET', configuration)).body).toMatchObject({
      presetUpdate: null,
      versions: [{ number: 2, why: 'presetUpdated', current: true }, {}],
    });
    const standing = await docker.listContainers({ all: true, filters: { name: [NAME] } });
    expect(standing.map(({ Names }) => Names)).toEqual([[`/${NAME}`]]);
  },
  TIME_MS,
);

it(
  'one that does not run is taken back: the old one runs on with its data, and the update is still offered',
  async () => {
    const { items } = (await ask('GET', `/containers?q=${NAME}`)).body;
    const id = items[0].id;
    const before = await inspect();
    publish({ command: ['sh', '-c', 'echo last words; exit 3'], memoryBytes: 48 * MIB, pids: 99 });
    const { presetUpdate } = (await ask('GET', `/containers/${id}/configuration`)).body;
    const offer = { preset: presetUpdate.to.digest };
    expect(await follow(ask('POST', `/containers/${id}/configuration/apply`, offer))).toMatchObject({
      state: 'failed',
      failedStep: 'healthy',
      error: { code: 'start_failed' },
    });
    const after = await inspect();
    expect(after).toMatchObject({ Id: before.Id, State: { Status: 'running' }, HostConfig: before.HostConfig });
    expect(after.NetworkSettings.Ports).toEqual(before.NetworkSettings.Ports);
    expect(await run('cat /data/note')).toBe('kept');
    expect((await ask('GET', `/containers/${id}/configuration`)).body.presetUpdate).toMatchObject({
      to: presetUpdate.to,
    });

    const proved = await openSession(app, owner.user);
    const wish = { force: true, deleteData: true, confirmName: NAME };
    expect(await follow(ask('DELETE', `/containers/${id}`, wish, proved))).toMatchObject({ state: 'done' });
  },
  TIME_MS,
);
