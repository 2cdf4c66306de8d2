import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Container, ContainerId } from '@bailiwick/contract';
import request from 'supertest';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const API = '/api/v1/containers';
/** Ends with 0 when it is asked to. */
const WEB = { name: 'web', image: 'nginx:stable' };
/** Does not listen to SIGTERM. */
const DEAF = { name: 'deaf', command: ['sleep', '1000'] };
let core: TestApp;
let owner: SignedInPerson;
beforeEach(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterEach(() => core.close());

const get = (person: SignedInPerson, path: string) => request(core.url).get(`${API}${path}`).set(person.headers);
const post = (person: SignedInPerson, path: string, body: object = {}) =>
  request(core.url).post(`${API}${path}`).set(person.headers).send(body);
const rename = (person: SignedInPerson, id: string, name: string) =>
  request(core.url).put(`${API}/${id}/name`).set(person.headers).send({ name });

describe('renaming a container', () => {
  it('gives it the new name on the engine and in the list', async () => {
    const web = await seenOnEngine(core, WEB);
    await rename(owner, web.id, 'shop').expect(204);
    expect((await fakeEngine(core).inspect(web.engineId)).name).toBe('shop');
    const { body } = await get(owner, '').expect(200);
    expect(body.items).toMatchObject([{ id: web.id, name: 'shop' }]);
  });

  it('leaves a trace: the intent before, the result after', async () => {
    const web = await seenOnEngine(core, WEB);
    await rename(owner, web.id, 'shop').expect(204);
    const { body } = await get(owner, `/${web.id}/activity`).expect(200);
    expect(body.items).toMatchObject([
      { action: 'containers.rename', outcome: 'done', details: { from: 'web', to: 'shop' } },
      { action: 'containers.rename', outcome: 'intent', actor: { id: owner.user.id }, target: { id: web.id } },
    ]);
  });

  it('refuses a name that is taken and changes nothing', async () => {
    const web = await seenOnEngine(core, WEB);
    await seenOnEngine(core, { ...WEB, name: 'shop' });
    const { body } = await rename(owner, web.id, 'shop').expect(409);
    expect(body.code).toBe('name_taken');
    expect((await fakeEngine(core).inspect(web.engineId)).name).toBe('web');
  });

  it('refuses what belongs to a stack', async () => {
    const web = await seenOnEngine(core, { ...WEB, labels: { 'com.docker.compose.project': 'shop' } });
    const { body } = await rename(owner, web.id, 'other').expect(409);
    expect(body).toMatchObject({ code: 'belongs_to_stack', params: { stack: 'shop' } });
  });

  it.each(['', '-x', 'a b', 'ä', '../x', 'x'.repeat(64)])(
    'refuses the name %j before the engine is asked',
    async (name) => {
      const web = await seenOnEngine(core, WEB);
      const calls = fakeEngine(core).calls;
      const { body } = await rename(owner, web.id, name).expect(400);
      expect(body).toMatchObject({ code: 'invalid_request', params: { issues: [{ path: 'name' }] } });
      expect(fakeEngine(core).calls).toBe(calls);
    },
  );

  it('refuses a field it does not know', async () => {
    const web = await seenOnEngine(core, WEB);
    const { body } = await request(core.url)
      .put(`${API}/${web.id}/name`)
      .set(owner.headers)
      .send({ name: 'shop', tenantId: 'ten_aaaaaaaaaaaaaaaa' })
      .expect(400);
    expect(body.params.issues).toMatchObject([{ path: 'tenantId', code: 'unknown_field' }]);
  });
});

describe('starting and stopping', () => {
  it('answers with the container as it is afterwards', async () => {
    const web = await seenOnEngine(core, WEB, { started: false });
    const started = await post(owner, `/${web.id}/start`).expect(200);
    expect(started.body.item).toMatchObject({ id: web.id, state: 'running', status: 'running' });
    const stopped = await post(owner, `/${web.id}/stop`, { timeoutSeconds: 1 }).expect(200);
    expect(stopped.body.item).toMatchObject({ state: 'exited', status: 'stopped' });
  });

  it.each([
    ['restart', 'running'],
    ['pause', 'paused'],
  ])('%s leaves it %s', async (action, state) => {
    const web = await seenOnEngine(core, WEB);
    const { body } = await post(owner, `/${web.id}/${action}`).expect(200);
    expect(body.item.state).toBe(state);
  });

  it('continues what was paused', async () => {
    const web = await seenOnEngine(core, WEB);
    await post(owner, `/${web.id}/pause`).expect(200);
    const { body } = await post(owner, `/${web.id}/unpause`).expect(200);
    expect(body.item.state).toBe('running');
  });

  it.each([
    ['stop', {}],
    ['kill', { signal: 'SIGKILL' }],
  ])('calls an end stopped that a %s asked for, whatever its exit code', async (action, asked) => {
    const deaf = await seenOnEngine(core, DEAF);
    const { body } = await post(owner, `/${deaf.id}/${action}`, asked).expect(200);
    expect(body.item).toMatchObject({ state: 'exited', exitCode: 137, status: 'stopped' });
  });

  it('calls an end exited that nobody here asked for, also after one that was', async () => {
    const deaf = await seenOnEngine(core, DEAF);
    await post(owner, `/${deaf.id}/stop`).expect(200);
    await post(owner, `/${deaf.id}/start`).expect(200);
    await fakeEngine(core).kill(deaf.engineId, 'SIGKILL');
    await until(async () => (await statusOf(deaf.id)) === 'exited');
  });

  it('calls an end stopped that comes soon after our signal, and exited when it comes much later', async () => {
    await core.close();
    const clock = new ManualClock();
    core = await startApp({ clock });
    owner = await signIn(core);
    const [soon, late] = [await seenOnEngine(core, { ...DEAF, name: 'soon' }), await seenOnEngine(core, DEAF)];
    for (const { id } of [soon, late]) {
      const { body } = await post(owner, `/${id}/kill`, { signal: 'SIGTERM' }).expect(200);
      expect(body.item.state).toBe('running');
    }
    clock.advance(30_000);
    await fakeEngine(core).kill(soon.engineId, 'SIGKILL');
    await until(async () => (await statusOf(soon.id)) === 'stopped');
    clock.advance(31_000);
    await fakeEngine(core).kill(late.engineId, 'SIGKILL');
    await until(async () => (await statusOf(late.id)) === 'exited');
    expect(await statusOf(soon.id)).toBe('stopped');
  });

  it('does not call an end stopped because a refused stop came before it', async () => {
    const deaf = await seenOnEngine(core, DEAF);
    fakeEngine(core).failCall(1);
    await post(owner, `/${deaf.id}/stop`).expect(503);
    await fakeEngine(core).kill(deaf.engineId, 'SIGKILL');
    await until(async () => (await statusOf(deaf.id)) === 'exited');
  });

  it.each([
    ['start', { started: true }, 'running'],
    ['stop', { started: false }, 'created'],
    ['unpause', { started: true }, 'running'],
    ['pause', { started: false }, 'created'],
    ['kill', { started: false }, 'created'],
  ])('refuses to %s what is in the wrong state', async (action, options, state) => {
    const web = await seenOnEngine(core, WEB, options);
    const { body } = await post(owner, `/${web.id}/${action}`).expect(409);
    expect(body).toMatchObject({ code: 'wrong_state', params: { action, state } });
  });

  it('lets one of two win who act at once, and tells the other', async () => {
    const web = await seenOnEngine(core, WEB);
    fakeEngine(core).slowDown(50);
    const answers = await Promise.all([post(owner, `/${web.id}/stop`), post(owner, `/${web.id}/restart`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('busy');
  });

  it('says since when the engine is away, and does not pretend', async () => {
    const web = await seenOnEngine(core, WEB);
    fakeEngine(core).goOffline();
    await until(async () => (await statusOf(web.id)) === 'unknown');
    const { body } = await post(owner, `/${web.id}/stop`).expect(503);
    expect(body).toMatchObject({ code: 'engine_unavailable', params: { since: expect.stringMatching(/Z$/) } });
  });

  it('writes a failed action down as failed', async () => {
    const web = await seenOnEngine(core, WEB);
    fakeEngine(core).failCall(1);
    await post(owner, `/${web.id}/stop`).expect(503);
    const { body } = await get(owner, `/${web.id}/activity`).expect(200);
    expect(body.items).toMatchObject([
      { outcome: 'failed', details: { code: 'engine_unavailable' } },
      { outcome: 'intent' },
    ]);
  });

  it('refuses a timeout no engine would wait for', async () => {
    const web = await seenOnEngine(core, WEB);
    const { body } = await post(owner, `/${web.id}/stop`, { timeoutSeconds: 301 }).expect(400);
    expect(body.params.issues).toMatchObject([{ path: 'timeoutSeconds' }]);
  });
});

describe('who may', () => {
  const ACTIONS = ['start', 'stop', 'restart', 'pause', 'unpause', 'kill'];

  it('lets a member do everything but look behind the curtain on what is his own', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const web = await ownedOnEngine(core, member.user, WEB);
    await post(member, `/${web.id}/restart`).expect(200);
    await rename(member, web.id, 'mine').expect(204);
    await get(member, `/${web.id}/activity`).expect(200);
    const refused = await get(member, `/${web.id}/inspect`).expect(403);
    expect(refused.body).toMatchObject({ code: 'forbidden', params: { missing: ['containers.inspect'] } });
    await get(member, `/${web.id}/processes`).expect(403);
    expect((await get(owner, `/${web.id}/processes`).expect(200)).body.items).toMatchObject([{ pid: 1, uid: '0' }]);
    const { body } = await get(member, `/${web.id}`).expect(200);
    expect(body).toMatchObject({
      engineId: null,
      rights: { why: { 'containers.inspect': { code: expect.any(String) } } },
    });
  });

  it('hides what belongs to somebody else, on every route', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const stranger = await seenOnEngine(core, { ...WEB, name: 'stranger' });
    const { body } = await get(member, '').expect(200);
    expect(body.items).toEqual([]);
    await get(member, `/${stranger.id}`).expect(404);
    await get(member, `/${stranger.id}/activity`).expect(404);
    await get(member, `/${stranger.id}/delete-preview`).expect(404);
    for (const action of ACTIONS) await post(member, `/${stranger.id}/${action}`).expect(404);
    await rename(member, stranger.id, 'mine').expect(404);
    expect((await fakeEngine(core).inspect(stranger.engineId)).state).toBe('running');
  });

  it('lets a viewer look at what is his and nothing more', async () => {
    const viewer = await signIn(core, { platformRole: 'viewer' });
    const web = await ownedOnEngine(core, viewer.user, WEB);
    const { body } = await get(viewer, '').expect(200);
    expect(body.items).toMatchObject([
      { id: web.id, rights: { can: expect.not.arrayContaining(['containers.stop']) } },
    ]);
    for (const action of ACTIONS) {
      const refused = await post(viewer, `/${web.id}/${action}`).expect(403);
      expect(refused.body.code).toBe('forbidden');
    }
    await rename(viewer, web.id, 'mine').expect(403);
    expect((await fakeEngine(core).inspect(web.engineId)).state).toBe('running');
  });

  it('asks everybody else to sign in', async () => {
    const web = await seenOnEngine(core, WEB);
    await request(core.url).get(API).expect(401);
    await request(core.url).get(`${API}/${web.id}`).expect(401);
    await request(core.url).post(`${API}/${web.id}/stop`).send({}).expect(401);
  });

  it('answers 404 for an id nobody has and 400 for what is no id', async () => {
    await get(owner, '/ct_aaaaaaaaaaaaaaaa').expect(404);
    await get(owner, '/nonsense').expect(400);
  });
});

const statusOf = async (id: ContainerId): Promise<Container['status']> => {
  const { body } = await get(owner, '').expect(200);
  return body.items.find((item: SeenContainer) => item.id === id)?.status;
};
