import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ContainerDetail, ContainerList, DeleteInventory } from '@bailiwick/contract';
import request from 'supertest';
import { rightsVersion } from '../../src/foundation/access/access.rules.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment, seenOnEngine } from '../fake-engine.js';
import { ownedOnEngine } from '../owned-container.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const API = '/api/v1/containers';
let core: TestApp;
let owner: SignedInPerson;
const get = (person: SignedInPerson, path = '', headers: Record<string, string> = {}) =>
  request(core.url)
    .get(`${API}${path}`)
    .set({ ...person.headers, ...headers });
const start = async () => {
  core = await startApp();
  owner = await signIn(core);
};

describe('the list of containers', () => {
  beforeAll(async () => {
    await start();
    await seenOnEngine(core, {
      name: 'web-2',
      image: 'nginx:stable',
      labels: { 'com.docker.compose.project': 'shop' },
    });
    await seenOnEngine(core, {
      name: 'web-10',
      image: 'nginx:stable',
      ports: [{ ip: '127.0.0.1', hostPort: 49210, containerPort: 80, protocol: 'tcp' }],
    });
    await seenOnEngine(core, { name: 'db', image: 'postgres:17' }, { started: false });
  });
  afterAll(() => core.close());

  const names = async (query: string): Promise<string[]> => {
    const { body } = await get(owner, `?${query}`).expect(200);
    return ContainerList.parse(body).items.map(({ name }) => name);
  };

  it('is filtered by owner together with the status, and `me` is whoever asks', async () => {
    const [tania, other] = [await signIn(core, { platformRole: 'member' }), await signIn(core)];
    const hers = await ownedOnEngine(core, tania.user, { name: 'hers' });
    const mine = await ownedOnEngine(core, owner.user, { name: 'mine' });
    expect(await names(`owner=${tania.user.id}`)).toEqual(['hers']);
    expect(await names(`owner=${tania.user.id}&status=exited`)).toEqual([]);
    expect(await names('owner=me')).toEqual(['mine']);
    // Who has the same rights is not the same person, neither here nor for what a browser keeps.
    const first = await get(owner, '?owner=me').expect(200);
    const { body } = await get(other, '?owner=me', { 'if-none-match': String(first.headers['etag']) }).expect(200);
    expect(body.items).toEqual([]);
    await get(owner, '?owner=nobody').expect(400);
    for (const { engineId } of [hers, mine]) await fakeEngine(core).remove(engineId, { force: true });
    await until(async () => (await names('owner=me')).length === 0);
  });

  it('is what the contract says, in the order of names', async () => {
    const { body } = await get(owner)
      .expect(200)
      .expect('content-type', /^application\/json/);
    expect(
      ContainerList.strict()
        .parse(body)
        .items.map(({ name }) => name),
    ).toEqual(['db', 'web-2', 'web-10']);
    expect(body.items[1]).toMatchObject({
      stack: 'shop',
      rights: { why: { 'containers.rename': { code: 'belongs_to_stack' } } },
    });
  });

  it.each([
    ['q=web', ['web-2', 'web-10']],
    ['q=49210', ['web-10']],
    ['q=nginx%2010', ['web-10']],
    ['status=created', ['db']],
    ['status=created,running&sort=-name', ['web-10', 'web-2', 'db']],
    ['env=demo', ['db', 'web-2', 'web-10']],
    ['env=elsewhere', []],
    ['tenant=default&q=db', ['db']],
    ['tenant=nobody', []],
    ['sort=image', ['web-2', 'web-10', 'db']],
  ])('answers %s with %j', async (query, expected) => {
    expect((await names(query)).sort()).toEqual([...expected].sort());
  });

  it('takes an environment by its id too', async () => {
    expect(await names(`env=${localEnvironment(core)}`)).toHaveLength(3);
  });

  it('can be read page by page', async () => {
    const first = await get(owner, '?limit=2').expect(200);
    expect(first.body.items.map((item: { name: string }) => item.name)).toEqual(['db', 'web-2']);
    const second = await get(owner, `?limit=2&cursor=${first.body.nextCursor}`).expect(200);
    expect(second.body.items.map((item: { name: string }) => item.name)).toEqual(['web-10']);
    expect(second.body).not.toHaveProperty('nextCursor');
  });

  it.each([
    ['sort=size', 'sort'],
    ['status=sleepy', 'status.0'],
    ['limit=0', 'limit'],
    ['limit=5001', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['colour=blue', 'colour'],
    [`q=${'x'.repeat(201)}`, 'q'],
  ])('refuses %s and names the field', async (query, path) => {
    const { body } = await get(owner, `?${query}`).expect(400);
    expect(body).toMatchObject({ code: 'invalid_request', params: { issues: [{ path }] } });
  });

  it('is the same for every member of staff, and empty for a member who owns nothing', async () => {
    const administrator = await signIn(core, { platformRole: 'administrator' });
    const member = await signIn(core, { platformRole: 'member' });
    expect((await get(administrator)).body.items).toEqual((await get(owner)).body.items);
    expect((await get(member)).body.items).toEqual([]);
  });
});

describe('a list that has not changed', () => {
  beforeEach(start);
  afterEach(() => core.close());

  it('is answered with 304 and no body, until something that is shown changes', async () => {
    const web = await seenOnEngine(core, { name: 'web', image: 'nginx:stable' });
    const { headers } = await get(owner).expect(200);
    const etag = String(headers['etag']);
    const same = await get(owner, '', { 'if-none-match': etag }).expect(304);
    expect(same.text).toBe('');
    await fakeEngine(core).stop(web.engineId, 1);
    await until(async () => (await get(owner, '', { 'if-none-match': etag })).status === 200);
    const { body, headers: after } = await get(owner).expect(200);
    expect(body.items).toMatchObject([{ state: 'exited' }]);
    expect(after['etag']).toBe(`"${body.version}:${rightsVersion(owner.actor)}"`);
  });

  it('is told with the same headers as any other answer', async () => {
    const { headers } = await get(owner).expect(200);
    const same = await get(owner, '', { 'if-none-match': String(headers['etag']) }).expect(304);
    const alike = ['etag', 'cache-control', 'content-security-policy', 'x-content-type-options', 'referrer-policy'];
    for (const name of alike) expect([name, same.headers[name]]).toEqual([name, headers[name]]);
    expect(same.headers['x-request-id']).toMatch(/^req_/);
    expect(same.headers['x-request-id']).not.toBe(headers['x-request-id']);
  });

  it('is told to nobody who may not ask, whatever version they claim to have', async () => {
    const { headers } = await get(owner).expect(200);
    const claim = { 'if-none-match': String(headers['etag']) };
    await request(core.url).get(API).set(claim).expect(401);
    await request(core.url)
      .get(API)
      .set(claim)
      .set('cookie', `bw_session=${'a'.repeat(43)}`)
      .expect(401);
    await get(owner, '', { ...claim, host: 'rebind.evil' }).expect(421);
    await get(owner, '', { ...claim, 'x-forwarded-host': 'rebind.evil' }).expect(421);
    await request(core.url).post('/api/v1/sign-out').set(owner.headers).send({}).expect(204);
    await get(owner, '', claim).expect(401);
  });

  it('counts as a sign of life of the session, as any request does', async () => {
    await core.close();
    const clock = new ManualClock();
    core = await startApp({ clock });
    owner = await signIn(core);
    const { headers } = await get(owner).expect(200);
    for (let quarter = 0; quarter < 4; quarter++) {
      clock.advance(15 * 60_000);
      await get(owner, '', { 'if-none-match': String(headers['etag']) }).expect(304);
    }
    clock.advance(31 * 60_000);
    await get(owner, '', { 'if-none-match': String(headers['etag']) }).expect(401);
  });

  it('changes with the rights of whoever asks', async () => {
    const administrator = await signIn(core, { platformRole: 'administrator' });
    await seenOnEngine(core, { name: 'web', image: 'nginx:stable' });
    const { headers, body } = await get(administrator).expect(200);
    expect(body.items).toHaveLength(1);
    await changeRights(core, administrator.user.id, { platformRole: 'member' });
    const after = await get(administrator, '', { 'if-none-match': String(headers['etag']) }).expect(200);
    expect(after.body.items).toEqual([]);
  });

  it('changes when its engine goes away and when it comes back', async () => {
    await seenOnEngine(core, { name: 'web', image: 'nginx:stable' });
    const shown = async () => (await get(owner)).body.items[0].status;
    fakeEngine(core).goOffline();
    await until(async () => (await shown()) === 'unknown');
    fakeEngine(core).goOnline();
    await until(async () => (await shown()) === 'running');
  });

  it('asks nothing of the engine, not even when it hangs', async () => {
    await seenOnEngine(core, { name: 'web', image: 'nginx:stable' });
    const { calls } = fakeEngine(core);
    fakeEngine(core).hang();
    await get(owner).expect(200);
    await get(owner, '?q=w').expect(200);
    expect(fakeEngine(core).calls).toBe(calls);
  });
});

describe('one container', () => {
  beforeEach(start);
  afterEach(() => core.close());
  const WEB = { name: 'web', image: 'nginx:stable', env: { PASSWORD: 'hunter2' } };

  it('shows more than the list, and no value of a variable', async () => {
    const web = await seenOnEngine(core, WEB);
    const { body, text } = await get(owner, `/${web.id}`).expect(200);
    expect(ContainerDetail.parse(body)).toMatchObject({ id: web.id, engineId: web.engineId, envNames: ['PASSWORD'] });
    expect(text).not.toContain('hunter2');
  });

  it('shows what was last known while the engine is away', async () => {
    const web = await seenOnEngine(core, WEB);
    fakeEngine(core).goOffline();
    await until(async () => (await get(owner)).body.items[0].status === 'unknown');
    const { body } = await get(owner, `/${web.id}`).expect(200);
    expect(body).toMatchObject({ id: web.id, status: 'unknown', inspectedAt: null });
    await get(owner, `/${web.id}/inspect`).expect(503);
  });

  it('does not wait for an engine that hangs', async () => {
    const web = await seenOnEngine(core, WEB);
    fakeEngine(core).hang();
    const { body } = await get(owner, `/${web.id}`).expect(200);
    expect(body).toMatchObject({ id: web.id, inspectedAt: null });
    const raw = await get(owner, `/${web.id}/inspect`).expect(503);
    expect(raw.body).toMatchObject({ code: 'engine_timeout' });
  });

  it('tells staff what the engine says, without secrets', async () => {
    const web = await seenOnEngine(core, WEB);
    const { body, text } = await get(owner, `/${web.id}/inspect`).expect(200);
    expect(body).toHaveProperty('Config');
    expect(text).not.toContain('hunter2');
  });

  it('says what a delete would take and leave', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const web = await ownedOnEngine(core, member.user, {
      ...WEB,
      volumes: [{ name: 'bw_default_data', target: '/data' }],
    });
    const { body } = await get(member, `/${web.id}/delete-preview`).expect(200);
    expect(DeleteInventory.parse(body)).toMatchObject({
      container: { id: web.id, name: 'web' },
      stays: expect.arrayContaining([{ kind: 'volume', name: 'bw_default_data' }]),
      blocked: { code: 'wrong_state' },
    });
  });

  it('is deleted by an operation that shows on it while it runs', async () => {
    const web = await seenOnEngine(core, WEB, { started: false });
    const { body } = await request(core.url).delete(`${API}/${web.id}`).set(owner.headers).send({}).expect(202);
    expect(body.operation).toMatchObject({ name: 'containers.delete', target: { containerId: web.id } });
    await until(async () => (await get(owner)).body.items.length === 0);
    await get(owner, `/${web.id}`).expect(404);
  });

  it('answers each of many for itself', async () => {
    const web = await seenOnEngine(core, WEB);
    const idle = await seenOnEngine(core, { ...WEB, name: 'idle' }, { started: false });
    const { body } = await request(core.url)
      .post(`${API}/bulk`)
      .set(owner.headers)
      .send({ action: 'stop', ids: [web.id, idle.id, 'ct_aaaaaaaaaaaaaaaa'] })
      .expect(202);
    const operation = async () =>
      (await request(core.url).get(`/api/v1/operations/${body.operation.id}`).set(owner.headers)).body;
    await until(async () => (await operation()).state === 'done');
    expect((await operation()).result.items).toMatchObject([
      { id: web.id, ok: true },
      { id: idle.id, ok: false, error: { code: 'wrong_state' } },
      { id: 'ct_aaaaaaaaaaaaaaaa', ok: false, error: { code: 'not_found' } },
    ]);
  });

  it('lets a viewer neither delete nor act on many', async () => {
    const viewer = await signIn(core, { platformRole: 'viewer' });
    const web = await ownedOnEngine(core, viewer.user, WEB);
    await request(core.url).delete(`${API}/${web.id}`).set(viewer.headers).send({}).expect(403);
    await get(viewer, `/${web.id}/delete-preview`).expect(403);
    await request(core.url)
      .post(`${API}/bulk`)
      .set(viewer.headers)
      .send({ action: 'stop', ids: [web.id] })
      .expect(403);
    expect((await fakeEngine(core).inspect(web.engineId)).state).toBe('running');
  });
});
