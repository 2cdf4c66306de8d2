import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import * as z from 'zod';
import { EnvironmentsService } from '../../src/foundation/environments/environments.service.js';
import { IdempotencyStore } from '../../src/foundation/operations/idempotency.store.js';
import { canonicalJson } from '../../src/foundation/operations/idempotency.rules.js';
import { defineOperation } from '../../src/foundation/operations/operation.js';
import { OperationsService } from '../../src/foundation/operations/operations.service.js';
import { Events } from '../../src/kernel/events.js';
import { SecretKey } from '../../src/kernel/secret-key.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const DAY_MS = 24 * 3_600_000;
const clock = new ManualClock();
let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let viewer: SignedInPerson;
let keys = 0;

const engine = () => fakeEngine(app);
const aKey = () => `key-${String(++keys).padStart(8, '0')}`;
const start = async (person: SignedInPerson, wish: object, key?: string): Promise<Operation> => {
  const options = { body: aDeploy(wish), ...(key === undefined ? {} : { key }) };
  const { status, body } = await call(app, person, 'POST', '/deployments', options);
  if (status !== 202) throw new Error(JSON.stringify(body));
  return body.operation;
};
const named = async (name: string) => (await engine().list()).filter((container) => container.name === name);
const stepOf = async (id: string, name: string) =>
  (await call(app, owner, 'GET', `/operations/${id}`)).body.steps.find((step: { name: string }) => step.name === name);

