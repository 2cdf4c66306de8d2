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

const follow = async ({ status, body }: Awaited<ReturnType<typeof call>>): Promise<Operation> => {
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(app, member, body.operation.id, { within: 60_000 });
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
