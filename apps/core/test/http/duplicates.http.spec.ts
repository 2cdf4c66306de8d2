import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_QUOTA } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking, memberOn } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const MIB = 1024 * 1024;
const config = {
  ports: [{ containerPort: 80, label: 'Web', web: true }],
  volumes: [{ name: 'data', target: '/data' }],
  env: { PASS: '{{password}}', MODE: '{{mode}}' },
};
const questions = [
  { type: 'secret', name: 'password', label: 'Password', required: false },
  { type: 'text', name: 'mode', label: 'Mode', default: 'dev' },
  { type: 'port', name: 'door', label: 'Door', containerPort: 80 },
];
const folder = presetsFolder({ web: { config, questions }, staff: { config, questions, selfService: false } });

let app: TestApp;
let owner: SignedInPerson;
let count = 0;

const deployed = async (body: object, who = owner) => {
  const answer = await call(app, who, 'POST', '/deployments', { body });
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  const { state, target } = await finished(app, who, answer.body.operation.id);
  if (state !== 'done' || !target.containerId) throw new Error(`The deploy ${state}.`);
  return target.containerId;
};
const original = (wish: object = {}, who = owner) => deployed(aDeploy({ name: `first-${++count}`, ...wish }), who);
const duplicate = (id: string, who = owner) => call(app, who, 'GET', `/containers/${id}/duplicate`);
async function changed(id: string, change: object, who = owner): Promise<void> {
  await call(app, who, 'PUT', `/containers/${id}/configuration`, { body: { change } });
  const { body } = await call(app, who, 'POST', `/containers/${id}/configuration/apply`, { body: {} });
  await finished(app, who, body.operation.id);
}
const inspect = async (id: string) => {
  const { body } = await call(app, owner, 'GET', `/containers/${id}`);
  const found = await fakeEngine(app).findByName(body.name);
  if (!found) throw new Error(`There is no ${body.name}.`);
  return { ...found, variables: Object.fromEntries(found.env.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
};

beforeAll(async () => {
  const env = { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_OPERATION_RETRY_DELAY_MS: '20', BAILIWICK_PRESETS_DIR: folder }; // prettier-ignore
  app = await startApp({ env });
  owner = await signIn(app);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a duplicate', () => {
  it('of what came from a preset is answered as then and changed as since, with ports, data and passwords of its own', async () => {
    const id = await original({
      answers: { mode: 'live', door: 20_480 },
      options: { pids: 77, env: { EXTRA: 'own' } },
    });
    await changed(id, { memoryBytes: 64 * MIB, env: { set: { LATER: 'topsecret' } }, labels: { tier: 'one' } });
    const { body } = await duplicate(id);
    expect(body).toMatchObject({
      input: { preset: 'web', answers: { mode: 'live' }, ports: [], volumes: [], memoryBytes: 64 * MIB },
      carried: ['EXTRA', 'LATER'],
      leftOut: [],
    });
    expect(JSON.stringify(body)).not.toMatch(/topsecret|20480/);
    const copy = await deployed({ ...body.input, name: `copy-${count}` });
    const [before, after] = [await inspect(id), await inspect(copy)];
    expect(after.variables).toMatchObject({ MODE: 'live', EXTRA: 'own', LATER: 'topsecret' });
    expect(after.variables['PASS']).not.toBe(before.variables['PASS']);
    expect(after.limits).toMatchObject({ memoryBytes: 64 * MIB, pids: 77 });
    expect(after.labels['tier']).toBe('one');
    expect(after.portRules[0]?.hostPort).not.toBe(before.portRules[0]?.hostPort);
    expect(after.mounts[0]).toMatchObject({ target: '/data' });
    expect(after.mounts[0]?.name).not.toBe(before.mounts[0]?.name);
    expect((await call(app, owner, 'GET', `/containers/${copy}`)).body.preset).toBe('web');
  });

  it('of an image takes along all it is made of, and that is written down', async () => {
    const id = await original({
      preset: undefined,
      image: 'busybox:local',
      ports: [{ containerPort: 80, hostPort: 20_481 }],
      volumes: [{ name: 'data', target: '/data' }],
      options: { command: ['sleep', '9'], env: { KEY: 'topsecret' }, stdinOpen: true },
    });
    const { body } = await duplicate(id);
    expect(body.carried).toEqual(['KEY']);
    const copy = await deployed({ ...body.input, name: `copy-${count}` });
    const [before, after] = [await inspect(id), await inspect(copy)];
    expect(after).toMatchObject({ command: ['sleep', '9'], stdinOpen: true, variables: { KEY: 'topsecret' } });
    expect(after.portRules[0]?.hostPort).not.toBe(20_481);
    expect(after.mounts[0]?.name).not.toBe(before.mounts[0]?.name);
    const { body: trail } = await call(app, owner, 'GET', `/containers/${id}/activity`);
    const event = { action: 'containers.copyEnv', details: { variables: ['KEY'], name: `copy-${count}` } };
    expect(trail.items).toContainEqual(expect.objectContaining(event));
    expect(JSON.stringify(trail)).not.toContain('topsecret');
  });

  it('takes folders of the host along for staff, and says which stay behind to everybody else', async () => {
    const binds = [{ source: '/srv/media', target: '/media', readOnly: true }];
    const id = await original({ binds });
    expect((await duplicate(id)).body).toMatchObject({ input: { preset: 'web', binds }, withoutBinds: [] });
    const her = await memberOn(app, owner, { id: id }, 'containers.settingsSee');
    const { body } = await duplicate(id, her);
    expect(body.withoutBinds).toEqual(['/media']);
    expect(JSON.stringify(body)).not.toContain('/srv/media');
    const copy = await deployed({ ...body.input, name: `copy-${count}` }, her);
    expect((await inspect(copy)).mounts.map(({ target }) => target)).toEqual(['/data']);
  });

  it('leaves secrets behind for who may not read them, and is refused them', async () => {
    const id = await original({ options: { env: { KEY: 'topsecret' } } });
    const her = await memberOn(app, owner, { id: id }, 'containers.settingsSee');
    const { body } = await duplicate(id, her);
    expect(body).toMatchObject({ input: { preset: 'web' }, carried: [], leftOut: ['KEY'] });
    expect(body.input.envOf).toBeUndefined();
    const input = { ...body.input, name: `copy-${count}`, envOf: { container: id, names: ['KEY'] } };
    for (const route of ['/deployments', '/deployments/review'])
      expect(await call(app, her, 'POST', route, { body: input })).toMatchObject({
        status: 403,
        body: { code: 'forbidden', params: { missing: ['containers.settingsSecrets'] } },
      });
    const copy = await deployed({ ...body.input, name: `copy-${count}` }, her);
    expect((await inspect(copy)).variables['KEY']).toBeUndefined();
  });

  it('takes the rights and the quota of a deploy', async () => {
    const id = await original({ preset: 'staff' });
    const viewer = await signIn(app, { platformRole: 'viewer' });
    const member = await memberOn(app, owner, { id: id }, 'containers.settingsSee');
    const stranger = await signIn(app, { platformRole: 'member' });
    await new Asking(app, owner).change([aGrant(viewer, { kind: 'container', id } as never, { role: 'observer', allow: ['containers.settingsSee'] })]); // prettier-ignore
    expect(await duplicate(id, viewer)).toMatchObject({ status: 403, body: { params: { missing: ['containers.create'] } } }); // prettier-ignore
    expect(await duplicate(id, member)).toMatchObject({ status: 403, body: { params: { missing: ['containers.createAny'] } } }); // prettier-ignore
    expect(await duplicate(id, stranger)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const hidden = { ...aDeploy({ name: 'thief' }), envOf: { container: id, names: ['PASS'] } };
    expect(await call(app, stranger, 'POST', '/deployments', { body: hidden })).toMatchObject({ status: 404 });

    const own = await original({}, member);
    await call(app, owner, 'PUT', `/quotas/${member.user.id}`, { body: { ...NO_QUOTA, containers: 1 } });
    const { body } = await duplicate(own, member);
    const refused = await call(app, member, 'POST', '/deployments', { body: { ...body.input, name: `copy-${count}` } });
    expect(refused).toMatchObject({ status: 409, body: { code: 'quota_exceeded' } });
  });

  it('is not made of what was made outside, nor of a variable that is not there', async () => {
    const foreign = await seenOnEngine(app, { name: 'foreign-original' });
    expect(await duplicate(foreign.id)).toMatchObject({ status: 409, body: { params: { reason: 'not_adopted' } } });
    await fakeEngine(app).remove(foreign.engineId, { force: true });
    const id = await original();
    const body = { ...aDeploy({ name: 'none' }), envOf: { container: id, names: ['NOPE'] } };
    expect(await call(app, owner, 'POST', '/deployments', { body })).toMatchObject({ status: 400 });
  });
});
