import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonalTokenList } from '@bailiwick/contract';
import request from 'supertest';
import { AccountMovesService } from '../../src/foundation/identity/account-moves.service.js';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aToken, bearer } from '../bearer.js';
import { ownedOnEngine } from '../owned-container.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const API = '/api/v1';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('personal tokens', () => {
  let app: TestApp;
  let clock: ManualClock;
  let member: SignedInPerson;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock });
    member = await signIn(app, { platformRole: 'member' });
  });
  afterEach(() => app.close());

  type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
  const ask = (headers: Record<string, string>, verb: Verb, address: string, body?: object) => {
    const asked = request(app.url)[verb](`${API}${address}`).set(headers);
    return body === undefined ? asked : asked.send(body);
  };
  const tokensOf = async ({ headers }: SignedInPerson) =>
    PersonalTokenList.parse((await ask(headers, 'get', '/me/tokens').expect(200)).body).items;
  const owned = (name: string) => ownedOnEngine(app, member.user, { name, command: ['sleep', 'infinity'] });

  it('are told once, kept as a hash, and listed by how they begin', async () => {
    const { token, item } = await aToken(app, member, { capabilities: ['containers.start'], expiresInDays: 30 });
    expect(token).toMatch(/^bw_[\w-]{49}$/);
    expect(item).toMatchObject({
      name: 'ci',
      prefix: token.slice(0, 7),
      capabilities: ['containers.see', 'containers.start'],
      expiresAt: new Date(clock.now() + 30 * DAY).toISOString(),
      lastUsedAt: null,
    });
    expect(await tokensOf(member)).toEqual([item]);
    const rows = await app.app.get(Database).read('SELECT * FROM "api_tokens"', []);
    expect(JSON.stringify(rows)).not.toContain(token.slice(8));
  });

  it('live ninety days unless told otherwise, never more than a year', async () => {
    const { item } = await aToken(app, member, { capabilities: ['containers.see'] });
    expect(Date.parse(item.expiresAt) - clock.now()).toBe(90 * DAY);
    for (const expiresInDays of [0, 366, 1.5])
      await ask(member.headers, 'post', '/me/tokens', {
        name: 'x',
        capabilities: ['containers.see'],
        expiresInDays,
      }).expect(400);
  });

  it('are never kept by an idempotency key', async () => {
    const { body } = await ask({ ...member.headers, 'idempotency-key': 'one-key-for-all' }, 'post', '/me/tokens', {
      name: 'ci',
      capabilities: ['containers.see'],
    }).expect(201);
    const kept = await app.app.get(Database).read('SELECT * FROM "idempotency_keys"', []);
    expect(JSON.stringify(kept)).not.toContain(body.token);
  });

  it('act for their person without cookie, CSRF header or Origin', async () => {
    const { id } = await owned('web');
    const { headers, item } = await aToken(app, member, { capabilities: ['containers.stop'] });
    const { body: me } = await ask(headers, 'get', '/me').expect(200);
    expect(me).toMatchObject({
      user: { id: member.user.id },
      session: { id: item.id },
      csrf: '',
      can: ['containers.see', 'account.see'],
    });
    await ask({ ...headers, origin: 'https://elsewhere.test' }, 'post', `/containers/${id}/stop`, {}).expect(200);
    const [row] = (await app.app.get(AuditService).listFor(member.actor, { id }, { limit: 1 })).items;
    expect(row).toMatchObject({ actor: { id: member.user.id }, via: 'token', details: { token: item.id } });
  });

  it('do only what they were made for, and a refusal names what is missing', async () => {
    const { id } = await owned('web');
    const { headers } = await aToken(app, member, { capabilities: ['containers.see'] });
    const { body } = await ask(headers, 'post', `/containers/${id}/stop`, {}).expect(403);
    expect(body).toMatchObject({ code: 'forbidden', params: { missing: ['containers.stop'] } });
    const { body: item } = await ask(headers, 'get', `/containers/${id}`).expect(200);
    expect(item.rights.why['containers.stop']).toEqual({ code: 'token', params: {} });
  });

  it('for one container reach no other one: not in a list, not by id, not in bulk, not in operations', async () => {
    const web = await owned('web');
    const db = await owned('db');
    const { headers } = await aToken(app, member, {
      capabilities: ['containers.stop', 'containers.delete', 'operations.see', 'containers.create'],
      targets: [web.id],
    });
    const list = await ask(headers, 'get', '/containers').expect(200);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([web.id]);
    await ask(headers, 'get', `/containers/${db.id}`).expect(404);
    await ask(headers, 'post', `/containers/${db.id}/stop`, {}).expect(404);
    await ask(headers, 'post', '/deployments', { preset: 'web', name: 'more' }).expect(403);
    const bulk = { action: 'stop', ids: [db.id] };
    const { body: accepted } = await ask(headers, 'post', '/containers/bulk', bulk).expect(202);
    const done = async () => (await ask(member.headers, 'get', `/operations/${accepted.operation.id}`)).body;
    await until(async () => (await done()).state === 'done');
    expect((await done()).result.items).toEqual([expect.objectContaining({ id: db.id, ok: false })]);
    // The bulk operation is about no one container, so this token is not told of it.
    expect((await ask(headers, 'get', '/operations').expect(200)).body.items).toEqual([]);
    await ask(headers, 'delete', `/containers/${web.id}`, { force: true }).expect(202);
    const seen = (await ask(headers, 'get', '/operations').expect(200)).body.items;
    expect(seen.map(({ name }: { name: string }) => name)).toEqual(['containers.delete']);
  });

  it('cannot be made for what their person does not hold, does not see, or for the account itself', async () => {
    const wish = (capabilities: string[], targets: string[] = []) =>
      ask(member.headers, 'post', '/me/tokens', { name: 'x', capabilities, targets });
    expect((await wish(['audit.see']).expect(403)).body.params.missing).toEqual(['audit.see']);
    await wish(['account.manage']).expect(400);
    await wish([]).expect(400);
    expect((await wish(['containers.see'], ['ct_aaaaaaaaaaaaaaaa']).expect(400)).body.params.issues).toEqual([
      expect.objectContaining({ path: 'targets.0', code: 'unknown_target' }),
    ]);
    await wish(['containers.see'], ['ten_aaaaaaaaaaaaaaaa']).expect(400);
    for (const field of ['id', 'userId', 'tokenHash', 'createdAt', 'isStaff'])
      await ask(member.headers, 'post', '/me/tokens', {
        name: 'x',
        capabilities: ['containers.see'],
        [field]: 'x',
      }).expect(400);
  });

  it('need a person who proved a moment ago who they are', async () => {
    clock.advance(6 * MINUTE);
    const { body } = await ask(member.headers, 'post', '/me/tokens', {
      name: 'x',
      capabilities: ['containers.see'],
    }).expect(403);
    expect(body.code).toBe('step_up_required');
  });

  it('change nothing of the account: no token, no password, no step-up, no session, no profile', async () => {
    const { headers } = await aToken(app, member, { capabilities: ['containers.see'], grave: true });
    const refused: Array<[Verb, string, object?]> = [
      ['get', '/me/tokens'],
      ['post', '/me/tokens', { name: 'x', capabilities: ['containers.see'] }],
      ['put', '/me/password', { current: 'x', password: 'correct horse battery' }],
      ['post', '/me/step-up', { password: 'x' }],
      ['patch', '/me', { displayName: 'X' }],
      ['get', '/me/sessions'],
      ['delete', '/me/sessions'],
      ['post', '/sign-out'],
      ['delete', '/me/session'],
    ];
    for (const [verb, address, body] of refused) {
      const answer = await ask(headers, verb, address, body);
      expect({ address, status: answer.status, code: answer.body.code }).toEqual({
        address,
        status: 403,
        code: 'forbidden',
      });
    }
  });

  it('do what is grave only if they were made for that', async () => {
    const owner = await signIn(app);
    const wish = { capabilities: ['people.create', 'people.see'] as const };
    const plain = await aToken(app, owner, { capabilities: [...wish.capabilities] });
    const grave = await aToken(app, owner, { capabilities: [...wish.capabilities], grave: true });
    const person = (username: string) => ({ username, displayName: username });
    const { body } = await ask(plain.headers, 'post', '/users', person('alice')).expect(403);
    expect(body.code).toBe('step_up_required');
    clock.advance(10 * DAY);
    await ask(grave.headers, 'post', '/users', person('alice')).expect(201);
    await ask(grave.headers, 'delete', `/users/${member.user.id}`, {}).expect(403);
  });

  it('change nothing of their own person’s account, although they may of everybody else’s', async () => {
    const admin = await signIn(app, { platformRole: 'administrator' });
    const { headers } = await aToken(app, admin, { capabilities: ['people.update', 'people.see'], grave: true });
    await ask(headers, 'post', `/users/${member.user.id}/password-reset`, {}).expect(201);
    const { body } = await ask(headers, 'post', `/users/${admin.user.id}/password-reset`, {}).expect(403);
    expect(body.params.missing).toEqual(['account.manage']);
    await ask(headers, 'patch', `/users/${admin.user.id}`, { email: 'thief@example.com' }).expect(403);
    await ask(headers, 'delete', `/users/${admin.user.id}/two-factor`, {}).expect(403);
  });

  it('make nobody staff and change nobody who is: that would be a way to more than they were made for', async () => {
    const owner = await signIn(app);
    const colleague = await signIn(app, { username: 'adam', platformRole: 'administrator' });
    const { headers } = await aToken(app, owner, {
      capabilities: ['people.create', 'people.update', 'people.move', 'people.delete', 'people.see', 'people.sessions'],
      grave: true,
    });
    const missing = async (verb: Verb, address: string, body: object = {}) =>
      expect((await ask(headers, verb, address, body).expect(403)).body.params.missing).toEqual(['account.manage']);
    await missing('post', '/users', { username: 'eve', displayName: 'Eve', platformRole: 'administrator' });
    await missing('post', `/users/${member.user.id}/move`, { platformRole: 'owner' });
    await missing('post', `/users/${colleague.user.id}/password-reset`);
    await missing('patch', `/users/${colleague.user.id}`, { email: 'thief@example.com' });
    await missing('delete', `/users/${colleague.user.id}/two-factor`);
    await missing('delete', `/users/${colleague.user.id}`);
    await ask(headers, 'get', `/users/${colleague.user.id}`).expect(200);
    await ask(headers, 'post', '/users', { username: 'eve', displayName: 'Eve' }).expect(201);
  });

  it('are never more than their person is now', async () => {
    const admin = await signIn(app, { platformRole: 'administrator' });
    await signIn(app);
    const { headers } = await aToken(app, admin, { capabilities: ['audit.see', 'containers.see'] });
    await ask(headers, 'get', '/audit').expect(200);
    await changeRights(app, admin.user.id, { platformRole: 'member' });
    await ask(headers, 'get', '/audit').expect(403);
    await ask(headers, 'get', '/containers').expect(200);
    await changeRights(app, admin.user.id, { active: false });
    await ask(headers, 'get', '/containers').expect(401);
    await changeRights(app, admin.user.id, { active: true });
    await ask(headers, 'get', '/containers').expect(200);
  });

  it('go with their person to another tenant, and end with their person', async () => {
    const { headers } = await aToken(app, member, { capabilities: ['containers.see'] });
    const owner = await signIn(app);
    const { body } = await ask(owner.headers, 'post', '/tenants', { slug: 'acme', name: 'Acme' }).expect(201);
    const moves = app.app.get(AccountMovesService);
    const from = { tenantId: member.actor.tenantId, platformRole: 'member' as const };
    const to = { ...from, tenantId: body.item.id };
    await moves.copy(member.user.id, to);
    await moves.settle(member.user.id, { from, to }, () => Promise.resolve());
    expect((await ask(headers, 'get', '/me').expect(200)).body.tenant.slug).toBe('acme');
    await ask(owner.headers, 'post', '/tenants/acme/archive').expect(200);
    await ask(headers, 'get', '/me').expect(401);
    await ask(owner.headers, 'post', '/tenants/acme/restore').expect(200);
    await ask(headers, 'get', '/me').expect(200);
    await ask(owner.headers, 'delete', `/users/${member.user.id}`, {}).expect(204);
    await ask(headers, 'get', '/me').expect(401);
    expect(await app.app.get(Database).read('SELECT * FROM "api_tokens"', [])).toEqual([]);
  });

  it('end at their time to the millisecond, stay in the list as expired, and are forgotten later', async () => {
    const { headers, item } = await aToken(app, member, { capabilities: ['containers.see'], expiresInDays: 1 });
    clock.advance(DAY - 1);
    await ask(headers, 'get', '/me').expect(200);
    clock.advance(1);
    await ask(headers, 'get', '/me').expect(401);
    const again = await signIn(app, { platformRole: 'owner' });
    const of = `/users/${member.user.id}/tokens`;
    expect((await ask(again.headers, 'get', of).expect(200)).body.items).toMatchObject([
      { id: item.id, expired: true },
    ]);
    clock.advance(31 * DAY);
    const later = await signIn(app, { platformRole: 'owner' });
    await aToken(app, later, { capabilities: ['containers.see'] });
    expect((await ask(later.headers, 'get', of).expect(200)).body.items).toEqual([]);
  });

  it('remember when and from where they were last used, at most once a minute', async () => {
    const { headers } = await aToken(app, member, { capabilities: ['containers.see'] });
    const lastUse = async () => (await tokensOf(member))[0];
    const first = new Date(clock.now()).toISOString();
    await ask({ ...headers, 'x-forwarded-for': '203.0.113.7' }, 'get', '/me').expect(200);
    expect(await lastUse()).toMatchObject({ lastUsedAt: first, lastUsedAddress: '203.0.113.7' });
    clock.advance(59_000);
    await ask(headers, 'get', '/me').expect(200);
    expect(await lastUse()).toMatchObject({ lastUsedAt: first });
    clock.advance(2000);
    await ask(headers, 'get', '/me').expect(200);
    expect(await lastUse()).toMatchObject({ lastUsedAt: new Date(clock.now()).toISOString() });
  });

  it('are revoked by their person, or by staff, and by nobody else', async () => {
    const mine = await aToken(app, member, { capabilities: ['containers.see'] });
    const other = await signIn(app, { platformRole: 'member' });
    await ask(other.headers, 'delete', `/me/tokens/${mine.item.id}`).expect(404);
    await ask(other.headers, 'delete', `/users/${member.user.id}/tokens/${mine.item.id}`).expect(403);
    await ask(member.headers, 'delete', `/me/tokens/${mine.item.id}`).expect(204);
    await ask(mine.headers, 'get', '/me').expect(401);
    await ask(member.headers, 'delete', `/me/tokens/${mine.item.id}`).expect(404);
    const second = await aToken(app, member, { capabilities: ['containers.see'] });
    const admin = await signIn(app, { platformRole: 'administrator' });
    await ask(admin.headers, 'delete', `/users/${member.user.id}/tokens/${second.item.id}`).expect(204);
    await ask(second.headers, 'get', '/me').expect(401);
    const owner = await signIn(app);
    const owners = await aToken(app, owner, { capabilities: ['containers.see'] });
    await ask(admin.headers, 'delete', `/users/${owner.user.id}/tokens/${owners.item.id}`).expect(403);
    const actions = (await app.app.get(AuditService).list(owner.actor, { limit: 50 })).items.map(
      ({ action }) => action,
    );
    expect(actions).toEqual(expect.arrayContaining(['tokens.create', 'tokens.revoke']));
  });

  it('are refused beside a cookie, whichever of the two would hold', async () => {
    const { headers } = await aToken(app, member, { capabilities: ['containers.see'] });
    for (const cookie of [member.cookie, 'bw_session=nonsense']) {
      const { body } = await ask({ ...headers, cookie }, 'get', '/containers').expect(400);
      expect(body.params.issues).toEqual([expect.objectContaining({ code: 'two_credentials' })]);
    }
    // Also where the list is answered before the framework.
    await ask({ ...headers, cookie: member.cookie, 'if-none-match': '"x"' }, 'get', '/containers').expect(400);
    // A password of a proxy in front is none of our business.
    await ask({ cookie: member.cookie, authorization: 'Basic eDp5' }, 'get', '/containers').expect(200);
  });

  it('tell a typo from a token that is not known', async () => {
    const { token } = await aToken(app, member, { capabilities: ['containers.see'] });
    const typo = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
    const { body } = await ask(bearer(typo), 'get', '/me').expect(401);
    expect(body).toMatchObject({ code: 'unauthenticated', message: expect.stringContaining('mistyped') });
    const { item } = await aToken(app, member, { capabilities: ['containers.see'], name: 'gone' });
    await ask(member.headers, 'delete', `/me/tokens/${item.id}`).expect(204);
    for (const wrong of ['bw_', 'nonsense', 'a.b.c', member.cookie.split('=')[1] ?? ''])
      await ask(bearer(wrong), 'get', '/me').expect(401);
  });

  it('say that a list is unchanged, each by its own view', async () => {
    await owned('web');
    const { headers } = await aToken(app, member, { capabilities: ['containers.see'] });
    const { headers: answer } = await ask(headers, 'get', '/containers').expect(200);
    await ask({ ...headers, 'if-none-match': String(answer['etag']) }, 'get', '/containers').expect(304);
  });
});
