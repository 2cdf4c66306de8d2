import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const NAME = `bw-folders-${process.pid}`;
const BEGIN = 'mkdir -p /data/shown /data/hidden; echo hello > /data/shown/a.txt; ln -sf /etc /data/shown/out; ';
let core: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let id: string;

beforeAll(async () => {
  core = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '500',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        data: {
          config: {
            command: ['sh', '-c', `${BEGIN} trap "exit 0" TERM; while true; do sleep 0.1; done`],
            volumes: [{ name: 'data', target: '/data' }],
            explorerRoot: '/data/shown',
            consoleDirectory: '/data/shown',
          },
        },
      }),
    },
  });
  owner = await signIn(core);
  member = await signIn(core, { platformRole: 'member' });
  const { body } = await call(core, owner, 'POST', '/deployments', { body: { preset: 'data', name: NAME } });
  const { state, target } = await finished(core, owner, body.operation.id, { within: 60_000 });
  if (state !== 'done' || target.containerId === null) throw new Error(`The deploy is ${state}.`);
  id = target.containerId;
  const grant = aGrant(member, { kind: 'container', id: target.containerId }, { role: 'observer', allow: ['files.list', 'files.read', 'containers.run'] }); // prettier-ignore
  await new Asking(core, owner).change([grant]);
}, 90_000);

afterAll(async () => {
  const proved = await openSession(core, owner.user);
  const body = { force: true, deleteData: true, confirmName: NAME };
  const { body: removed } = await call(core, proved, 'DELETE', `/containers/${id}`, { body });
  await finished(core, owner, removed.operation.id);
  await checkInvariants(core);
  await core.close();
}, 60_000);

const ask = async (path: string) => (await new Asking(core, member).get(`containers/${id}/${path}`)) as { status: number; body: { path?: string; text?: string } }; // prettier-ignore
const run = async (command: string) =>
  (await new Asking(core, member).post(`containers/${id}/run`, { command })) as {
    status: number;
    body: { stdout?: string; code?: string };
  };
const settle = async (settings: object) => {
  expect((await new Asking(core, owner).put(`containers/${id}/settings`, settings)).status).toBe(204);
};

it('begins the explorer at its root and goes no further, through links neither', async () => {
  expect((await ask('files')).body).toMatchObject({
    path: '/data/shown',
    roots: [{ path: '/data/shown', kind: 'volume' }],
  });
  expect((await ask('files/content?path=/data/shown/a.txt')).body.text).toBe('hello\n');
  for (const path of ['/data', '/data/hidden', '/etc'])
    expect([path, (await ask(`files?path=${path}`)).status]).toEqual([path, 403]);
  // A link is shown and never followed, wherever it leads.
  expect((await ask('files?path=/data/shown/out')).status).toBe(409);
  await settle({ explorerRoot: null });
  expect((await ask('files?path=/data/hidden')).status).toBe(200);
  expect((await ask('files?path=/etc')).status).toBe(403);
});

it('runs a command in its folder, and says where there is none', async () => {
  expect((await run('pwd')).body.stdout).toBe('/data/shown\n');
  expect((await run('cat a.txt')).body.stdout).toBe('hello\n');
  await settle({ consoleDirectory: '/data/gone' });
  const gone = await run('pwd');
  expect([gone.status, gone.body.code]).toEqual([404, 'not_found']);
  await settle({ consoleDirectory: null });
  expect((await run('pwd')).body.stdout).toBe('/\n');
});