beforeAll(async () => {
  app = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_OPERATIONS_PARALLEL: '2',
      BAILIWICK_SESSION_IDLE_MIN: '1440',
      BAILIWICK_SESSION_MAX_H: '720',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        web: {},
        fetched: { config: { image: 'fetched:1', volumes: [{ name: 'data', target: '/data' }] } },
      }),
    },
  });
  [owner, member, viewer] = await Promise.all([
    signIn(app),
    signIn(app, { platformRole: 'member' }),
    signIn(app, { platformRole: 'viewer' }),
  ]);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('an operation', () => {
  it('is tried again when the engine does not answer for a moment', async () => {
    engine().setPullTime(300);
    engine().images.delete('fetched:1');
    const { id } = await start(owner, { preset: 'fetched', name: 'outage' });
    await until(async () => (await stepOf(id, 'pull')).state === 'running');
    engine().failCall(1);
    engine().goOffline();
    await until(async () => (await stepOf(id, 'pull')).note?.code === 'waiting_for_engine');
    engine().goOnline();
    engine().setPullTime(0);
    const operation = await finished(app, owner, id);
    expect(operation).toMatchObject({ state: 'done' });
    expect(operation.steps.find(({ name }) => name === 'pull')?.attempts).toBeGreaterThan(1);
    await until(() => engineIsOnline());
  });

  it('fails with the reason when the engine stays away, and is taken back once it returns', async () => {
    engine().images.delete('fetched:1');
    engine().setPullTime(200);
    const { id } = await start(owner, { preset: 'fetched', name: 'outage-long' });
    await until(async () => (await stepOf(id, 'pull')).state === 'running');
    engine().goOffline();
    await until(async () => (await stepOf(id, 'pull')).state === 'failed');
    engine().goOnline();
    engine().setPullTime(0);
    const operation = await finished(app, owner, id);
    expect(operation).toMatchObject({ state: 'failed', failedStep: 'pull', error: { code: 'engine_unavailable' } });
    expect(operation.steps.find(({ name }) => name === 'pull')?.attempts).toBe(4);
    await until(() => engineIsOnline());
  });

  it('is cancelled in the middle of a pull and leaves nothing', async () => {
    engine().images.delete('fetched:1');
    engine().setPullTime(60_000);
    const { id } = await start(member, { preset: 'fetched', name: 'cancelled' });
    await until(async () => (await stepOf(id, 'pull')).state === 'running');
    const { status, body } = await call(app, member, 'POST', `/operations/${id}/cancel`);
    expect({ status, state: body.operation.state }).toEqual({ status: 202, state: 'cancelling' });
    engine().setPullTime(0);
    expect(await finished(app, member, id)).toMatchObject({ state: 'cancelled', error: null });
    expect(await named('cancelled')).toEqual([]);
    const again = await call(app, member, 'POST', `/operations/${id}/cancel`);
    expect(again).toMatchObject({ status: 409, body: { code: 'wrong_state', params: { reason: 'finished' } } });
  });

  it('that waits for its turn is cancelled at once', async () => {
    engine().images.delete('fetched:1');
    engine().setPullTime(60_000);
    const running = await Promise.all([1, 2].map((n) => start(owner, { preset: 'fetched', name: `turn-${n}` })));
    const waiting = await start(owner, { name: 'turn-3' });
    const { body } = await call(app, owner, 'POST', `/operations/${waiting.id}/cancel`);
    expect(body.operation).toMatchObject({ state: 'cancelled', startedAt: null });
    for (const { id } of running) await call(app, owner, 'POST', `/operations/${id}/cancel`);
    engine().setPullTime(0);
    for (const { id } of running) await finished(app, owner, id);
  });

  it('is not seen and not cancelled by another member, and not by a viewer', async () => {
    const { id } = await start(owner, { name: 'mine' });
    await finished(app, owner, id);
    for (const route of ['', '/cancel', '/retry', '/secrets']) {
      const method = route === '' || route === '/secrets' ? 'GET' : 'POST';
      expect((await call(app, member, method, `/operations/${id}${route}`)).status).toBe(404);
    }
    expect((await call(app, viewer, 'POST', `/operations/${id}/cancel`)).status).toBe(403);
    const { body } = await call(app, member, 'GET', '/operations?limit=200');
    expect(body.items.every((item: Operation) => item.startedBy.id === member.user.id)).toBe(true);
  });

  it('is refused while another one changes the same container', async () => {
    const { id } = await start(owner, { name: 'contended' });
    const { target } = await finished(app, owner, id);
    engine().slowDown(100);
    const [one, other] = await Promise.all(
      [1, 2].map(() => call(app, owner, 'DELETE', `/containers/${target.containerId}`, { body: { force: true } })),
    );
    engine().slowDown(0);
    const statuses = [one?.status, other?.status].sort();
    expect(statuses).toEqual([202, 409]);
    const accepted = one?.status === 202 ? one : other;
    expect(await finished(app, owner, accepted?.body.operation.id)).toMatchObject({ state: 'done' });
    expect(await named('contended')).toEqual([]);
  });

  it('keeps a bug to itself', async () => {
    const operations = app.app.get(OperationsService);
    const broken = defineOperation({
      name: 'tests.broken',
      capability: 'containers.create',
      input: z.object({}),
      steps: ['only'],
      run: (_, { step }) => step('only', () => Promise.reject(new TypeError('cannot read secrets of undefined'))),
    });
    operations.register(broken);
    const request = { input: {}, tenantId: owner.actor.tenantId, environmentId: null, containerId: null, label: 'x' };
    const { id } = await operations.start(owner.actor, broken, request);
    const operation = await finished(app, owner, id);
    expect(operation).toMatchObject({ state: 'failed', failedStep: 'only', error: { code: 'internal' } });
    expect(JSON.stringify(operation)).not.toMatch(/undefined/);
  });

  it('whose undoing does not succeed says what it left behind', async () => {
    const operations = app.app.get(OperationsService);
    const stuck = defineOperation({
      name: 'tests.stuck',
      capability: 'containers.create',
      input: z.object({}),
      steps: ['first', 'second'],
      run: async (_, { step }) => {
        await step('first', () => Promise.resolve(), { compensate: () => Promise.reject(new Error('no')) });
        await step('second', () => Promise.reject(new Error('no')));
      },
    });
    operations.register(stuck);
    const request = { input: {}, tenantId: owner.actor.tenantId, environmentId: null, containerId: null, label: 'x' };
    const { id } = await operations.start(owner.actor, stuck, request);
    expect(await finished(app, owner, id)).toMatchObject({
      state: 'failed',
      failedStep: 'second',
      error: { code: 'internal', params: { leftBehind: ['first'] } },
    });
  });

  it('announces itself seldom while it makes progress', async () => {
    const heard: string[] = [];
    const stop = app.app.get(Events).on('operation.changed', ({ operationId }) => heard.push(operationId));
    const operations = app.app.get(OperationsService);
    const chatty = defineOperation({
      name: 'tests.chatty',
      capability: 'containers.create',
      input: z.object({}),
      steps: ['talk'],
      run: (_, { step, progress }) =>
        step('talk', async () => {
          for (let percent = 0; percent < 100; percent += 0.01) progress(percent);
        }),
    });
    operations.register(chatty);
    const request = { input: {}, tenantId: owner.actor.tenantId, environmentId: null, containerId: null, label: 'x' };
    const { id } = await operations.start(owner.actor, chatty, request);
    await finished(app, owner, id);
    stop();
    expect(heard.filter((operation) => operation === id).length).toBeLessThan(12);
  });
});

