import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { BinItem, Operation } from '@bailiwick/contract';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const docker = new Docker();
const NAME = `bw-bin-${process.pid}`;
const MIB = 1024 ** 2;
const TIME_MS = 120_000;

let app: TestApp;
let member: SignedInPerson;

const follow = async ({ status, body }: Awaited<ReturnType<typeof call>>, who = member): Promise<Operation> => {
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(app, who, body.operation.id, { within: 60_000 });
};
/** What a program in it says. */
async function run(script: string): Promise<string> {
  const exec = await docker.getContainer(NAME).exec({ Cmd: ['sh', '-c', script], AttachStdout: true, Tty: true });
  const chunks: Buffer[] = [];
  for await (const chunk of await exec.start({ Tty: true })) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString().replaceAll('\r', '').trim();
}

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '300',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '200',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        'code-server': {
          questions: [{ type: 'secret', name: 'password', label: 'Password', required: false }],
          config: {
            command: ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'],
            env: { PASSWORD: '{{password}}' },
            ports: [{ containerPort: 8080, label: 'Editor', web: true }],
            volumes: [{ name: 'home', target: '/home/coder' }],
          },
        },
      }),
    },
  });
  member = await signIn(app, { platformRole: 'member' });
}, TIME_MS);
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

it(
  'a member deploys an editor, gives it more memory, kills and deletes it, brings it back from the bin and finds the data',
  async () => {
    const deployed = await follow(await call(app, member, 'POST', '/deployments', { body: { preset: 'code-server', name: NAME } })); // prettier-ignore
    const id = deployed.target.containerId ?? '';
    await run('echo "my work" > /home/coder/notes');
    const before = await docker.getContainer(NAME).inspect();

    const change = { memoryBytes: 64 * MIB };
    expect((await call(app, member, 'PUT', `/containers/${id}/configuration`, { body: { change } })).status).toBe(204);
    expect(await follow(await call(app, member, 'POST', `/containers/${id}/configuration/apply`, { body: {} }))).toMatchObject({ state: 'done' }); // prettier-ignore
    const changed = await docker.getContainer(NAME).inspect();
    expect(changed).toMatchObject({ Id: before.Id, HostConfig: { Memory: 64 * MIB } });

    expect((await call(app, member, 'POST', `/containers/${id}/kill`, { body: { signal: 'SIGKILL' } })).status).toBe(
      200,
    );
    expect(await follow(await call(app, member, 'DELETE', `/containers/${id}`, { body: { force: true } }))).toMatchObject({ state: 'done' }); // prettier-ignore
    await expect(docker.getContainer(NAME).inspect()).rejects.toMatchObject({ statusCode: 404 });

    const { items } = (await call(app, member, 'GET', '/bin')).body;
    expect(items.map((item: BinItem) => [item.id, item.data.map(({ state }) => state)])).toEqual([[id, ['kept']]]);
    expect(await follow(await call(app, member, 'POST', `/bin/${id}/restore`, { body: {} }))).toMatchObject({ state: 'done' }); // prettier-ignore
    const back = await docker.getContainer(NAME).inspect();
    expect(back.State.Running).toBe(true);
    expect(back.HostConfig.Memory).toBe(64 * MIB);
    expect(back.HostConfig.PortBindings).toEqual(before.HostConfig.PortBindings);
    expect([...back.Config.Env].sort()).toEqual([...before.Config.Env].sort());
    expect(await run('cat /home/coder/notes')).toBe('my work');

    const proved = await openSession(app, member.user);
    const wish = { force: true, deleteData: true, confirmName: NAME };
    expect(await follow(await call(app, proved, 'DELETE', `/containers/${id}`, { body: wish }))).toMatchObject({ state: 'done' }); // prettier-ignore
  },
  TIME_MS,
);

it(
  'a managed workspace is a folder of this host through stop, start, making anew, the bin and back, and goes with its data',
  async () => {
    const owner = await signIn(app);
    const act = async (method: string, route: string, body: object = {}, who = owner) =>
      follow(await call(app, who, method, route, { body }), owner);
    const options = { command: ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'] };
    const wish = { image: 'busybox:local', name: NAME, workspace: '/app', options };
    const id = (await act('POST', '/deployments', wish)).target.containerId ?? '';
    const folder = path.join(app.config.storageDir, 'workspaces', 'default', id);
    const mounted = async () => (await docker.getContainer(NAME).inspect()).Mounts;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(await mounted()).toMatchObject([{ Type: 'bind', Source: folder, Destination: '/app', RW: true }]);
    await run('echo "my work" > /app/notes');
    expect(readFileSync(path.join(folder, 'notes'), 'utf8')).toBe('my work\n');

    for (const action of ['stop', 'start'])
      expect((await call(app, owner, 'POST', `/containers/${id}/${action}`, { body: {} })).status).toBe(200);
    expect(await act('POST', `/containers/${id}/configuration/apply`, { remake: true })).toMatchObject({
      state: 'done',
    });
    expect(await mounted()).toMatchObject([{ Type: 'bind', Source: folder, Destination: '/app' }]);
    expect(await run('cat /app/notes')).toBe('my work');

    expect(await act('DELETE', `/containers/${id}`, { force: true })).toMatchObject({ state: 'done' });
    expect(await act('POST', `/bin/${id}/restore`)).toMatchObject({ state: 'done' });
    expect(await run('cat /app/notes')).toBe('my work');

    const proved = await openSession(app, owner.user);
    const gone = { force: true, deleteData: true, confirmName: NAME };
    expect(await act('DELETE', `/containers/${id}`, gone, proved)).toMatchObject({ state: 'done' });
    expect(existsSync(folder)).toBe(false);
  },
  TIME_MS,
);

it(
  'a deploy that fails, or whose engine is told another folder, leaves no workspace',
  async () => {
    const owner = await signIn(app);
    const options = { command: ['sh', '-c', 'touch /app/mine; exit 3'] };
    const wish = { image: 'busybox:local', name: NAME, workspace: '/app', options };
    expect(await follow(await call(app, owner, 'POST', '/deployments', { body: wish }), owner)).toMatchObject({ state: 'failed' }); // prettier-ignore
    const lost = await startApp({
      env: {
        BAILIWICK_ENGINE: 'docker',
        BAILIWICK_STORAGE_HOST_DIR: '/nowhere/at/all',
        BAILIWICK_OPERATION_RETRY_DELAY_MS: '50',
      },
    });
    try {
      const person = await signIn(lost);
      const { body } = await call(lost, person, 'POST', '/deployments', { body: { ...wish, name: `${NAME}-lost` } });
      expect(await finished(lost, person, body.operation.id, { within: 60_000 })).toMatchObject({
        state: 'failed',
        error: { code: 'volume_refused', params: { reason: 'unreachable' } },
      });
      await checkInvariants(lost);
    } finally {
      await lost.close();
    }
  },
  TIME_MS,
);
