import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_QUOTA } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { call, finished } from '../factories/deployment.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const MIB = 1024 * 1024;
let app: TestApp;
let owner: SignedInPerson;
let count = 0;

type Made = Parameters<typeof seenOnEngine>[1];
const foreign = (made: Partial<Made> = {}) =>
  seenOnEngine(app, { name: `found-${++count}`, command: ['sleep', 'infinity'], memoryBytes: 32 * MIB, ...made });
const look = (id: string, who = owner) => call(app, who, 'GET', `/containers/${id}/adoption`);
const adopt = (id: string, body: object = {}, who = owner) =>
  call(app, who, 'POST', `/containers/${id}/adopt`, { body });
const see = async (id: string, who = owner) => (await call(app, who, 'GET', `/containers/${id}/configuration`)).body;
async function changed(id: string, change: object, who = owner) {
  await call(app, who, 'PUT', `/containers/${id}/configuration`, { body: { change } });
  const answer = await call(app, who, 'POST', `/containers/${id}/configuration/apply`, { body: {} });
  return answer.status === 202 ? finished(app, who, answer.body.operation.id) : answer;
}

beforeAll(async () => {
  const env = { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_OPERATION_RETRY_DELAY_MS: '20' };
  app = await startApp({ env });
  owner = await signIn(app);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a container that was made outside', () => {
  it('is taken over as it runs: it is somebody’s, counts, holds its ports and can be changed', async () => {
    const port = { ip: '127.0.0.1', hostPort: 20_490, containerPort: 80, protocol: 'tcp' as const };
    const seen = await foreign({ ports: [port], env: { KEY: 'topsecret' } });
    const engineId = seen.engineId;
    const member = await signIn(app, { platformRole: 'member' });
    expect((await look(seen.id)).body).toMatchObject({
      unsafe: [],
      configuration: { envNames: ['KEY'], ports: [port], memoryBytes: 32 * MIB },
    });
    expect(await adopt(seen.id, { owner: member.user.id })).toMatchObject({ status: 204 });
    const { body } = await call(app, member, 'GET', `/containers/${seen.id}`);
    expect(body).toMatchObject({ id: seen.id, managed: true, owner: { id: member.user.id }, state: 'running' });
    expect(fakeEngine(app).get(engineId).state).toBe('running');
    expect(await see(seen.id, member)).toMatchObject({ number: 1, versions: [{ why: 'adopted', current: true }] });
    const { usage } = (await call(app, owner, 'GET', `/quotas/${member.user.id}`)).body;
    expect(usage).toMatchObject({ containers: 1, memoryBytes: 32 * MIB });
    const taken = { image: 'busybox:local', name: 'second', ports: [{ containerPort: 80, hostPort: 20_490 }] };
    expect(await call(app, owner, 'POST', '/deployments', { body: taken })).toMatchObject({ status: 409, body: { code: 'port_conflict' } }); // prettier-ignore
    const trail = (await call(app, owner, 'GET', `/containers/${seen.id}/activity`)).body;
    expect(trail.items).toContainEqual(expect.objectContaining({ action: 'containers.adopt', outcome: 'done' }));

    expect(await changed(seen.id, { memoryBytes: 64 * MIB })).toMatchObject({ state: 'done' });
    expect(fakeEngine(app).get(engineId).spec.memoryBytes).toBe(64 * MIB);
    expect(await changed(seen.id, { env: { set: { MORE: 'yes' } } })).toMatchObject({ state: 'done' });
    const anew = await fakeEngine(app).findByName(seen.name);
    expect(anew?.engineId).not.toBe(engineId);
    expect(anew).toMatchObject({ command: ['sleep', 'infinity'], portRules: [port] });
    expect(anew?.env).toEqual(expect.arrayContaining(['KEY=topsecret', 'MORE=yes']));
  });

  it('is not handed to anybody where it reaches more than a container may', async () => {
    const seen = await foreign();
    fakeEngine(app).get(seen.engineId).unsafe.push('privileged', 'engine_socket');
    expect((await look(seen.id)).body.unsafe).toEqual(['privileged', 'engine_socket']);
    const refused = { status: 409, body: { code: 'wrong_state', params: { reason: 'unsafe', unsafe: ['privileged', 'engine_socket'] } } }; // prettier-ignore
    expect(await adopt(seen.id)).toMatchObject(refused);
    expect(await see(seen.id)).toMatchObject({ applied: null });
  });

  it('names what no field says: some of it is lost by making it anew, some stands in the way', async () => {
    const seen = await foreign();
    fakeEngine(app).get(seen.engineId).beyond.push('sysctl net.a');
    await adopt(seen.id);
    const review = (body: object) => call(app, owner, 'POST', `/containers/${seen.id}/configuration/review`, { body });
    const anew = { change: { env: { set: { MORE: 'yes' } } } };
    const lost = expect.objectContaining({
      check: 'adoption',
      outcome: 'warning',
      params: { names: ['network bridge', 'sysctl net.a'] },
    });
    expect((await review(anew)).body.checks).toContainEqual(lost);
    expect(await changed(seen.id, anew.change)).toMatchObject({ state: 'done' });
    expect((await review({ change: { env: { unset: ['MORE'] } } })).body.checks).not.toContainEqual(lost);

    const mounted = await foreign({ volumes: [{ name: 'theirs', target: '/data' }] });
    expect((await look(mounted.id)).body.notTakenOver).toEqual([
      { what: 'volume theirs:/data', needed: true },
      { what: 'network bridge', needed: false },
    ]);
    await adopt(mounted.id);
    expect(await changed(mounted.id, { memoryBytes: 64 * MIB })).toMatchObject({ state: 'done' });
    const names = ['volume theirs:/data'];
    const { body } = await call(app, owner, 'POST', `/containers/${mounted.id}/configuration/review`, { body: anew });
    expect(body.checks).toContainEqual(
      expect.objectContaining({ check: 'adoption', outcome: 'blocked', params: { names } }),
    );
    expect(await changed(mounted.id, anew.change)).toMatchObject({ status: 409, body: { params: { reason: 'not_taken_over', what: names } } }); // prettier-ignore
    expect(fakeEngine(app).get(mounted.engineId).state).toBe('running');
  });

  it('stays where it is for who may not, and where a quota or a port is in the way', async () => {
    const seen = await foreign({ ports: [{ ip: '127.0.0.1', hostPort: 20_491, containerPort: 80, protocol: 'tcp' }] });
    const [member, viewer] = await Promise.all([
      signIn(app, { platformRole: 'member' }),
      signIn(app, { platformRole: 'viewer' }),
    ]);
    const offered = (who: SignedInPerson) =>
      call(app, who, 'GET', `/containers/${seen.id}/adoption/owners?q=${member.user.username}`);
    expect((await offered(owner)).body.items).toMatchObject([{ kind: 'user', id: member.user.id }]);
    for (const person of [member, viewer]) expect(await offered(person)).toMatchObject({ status: 403 });
    for (const person of [member, viewer]) {
      expect(await look(seen.id, person)).toMatchObject({ status: 403, body: { params: { missing: ['containers.createAny'] } } }); // prettier-ignore
      expect(await adopt(seen.id, {}, person)).toMatchObject({ status: 403 });
    }
    // What nobody took over is there for staff only, whatever others may deploy.
    const change = aGrant(member, { kind: 'tenant', id: member.user.tenantId }, { role: 'observer', allow: ['containers.createAny'] }); // prettier-ignore
    await new Asking(app, owner).change([change]);
    for (const answer of [await look(seen.id, member), await adopt(seen.id, {}, member)])
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await adopt(seen.id, { owner: 'usr_aaaaaaaaaaaaaaaa' })).toMatchObject({ status: 404 });
    await call(app, owner, 'PUT', `/quotas/${member.user.id}`, { body: { ...NO_QUOTA, containers: 0 } });
    expect(await adopt(seen.id, { owner: member.user.id })).toMatchObject({
      status: 409,
      body: { code: 'quota_exceeded' },
    });
    expect(await see(seen.id)).toMatchObject({ applied: null, versions: [] });
    expect(await adopt(seen.id)).toMatchObject({ status: 204 });
    expect(await adopt(seen.id)).toMatchObject({ status: 409, body: { params: { reason: 'adopted' } } });
    const stacked = await foreign({ labels: { 'com.docker.compose.project': 'shop' } });
    expect(await adopt(stacked.id)).toMatchObject({ status: 409, body: { params: { reason: 'stack' } } });
  });

  it('is taken over once of two who want it', async () => {
    const seen = await foreign();
    const answers = await Promise.all([adopt(seen.id), adopt(seen.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect((await see(seen.id)).versions).toHaveLength(1);
  });
});
