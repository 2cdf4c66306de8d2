import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Capability, Operation } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const MIB = 1024 * 1024;
const FIRST = {
  ports: [{ containerPort: 80, label: 'Web', web: true }],
  volumes: [{ name: 'data', target: '/data' }],
  env: { PASS: '{{password}}', MODE: '{{mode}}', KEPT: 'old', GONE: 'old' },
  memoryBytes: 32 * MIB,
  pids: 64,
};
const QUESTIONS: object[] = [
  { type: 'secret', name: 'password', label: 'Password', required: false },
  { type: 'text', name: 'mode', label: 'Mode', default: 'dev' },
];
const folder = presetsFolder({});

let app: TestApp;
let owner: SignedInPerson;
let count = 0;

function write(name: string, config: object = {}, questions: readonly object[] = QUESTIONS): void {
  const made = presetsFolder({ [name]: { config: { ...FIRST, ...config }, questions: [...questions] } });
  copyFileSync(path.join(made, `${name}.json`), path.join(folder, `${name}.json`));
  rmSync(made, { recursive: true });
}
async function deployed(wish: object = {}): Promise<{ id: string; preset: string }> {
  const preset = `tea-${++count}`;
  write(preset);
  const body = { preset, name: `cup-${count}`, ...wish };
  const answer = await call(app, owner, 'POST', '/deployments', { body });
  const { state, target } = await finished(app, owner, answer.body.operation.id);
  if (state !== 'done' || !target.containerId) throw new Error(`The deploy ${state}.`);
  return { id: target.containerId, preset };
}
const see = async (id: string) => (await call(app, owner, 'GET', `/containers/${id}/configuration`)).body;
const review = (id: string, body: object, who = owner) =>
  call(app, who, 'POST', `/containers/${id}/configuration/review`, { body });
const apply = (id: string, body: object, who = owner) =>
  call(app, who, 'POST', `/containers/${id}/configuration/apply`, { body });
