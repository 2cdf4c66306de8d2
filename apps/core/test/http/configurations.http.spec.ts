import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_QUOTA, type Capability, type Operation } from '@bailiwick/contract';
import { Session } from '../../src/foundation/identity/session.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { aFakeImage } from '../../src/foundation/environments/fake-image.js';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { aNetwork } from '../factories/spec.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const CRASH = ['sh', '-c', 'exit 3'];
const MIB = 1024 * 1024;
const folder = presetsFolder({
  web: {
    config: {
      ports: [{ containerPort: 80, label: 'Web', web: true }],
      volumes: [{ name: 'data', target: '/data' }],
      env: { PASS: '{{password}}', MODE: 'dev' },
    },
    questions: [{ type: 'secret', name: 'password', label: 'Password', required: false }],
  },
  plain: {},
});

let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let count = 0;

const engine = () => fakeEngine(app);
const inspect = async (name: string) => {
  const found = await engine().findByName(name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};
async function deployed(who: SignedInPerson = owner, wish: object = {}): Promise<{ id: string; name: string }> {
  const name = `web-${++count}`;
  const { body } = await call(app, who, 'POST', '/deployments', { body: aDeploy({ name, ...wish }) });
  const { state, target } = await finished(app, who, body.operation.id);
  if (state !== 'done' || !target.containerId) throw new Error(`The deploy of ${name} ${state}.`);
  return { id: target.containerId, name };
}
const see = async (id: string, who = owner) => (await call(app, who, 'GET', `/containers/${id}/configuration`)).body;
const save = (id: string, change: object, who = owner) =>
  call(app, who, 'PUT', `/containers/${id}/configuration`, { body: { change } });
const review = async (id: string, body: object, who = owner) =>
  (await call(app, who, 'POST', `/containers/${id}/configuration/review`, { body })).body;
const apply = (id: string, body: object = {}, who = owner) =>
  call(app, who, 'POST', `/containers/${id}/configuration/apply`, { body });
async function applied(id: string, body: object = {}, who = owner): Promise<Operation> {
  const answer = await apply(id, body, who);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return finished(app, who, answer.body.operation.id);
}
async function memberWith(id: string, ...allow: Capability[]): Promise<SignedInPerson> {
  const person = await signIn(app, { platformRole: 'member' });
  const change = aGrant(person, { kind: 'container', id } as never, { role: 'observer', allow });
  await new Asking(app, owner).change([change]);
  return person;
}

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_PRESETS_DIR: folder,
    },
  });
  [owner, member] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
  engine().images.set('busybox:next', aFakeImage({ steps: [{ do: 'wait', ms: Infinity }] }));
  engine().images.set('broken:1', aFakeImage({ steps: [{ do: 'exit', code: 3 }] }));
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('how a container is made', () => {
  it('is known from its deploy on, without a value of its environment', async () => {
    const { id } = await deployed();
    const seen = await see(id);
    expect(seen).toMatchObject({
      number: 1,
      saved: null,
      fields: [],
      applied: { image: 'busybox:local', envNames: ['MODE', 'PASS'], memoryBytes: 32 * MIB, cpus: 0.5 },
      versions: [{ number: 1, why: 'deployed', current: true, madeBy: owner.user.displayName }],
    });
    expect(JSON.stringify(seen)).not.toContain('dev');
  });

  it('is written down for other programs, without a value of its environment', async () => {
    const { id, name } = await deployed();
    const exported = async (as: string) =>
      (await call(app, owner, 'GET', `/containers/${id}/configuration/export?as=${as}`)).body;
    const compose = await exported('compose');
    expect(compose).toMatchObject({ fileName: 'compose.yaml', text: expect.stringContaining('image: busybox:local') });
    expect((await exported('run')).text).toMatch(/^docker run -d/);
    const json = JSON.parse((await exported('json')).text);
    expect(json).toMatchObject({ name, image: 'busybox:local', memoryBytes: 32 * MIB });
    const password = (await inspect(name)).env.find((line) => line.startsWith('PASS='))?.slice('PASS='.length) ?? '';
    expect(password).not.toBe('');
    for (const as of ['compose', 'run', 'json']) expect((await exported(as)).text).not.toContain(password);
  });

  it('is not known of one that was made outside', async () => {
    const seen = await seenOnEngine(app, { name: 'foreign-one' });
    expect(await see(seen.id)).toEqual({
      applied: null,
      number: null,
      saved: null,
      fields: [],
      presetUpdate: null,
      versions: [],
    });
    const refused = await save(seen.id, { pids: 64 });
    expect(refused).toMatchObject({ status: 409, body: { code: 'wrong_state', params: { reason: 'not_adopted' } } });
    await engine().remove(seen.engineId, { force: true });
  });

  it('does not exist for who does not see the container', async () => {
    const { id } = await deployed();
    for (const answer of [
      await call(app, member, 'GET', `/containers/${id}/configuration`),
      await call(app, member, 'GET', `/containers/${id}/configuration/export?as=json`),
      await save(id, { pids: 64 }, member),
      await apply(id, {}, member),
    ])
      // prettier-ignore
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

describe('a change', () => {
  it('opens the input of its main program, by making it anew', async () => {
    const { id, name } = await deployed();
    expect((await see(id)).applied.stdinOpen).toBe(false);
    expect(await review(id, { change: { stdinOpen: true } })).toMatchObject({
      how: 'recreate',
      fields: [{ field: 'stdinOpen', from: false, to: true, how: 'recreate' }],
    });
    const changer = await memberWith(id, 'containers.settingsSee', 'containers.settingsEnv', 'containers.recreate');
    const refused = await save(id, { stdinOpen: true }, changer);
    expect(refused).toMatchObject({ status: 403, body: { params: { missing: ['containers.settingsStartup'] } } });
    await save(id, { stdinOpen: true });
    expect(await applied(id)).toMatchObject({ state: 'done' });
    expect(await inspect(name)).toMatchObject({ stdinOpen: true });
    expect((await see(id)).applied.stdinOpen).toBe(true);
  });

  it('that is saved waits, field by field with how it comes about, and leaves the container alone', async () => {
    const { id, name } = await deployed();
    const before = await inspect(name);
    expect(await save(id, { memoryBytes: 64 * MIB, env: { set: { MODE: 'test', NEW: 'topsecret' }, unset: [] } })).toMatchObject({ status: 204 }); // prettier-ignore
    const seen = await see(id);
    expect(seen.fields).toEqual([
      { field: 'memoryBytes', from: 32 * MIB, to: 64 * MIB, how: 'live' },
      { field: 'memorySwapBytes', from: 32 * MIB, to: 64 * MIB, how: 'live' },
      { field: 'env', from: null, to: { added: ['NEW'], changed: ['MODE'], removed: [] }, how: 'recreate' },
    ]);
    expect(seen.saved.change.env.set).toEqual({ MODE: '', NEW: '' });
    expect(JSON.stringify(seen)).not.toContain('topsecret');
    expect(await inspect(name)).toEqual(before);
    await save(id, {});
    expect(await see(id)).toMatchObject({ saved: null, fields: [] });
  });

  it('keeps a value that was saved where it is named, and needs it where none is', async () => {
    const { id, name } = await deployed();
    await save(id, { env: { set: { NEW: 'topsecret' }, unset: [] } });
    const kept = { env: { set: { OTHER: 'one' }, kept: ['NEW'] }, pids: 64 };
    expect((await review(id, { change: kept })).fields).toContainEqual(
      expect.objectContaining({ field: 'env', to: { added: ['NEW', 'OTHER'], changed: [], removed: [] } }),
    );
    expect(await save(id, kept)).toMatchObject({ status: 204 });
    expect((await see(id)).saved.change.env).toEqual({ set: { NEW: '', OTHER: '' }, unset: [], kept: [] });
    expect(await applied(id)).toMatchObject({ state: 'done' });
    expect((await inspect(name)).env).toEqual(expect.arrayContaining(['NEW=topsecret', 'OTHER=one']));
    expect(await save(id, { env: { kept: ['NEW'] } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('is discarded only by who could have saved it', async () => {
    const { id } = await deployed();
    await save(id, { env: { set: { A: 'b' } } });
    const seeing = await memberWith(id, 'containers.settingsSee', 'containers.settingsResources');
    for (const change of [{}, { pids: 64 }])
      expect(await save(id, change, seeing)).toMatchObject({ status: 403, body: { params: { missing: ['containers.settingsEnv'] } } }); // prettier-ignore
    expect(await see(id)).toMatchObject({ saved: { change: { env: { set: { A: '' } } } } });
  });

  it('of limits and restart policy comes about while the container runs on', async () => {
    const { id, name } = await deployed();
    const { engineId, startedAtMs } = await inspect(name);
    await save(id, { memoryBytes: 48 * MIB, cpus: 0.25, pids: 64, restart: { name: 'always' } });
    expect(await applied(id)).toMatchObject({ name: 'containers.update', state: 'done' });
    expect(await inspect(name)).toMatchObject({
      engineId,
      startedAtMs,
      state: 'running',
      limits: { memoryBytes: 48 * MIB, cpus: 0.25, pids: 64 },
      restartPolicy: { name: 'always' },
    });
    expect(await see(id)).toMatchObject({ number: 2, saved: null, fields: [], applied: { memoryBytes: 48 * MIB } });
  });

  it('of the rest makes it anew: what is not changed survives, and so do its id, port, volume, networks and rights', async () => {
    const { id, name } = await deployed();
    const friend = await memberWith(id, 'containers.logs');
    await engine().ensureNetwork(aNetwork('shared'));
    await engine().joinNetwork((await inspect(name)).engineId, 'shared');
    const old = await inspect(name);
    await save(id, { image: 'busybox:next', env: { set: { MODE: 'live' }, unset: [] } });
    const operation = await applied(id);
    expect(operation).toMatchObject({ name: 'containers.recreate', state: 'done' });
    expect(operation.steps.map(({ name: step, state }) => [step, state])).toEqual(
      ['pull', 'create', 'stop', 'start', 'healthy', 'swap', 'remove'].map((step) => [step, 'done']),
    );
    const fresh = await inspect(name);
    expect(fresh.engineId).not.toBe(old.engineId);
    expect(fresh).toMatchObject({
      state: 'running',
      image: 'busybox:next',
      ports: old.ports,
      mounts: old.mounts,
      networks: old.networks,
      limits: old.limits,
    });
    const password = old.env.find((line) => line.startsWith('PASS='));
    expect(password).toMatch(/^PASS=.{12,}/);
    expect([...fresh.env].sort()).toEqual(['MODE=live', password].sort());
    await expect(engine().inspect(old.engineId)).rejects.toMatchObject({ code: 'not_found' });
    expect((await engine().list()).filter((one) => one.name.startsWith(`${name}.`))).toEqual([]);
    const { body } = await call(app, friend, 'GET', `/containers/${id}`);
    expect(body).toMatchObject({ id, name, image: 'busybox:next', state: 'running' });
    expect(await see(id)).toMatchObject({ number: 2, saved: null, fields: [] });
  });

  it('that does not start is taken back: the old one runs on as it was, and nothing is left', async () => {
    const { id, name } = await deployed();
    const before = await inspect(name);
    await save(id, { command: CRASH, memoryBytes: 64 * MIB, ports: [{ containerPort: 80 }, { containerPort: 81 }] });
    const operation = await applied(id);
    expect(operation).toMatchObject({ state: 'failed', failedStep: 'healthy', error: { code: 'start_failed' } });
    const after = await inspect(name);
    expect(after).toMatchObject({ engineId: before.engineId, state: 'running', limits: before.limits });
    expect((await engine().list()).filter((one) => one.name.includes(name))).toHaveLength(1);
    const seen = await see(id);
    expect(seen).toMatchObject({ number: 1, saved: { change: { command: CRASH } } });
    expect(seen.versions).toHaveLength(1);
    expect((await call(app, owner, 'GET', `/containers/${id}`)).body).toMatchObject({ name, state: 'running' });
  });

  it('can be tried again once what stood in its way is gone', async () => {
    const { id, name } = await deployed();
    await save(id, { image: 'later:1' });
    engine().failPull('later:1', 'unknown');
    const failed = await applied(id);
    expect(failed).toMatchObject({ state: 'failed', failedStep: 'pull' });
    engine().images.set('later:1', aFakeImage({ steps: [{ do: 'wait', ms: Infinity }] }));
    const retried = await call(app, owner, 'POST', `/operations/${failed.id}/retry`, { body: {} });
    expect(await finished(app, owner, retried.body.operation.id)).toMatchObject({ state: 'done' });
    expect(await inspect(name)).toMatchObject({ image: 'later:1', state: 'running' });
  });

  it('leaves a container that does not run as it is: anew, and not started', async () => {
    const { id, name } = await deployed();
    await call(app, owner, 'POST', `/containers/${id}/stop`, { body: {} });
    await save(id, { env: { set: { MODE: 'other' }, unset: [] } });
    expect(await applied(id)).toMatchObject({ state: 'done' });
    expect(await inspect(name)).toMatchObject({ state: 'created' });
    expect((await call(app, owner, 'POST', `/containers/${id}/start`)).status).toBe(200);
  });

  it('is refused where nothing would change, while it is paused, and for a port that is taken', async () => {
    const { id, name } = await deployed();
    expect(await apply(id)).toMatchObject({ status: 409, body: { params: { reason: 'nothing_to_change' } } });
    const other = await deployed();
    const [taken] = (await inspect(other.name)).ports;
    const conflict = await save(id, { ports: [{ containerPort: 80, hostPort: taken?.hostPort }] });
    expect(conflict).toMatchObject({ status: 409, body: { code: 'port_conflict', params: { usedBy: { name: other.name } } } }); // prettier-ignore
    expect(await review(id, { change: { ports: [{ containerPort: 80, hostPort: taken?.hostPort }] } })).toMatchObject({
      how: null,
      checks: [{ check: 'ports', outcome: 'blocked', code: 'port_conflict' }],
    });
    await call(app, owner, 'POST', `/containers/${id}/pause`);
    expect(await apply(id, { remake: true })).toMatchObject({ status: 409, body: { params: { state: 'paused' } } });
    expect((await inspect(name)).state).toBe('paused');
  });

  it('that does not fit together is refused with the field', async () => {
    const { id } = await deployed();
    const refused = await save(id, { memoryBytes: 64 * MIB, memorySwapBytes: 32 * MIB });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', params: { issues: [{ path: 'change.memorySwapBytes' }] } },
    });
    expect(await save(id, { privileged: true })).toMatchObject({ status: 400 });
    expect(await see(id)).toMatchObject({ saved: null });
  });

  it('to more than the host has is refused, whether or not anybody looked at it first', async () => {
    const { id } = await deployed();
    const change = { memoryBytes: 64 * 1024 ** 3 };
    expect(await review(id, { change })).toMatchObject({ checks: expect.arrayContaining([expect.objectContaining({ code: 'memory_exceeds_host', outcome: 'blocked' })]) }); // prettier-ignore
    await save(id, change);
    expect(await apply(id)).toMatchObject({ status: 400, body: { params: { issues: [{ path: 'change.memoryBytes', code: 'too_big' }] } } }); // prettier-ignore
    expect(await see(id)).toMatchObject({ number: 1, applied: { memoryBytes: 32 * MIB } });
  });

  it('needs the right for each field, and to make anew one of its own', async () => {
    const { id } = await deployed();
    const seeing = await memberWith(id, 'containers.settingsSee');
    expect(await save(id, { memoryBytes: 64 * MIB, env: { set: { A: 'b' }, unset: [] } }, seeing)).toMatchObject({
      status: 403,
      body: { params: { missing: expect.arrayContaining(['containers.settingsResources', 'containers.settingsEnv']) } },
    });
    await save(id, { env: { set: { A: 'b' }, unset: [] } });
    const half = await memberWith(id, 'containers.settingsSee', 'containers.settingsEnv');
    expect(await apply(id, {}, half)).toMatchObject({ status: 403, body: { params: { missing: ['containers.recreate'] } } }); // prettier-ignore
    const other = await memberWith(id, 'containers.settingsSee', 'containers.settingsRestart');
    expect(await apply(id, {}, other)).toMatchObject({ status: 403, body: { params: { missing: ['containers.settingsEnv'] } } }); // prettier-ignore
    expect(await see(id)).toMatchObject({ number: 1 });
  });

  it('of the image to another program needs the right to deploy anything; another version of it does not', async () => {
    const { id } = await deployed(member);
    expect(await save(id, { image: 'broken:1' }, member)).toMatchObject({
      status: 403,
      body: { params: { missing: ['containers.createAny'] } },
    });
    expect(await save(id, { image: 'busybox:next' }, member)).toMatchObject({ status: 204 });
    expect(await applied(id, {}, member)).toMatchObject({ state: 'done' });
  });

  it('counts for the quota as soon as it is accepted, and no longer once it is taken back', async () => {
    const person = await signIn(app, { platformRole: 'member' });
    const { id } = await deployed(person, { preset: 'plain' });
    const quota = { ...NO_QUOTA, memoryBytes: 48 * MIB };
    await call(app, owner, 'PUT', `/quotas/${person.user.id}`, { body: quota });
    await save(id, { memoryBytes: 64 * MIB }, person);
    expect(await apply(id, {}, person)).toMatchObject({ status: 409, body: { code: 'quota_exceeded' } });
    await save(id, { memoryBytes: 40 * MIB }, person);
    expect(await applied(id, {}, person)).toMatchObject({ state: 'done' });
    const usage = async () => (await call(app, owner, 'GET', `/quotas/${person.user.id}`)).body.usage.memoryBytes;
    expect(await usage()).toBe(40 * MIB);
    await save(id, { command: CRASH, memoryBytes: 48 * MIB });
    expect(await applied(id)).toMatchObject({ state: 'failed' });
    expect(await usage()).toBe(40 * MIB);
  });

  it('takes what was saved as settings with it: the startup command and the ports', async () => {
    const { id, name } = await deployed();
    const [port] = (await inspect(name)).ports;
    await call(app, owner, 'PUT', `/containers/${id}/settings`, {
      body: { startupCommand: 'sleep 2000', allowedPorts: [80, 8080] },
    });
    expect(await applied(id)).toMatchObject({ state: 'done' });
    const { command, ports } = await inspect(name);
    expect(command).toEqual(['sleep', '2000']);
    expect(ports.map(({ containerPort }) => containerPort)).toEqual([80, 8080]);
    expect(ports[0]).toEqual(port);
    expect((await call(app, owner, 'GET', `/containers/${id}/settings`)).body.pending).toBe(false);
  });
});

describe('an earlier configuration', () => {
  it('is gone back to with everything that was in it, and is itself kept', async () => {
    const { id, name } = await deployed();
    const first = await inspect(name);
    await save(id, { image: 'busybox:next', env: { set: {}, unset: ['PASS'] }, memoryBytes: 64 * MIB });
    await applied(id);
    expect((await inspect(name)).env).toEqual(['MODE=dev']);
    const { fields } = await review(id, { number: 1 });
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(['image', 'memoryBytes', 'memorySwapBytes', 'env']); // prettier-ignore
    expect(await applied(id, { number: 1 })).toMatchObject({ state: 'done' });
    const back = await inspect(name);
    expect([...back.env].sort()).toEqual([...first.env].sort());
    expect(back).toMatchObject({ image: 'busybox:local', limits: first.limits, ports: first.ports });
    expect(await see(id)).toMatchObject({
      number: 3,
      versions: [{ number: 3, why: 'reverted', current: true }, { number: 2, why: 'changed' }, { number: 1 }],
    });
    expect(await apply(id, { number: 9 })).toMatchObject({ status: 404 });
  });
});

describe('the value of a variable', () => {
  const reveal = (id: string, who: SignedInPerson, name: string, key?: string) =>
    call(app, who, 'POST', `/containers/${id}/configuration/reveal`, { body: { name }, ...(key ? { key } : {}) });
  const trail = async (id: string) => {
    const { body } = await call(app, owner, 'GET', `/audit?target=${id}&limit=100`);
    return body.items.filter(({ action }: { action: string }) => action === 'containers.reveal');
  };

  it('is shown to who may read secrets and just proved who they are, and each time written down without it', async () => {
    const { id } = await deployed(owner, { answers: { password: 'not-for-everybody' } });
    const proved = await openSession(app, owner.user);
    expect(await reveal(id, proved, 'PASS')).toMatchObject({
      status: 200,
      body: { name: 'PASS', value: 'not-for-everybody' },
    });
    expect(await reveal(id, proved, 'MODE')).toMatchObject({ body: { name: 'MODE', value: 'dev' } });
    const events = await trail(id);
    expect(events.map(({ details }: { details: unknown }) => details).sort()).toEqual([
      { name: 'MODE' },
      { name: 'PASS' },
    ]);
    expect(JSON.stringify(events)).not.toContain('not-for-everybody');
  });

  it('is asked for anew each time, whatever key comes along: it is kept nowhere', async () => {
    const { id } = await deployed(owner, { answers: { password: 'kept-nowhere' } });
    const proved = await openSession(app, owner.user);
    for (let times = 1; times <= 2; times += 1) {
      const { status, headers } = await reveal(id, proved, 'PASS', 'the-same-key-twice');
      expect({ status, replayed: headers.get('idempotency-replayed') }).toEqual({ status: 200, replayed: null });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(await trail(id)).toHaveLength(times);
    }
  });

  it('is refused to others, without a proof, and where there is none', async () => {
    const { id } = await deployed(owner, { answers: { password: 'not-for-everybody' } });
    const observer = await memberWith(id, 'containers.settingsEnv', 'containers.settingsSee');
    expect(await reveal(id, await openSession(app, observer.user), 'PASS')).toMatchObject({
      status: 403,
      body: { code: 'forbidden', params: { missing: ['containers.settingsSecrets'] } },
    });
    expect((await reveal(id, await openSession(app, member.user), 'PASS')).status).toBe(404);
    const stale = await signIn(app);
    await app.app
      .get(Database)
      .transaction((rows) => rows.update(Session, { userId: stale.user.id }, { steppedUpAt: 0 }));
    expect(await reveal(id, stale, 'PASS')).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
    const proved = await openSession(app, owner.user);
    for (const name of ['NOTHING', 'constructor', '__proto__'])
      expect((await reveal(id, proved, name)).status).toBe(404);
    expect((await reveal(id, proved, 'A=B')).status).toBe(400);
    expect(await trail(id)).toEqual([]);
    const reader = await memberWith(id, 'containers.settingsSecrets');
    expect(await reveal(id, await openSession(app, reader.user), 'PASS')).toMatchObject({ status: 200 });
  });
});