describe('the list of operations', () => {
  it('goes back page by page without gap or repeat, and answers 304 when nothing changed', async () => {
    const all = (await call(app, owner, 'GET', '/operations?limit=200')).body.items.map(({ id }: Operation) => id);
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await call(app, owner, 'GET', `/operations?limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.items.map(({ id }: Operation) => id));
      if (!body.nextCursor) break;
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(all);
    // What the tests before started may still be writing its last word.
    await until(async () => {
      const first = await call(app, owner, 'GET', '/operations');
      const headers = { ...owner.headers, 'if-none-match': first.headers.get('etag') ?? '' };
      return (await fetch(`${app.url}/api/v1/operations`, { headers })).status === 304;
    });
  });

  it('filters by state, by container and by environment', async () => {
    const { body } = await call(app, owner, 'GET', '/operations?state=failed&limit=200');
    expect(body.items.length).toBeGreaterThan(0);
    expect(body.items.every(({ state }: Operation) => state === 'failed')).toBe(true);
    const [{ target }] = body.items.filter((item: Operation) => item.target.containerId !== null);
    const mine = await call(app, owner, 'GET', `/operations?container=${target.containerId}`);
    expect(mine.body.items.map((item: Operation) => item.target.containerId)).toEqual([target.containerId]);
    const here = await call(app, owner, 'GET', `/operations?environment=${localEnvironment(app)}&limit=200`);
    expect(here.body.items.some((item: Operation) => item.target.containerId === target.containerId)).toBe(true);
    expect((await call(app, owner, 'GET', '/operations?environment=env_zzzzzzzzzzzzzzzz')).body.items).toEqual([]);
  });

  it('refuses a cursor it did not give', async () => {
    expect((await call(app, owner, 'GET', '/operations?cursor=abc')).status).toBe(400);
  });
});

describe('an idempotency key', () => {
  it('has one effect and one answer for fifty who send it at once', async () => {
    const key = aKey();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        call(app, owner, 'POST', '/deployments', { body: aDeploy({ name: 'fifty' }), key }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const ids = new Set(answers.map(({ body }) => body.operation.id));
    expect(ids.size).toBe(1);
    await finished(app, owner, [...ids][0] ?? '');
    expect(await named('fifty')).toHaveLength(1);
  });

  it('gives the same answer later, whatever the order of the fields', async () => {
    const key = aKey();
    const { id } = await start(owner, { name: 'later' }, key);
    await finished(app, owner, id);
    const turned = { name: 'later', preset: 'web' };
    const again = await call(app, owner, 'POST', '/deployments', { body: turned, key });
    expect(again).toMatchObject({ status: 202, body: { operation: { id } } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('is refused with another body or for another address', async () => {
    const key = aKey();
    const { id } = await start(owner, { name: 'mismatch' }, key);
    await finished(app, owner, id);
    const other = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ name: 'mismatch-two' }), key });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    const elsewhere = await call(app, owner, 'POST', '/deployments/review', {
      body: aDeploy({ name: 'mismatch' }),
      key,
    });
    expect(elsewhere.status).toBe(422);
  });

  it('belongs to the person who sent it', async () => {
    const key = aKey();
    const one = await start(owner, { name: 'person-one' }, key);
    const two = await start(member, { name: 'person-two' }, key);
    expect(one.id).not.toBe(two.id);
    await finished(app, owner, one.id);
    await finished(app, owner, two.id);
  });

  it('can be used again when nothing came of it', async () => {
    const key = aKey();
    const refused = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ name: 'x' }), key });
    expect(refused.status).toBe(400);
    const { id } = await start(owner, { name: 'corrected' }, key);
    await finished(app, owner, id);
  });

  it('is a new one after a day', async () => {
    const key = aKey();
    const first = await start(owner, { name: 'day-one' }, key);
    await finished(app, owner, first.id);
    clock.advance(DAY_MS - 1);
    expect((await start(await again(owner), { name: 'day-one' }, key)).id).toBe(first.id);
    clock.advance(2);
    const second = await start(await again(owner), { name: 'day-two' }, key);
    expect(second.id).not.toBe(first.id);
    await finished(app, await again(owner), second.id);
    [owner, member] = [await again(owner), await again(member)];
  });

  it('says so when the core stopped before it could tell what came of it', async () => {
    const key = aKey();
    const { target } = await finished(app, owner, (await start(owner, { name: 'unknown' })).id);
    const route = `/containers/${target.containerId}/stop`;
    const row = {
      actorId: owner.user.id,
      key,
      route: `POST /api/v1${route}`,
      bodyHash: app.app.get(SecretKey).sign('idempotency', canonicalJson({})),
      answer: null,
      operationId: null,
      createdAt: clock.now(),
    };
    await app.app.get(IdempotencyStore).take(row, 0);
    const answer = await call(app, owner, 'POST', route, { body: {}, key });
    expect(answer).toMatchObject({ status: 409, body: { code: 'interrupted' } });
  });

  it('repeats an answer that had no body', async () => {
    const person = await signIn(app);
    const key = aKey();
    expect((await call(app, person, 'POST', '/sign-out', { key })).status).toBe(204);
    const again = await call(app, await openSession(app, person.user), 'POST', '/sign-out', { key });
    expect(again.status).toBe(204);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('is refused when it is too short', async () => {
    const { status } = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ name: 'xx' }), key: 'short' });
    expect(status).toBe(400);
  });
});

describe('doing one thing to many', () => {
  it('answers per item, by the rights on each', async () => {
    const mine = await finished(app, member, (await start(member, { name: 'many-one' })).id);
    const theirs = await finished(app, owner, (await start(owner, { name: 'many-two' })).id);
    const ids = [mine.target.containerId, theirs.target.containerId, 'ct_aaaaaaaaaaaaaaaa'];
    const { status, body } = await call(app, member, 'POST', '/containers/bulk', { body: { action: 'stop', ids } });
    expect(status).toBe(202);
    const { result, state } = await finished(app, member, body.operation.id);
    expect(state).toBe('done');
    expect(result).toMatchObject({
      items: [
        { id: ids[0], name: 'many-one', ok: true, error: null },
        { id: ids[1], name: null, ok: false, error: { code: 'not_found' } },
        { id: ids[2], name: null, ok: false, error: { code: 'not_found' } },
      ],
    });
    expect((await named('many-one'))[0]?.state).toBe('exited');
    expect((await named('many-two'))[0]?.state).toBe('running');
  });

  it('deletes what may be deleted and says why the rest may not', async () => {
    const stopped = await finished(app, owner, (await start(owner, { name: 'many-three' })).id);
    const running = await finished(app, owner, (await start(owner, { name: 'many-four' })).id);
    await call(app, owner, 'POST', `/containers/${stopped.target.containerId}/stop`, { body: {} });
    const ids = [stopped.target.containerId, running.target.containerId];
    const { body } = await call(app, owner, 'POST', '/containers/bulk', { body: { action: 'delete', ids } });
    const { result } = await finished(app, owner, body.operation.id);
    expect(result).toMatchObject({ items: [{ ok: true }, { ok: false, error: { code: 'wrong_state' } }] });
    expect(await named('many-three')).toEqual([]);
    expect(await named('many-four')).toHaveLength(1);
  });
});

describe('deleting a container', () => {
  it('keeps its volume, its image and its history, and frees its name', async () => {
    const deployed = await finished(app, owner, (await start(owner, { preset: 'fetched', name: 'deleted' })).id);
    const id = deployed.target.containerId;
    const volumes = [...engine().volumes.keys()];
    const running = await call(app, owner, 'DELETE', `/containers/${id}`, { body: {} });
    expect(running).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    const { status, body } = await call(app, owner, 'DELETE', `/containers/${id}`, { body: { force: true } });
    expect(status).toBe(202);
    expect(await finished(app, owner, body.operation.id)).toMatchObject({ state: 'done' });
    expect(await named('deleted')).toEqual([]);
    expect([...engine().volumes.keys()]).toEqual(volumes);
    expect(engine().images.has('fetched:1')).toBe(true);
    const { body: history } = await call(app, owner, 'GET', `/audit?target=${id}`);
    expect(
      history.items.map(({ action, outcome }: { action: string; outcome: string }) => `${action} ${outcome}`),
    ).toEqual([
      'containers.delete done',
      'containers.delete intent',
      'containers.deploy done',
      'containers.deploy intent',
    ]);
    await finished(app, owner, (await start(owner, { name: 'deleted' })).id);
  });
});

/** The same person on another day. */
const again = (person: SignedInPerson) => openSession(app, person.user);
const engineIsOnline = () => app.app.get(EnvironmentsService).states()[0]?.state === 'online';