async function applied(id: string, body: object): Promise<Operation> {
  const answer = await apply(id, body);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return finished(app, owner, answer.body.operation.id);
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

describe('a preset that says something else than it did', () => {
  it('changes no container, and is offered field by field to those that came from it', async () => {
    const { id, preset } = await deployed({ answers: { mode: 'live' } });
    const before = await inspect(id);
    expect((await see(id)).presetUpdate).toBeNull();
    write(preset, {
      memoryBytes: 64 * MIB,
      pids: 99,
      env: { PASS: '{{password}}', LINK: 'tea://{{password}}@{{mode}}', MODE: '{{mode}}', KEPT: 'new' },
      ports: [...FIRST.ports, { containerPort: 81, label: 'More' }],
      volumes: [...FIRST.volumes, { name: 'more', target: '/more' }],
    });
    const { presetUpdate, fields } = await see(id);
    expect(presetUpdate).toMatchObject({ name: preset, from: { number: null }, to: { number: null }, notTaken: ['volumes'] }); // prettier-ignore
    expect(fields).toEqual([]);
    expect(await inspect(id)).toEqual(before);

    const { body } = await review(id, { preset: presetUpdate.to.digest });
    expect(body).toMatchObject({ how: 'recreate' });
    expect(body.fields).toEqual([
      expect.objectContaining({ field: 'ports', how: 'recreate' }),
      { field: 'memoryBytes', from: 32 * MIB, to: 64 * MIB, how: 'live' },
      { field: 'memorySwapBytes', from: 32 * MIB, to: 64 * MIB, how: 'live' },
      { field: 'pids', from: 64, to: 99, how: 'live' },
      { field: 'env', from: null, to: { added: ['LINK'], changed: ['KEPT'], removed: ['GONE'] }, how: 'recreate' },
    ]);
    expect(await applied(id, { preset: presetUpdate.to.digest })).toMatchObject({ state: 'done' });
    const after = await inspect(id);
    const password = before.variables['PASS'];
    expect(after.variables).toMatchObject({
      PASS: password,
      MODE: 'live',
      KEPT: 'new',
      LINK: `tea://${password}@live`,
    });
    expect(after.variables['GONE']).toBeUndefined();
    expect(after.portRules.map(({ containerPort }) => containerPort).sort()).toEqual([80, 81]);
    expect(after.mounts).toEqual(before.mounts);
    expect(await see(id)).toMatchObject({ presetUpdate: null, versions: [{ number: 2, why: 'presetUpdated', current: true }, {}] }); // prettier-ignore
  });

  it('leaves what was decided on the container itself, when it was deployed or since', async () => {
    const { id, preset } = await deployed({ memoryBytes: 48 * MIB, options: { env: { KEPT: 'mine' } } });
    await call(app, owner, 'PUT', `/containers/${id}/configuration`, { body: { change: { pids: 77 } } });
    await applied(id, {});
    write(preset, { memoryBytes: 64 * MIB, pids: 99, cpus: 0.25, env: { ...FIRST.env, KEPT: 'new' } });
    const { presetUpdate } = await see(id);
    const { body } = await review(id, { preset: presetUpdate.to.digest });
    expect(body).toMatchObject({ how: 'live', fields: [{ field: 'cpus', from: 0.5, to: 0.25 }] });
    expect(await applied(id, { preset: presetUpdate.to.digest })).toMatchObject({ state: 'done' });
    expect(await inspect(id)).toMatchObject({ limits: { memoryBytes: 48 * MIB, pids: 77, cpus: 0.25 } });
    write(preset, { memoryBytes: 64 * MIB, pids: 99, cpus: 0.5, env: { ...FIRST.env, KEPT: 'new' } });
    const again = await see(id);
    expect(await applied(id, { preset: again.presetUpdate.to.digest })).toMatchObject({ state: 'done' });
    expect(await inspect(id)).toMatchObject({ limits: { memoryBytes: 48 * MIB, pids: 77, cpus: 0.5 } });
  });

  it('makes up what is new and secret, and says what it cannot answer', async () => {
    const { id, preset } = await deployed();
    const more = [...QUESTIONS, { type: 'secret', name: 'key', label: 'Key', required: false }];
    write(preset, { env: { ...FIRST.env, KEY: '{{key}}' } }, more);
    const { presetUpdate } = await see(id);
    expect(await applied(id, { preset: presetUpdate.to.digest })).toMatchObject({ state: 'done' });
    expect((await inspect(id)).variables['KEY']).toMatch(/^\w{24}$/);
    write(preset, { env: { ...FIRST.env, KEY: '{{key}}', WHO: '{{who}}' } }, [...more, { type: 'text', name: 'who', label: 'Who' }]); // prettier-ignore
    const asked = (await see(id)).presetUpdate.to.digest;
    expect((await review(id, { preset: asked })).body).toMatchObject({ checks: [{ check: 'answers', outcome: 'blocked', code: 'answer_invalid' }] }); // prettier-ignore
    expect(await apply(id, { preset: asked })).toMatchObject({ status: 400 });
  });

  it('is not offered where it is gone, broken, or changes nothing, and not in a version nobody looked at', async () => {
    const { id, preset } = await deployed();
    write(preset, {}, [...QUESTIONS, { type: 'text', name: 'idle', label: 'Idle', default: 'x' }]);
    expect((await see(id)).presetUpdate).toBeNull();
    writeFileSync(path.join(folder, `${preset}.json`), '{');
    expect((await see(id)).presetUpdate).toBeNull();
    rmSync(path.join(folder, `${preset}.json`));
    expect((await see(id)).presetUpdate).toBeNull();
    write(preset, { pids: 99 });
    expect(await apply(id, { preset: 'another' })).toMatchObject({ status: 409, body: { code: 'preset_changed' } });
    const { to } = (await see(id)).presetUpdate;
    expect(await apply(id, { preset: to.digest, number: 1 })).toMatchObject({ status: 400 });
  });

  it('takes the rights for every field it changes, and does not exist for strangers', async () => {
    const { id, preset } = await deployed();
    write(preset, { pids: 99 });
    const { digest } = (await see(id)).presetUpdate.to;
    const person = await signIn(app, { platformRole: 'member' });
    expect(await apply(id, { preset: digest }, person)).toMatchObject({ status: 404 });
    const allow: Capability[] = ['containers.settingsSee', 'containers.settingsEnv'];
    await new Asking(app, owner).change([
      aGrant(person, { kind: 'container', id } as never, { role: 'observer', allow }),
    ]);
    expect(await apply(id, { preset: digest }, person)).toMatchObject({
      status: 403,
      body: { params: { missing: ['containers.settingsResources'] } },
    });
  });
});
