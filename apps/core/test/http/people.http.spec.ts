import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ImportReport, User, UserList } from '@bailiwick/contract';
import request from 'supertest';
import { AccountMovesService } from '../../src/foundation/identity/account-moves.service.js';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { ownedOnEngine } from '../owned-container.js';
import { changeRights } from '../people.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const API = '/api/v1';
const PASSWORD = 'correct horse battery staple';
const MINUTE = 60_000;

describe('people', () => {
  let app: TestApp;
  let clock: ManualClock;
  let owner: SignedInPerson;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock });
    owner = await signIn(app);
  });
  afterEach(() => app.close());

  type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
  const ask = (who: SignedInPerson, verb: Verb, address: string, body?: object) => {
    const asked = request(app.url)[verb](`${API}${address}`).set(who.headers);
    return body === undefined ? asked : asked.send(body);
  };
  const tenant = async (slug: string) =>
    (await ask(owner, 'post', '/tenants', { slug, name: slug.toUpperCase() }).expect(201)).body.item;
  const create = async (wish: object) =>
    User.parse((await ask(owner, 'post', '/users', { displayName: 'Alice', username: 'alice', ...wish }).expect(201)).body.item); // prettier-ignore
  const enter = (username: string, password: string, tenantSlug?: string) =>
    request(app.url)
      .post(`${API}/sign-in`)
      .send({ username, password, ...(tenantSlug === undefined ? {} : { tenant: tenantSlug }) });
  const done = async (operationId: string) => {
    const read = async () => (await ask(owner, 'get', `/operations/${operationId}`)).body;
    await until(async () => ['done', 'failed', 'cancelled'].includes((await read()).state));
    return read();
  };
  const actions = async () => (await app.app.get(AuditService).list(owner.actor, { limit: 100 })).items.map(({ action, outcome }) => `${action} ${outcome}`); // prettier-ignore

  it('of one name in two tenants are two, each with a file, a password and a session of their own', async () => {
    await tenant('acme');
    await tenant('beta');
    const acme = await create({ tenant: 'acme', password: PASSWORD });
    const beta = await create({ tenant: 'beta', password: `${PASSWORD} too` });
    expect(acme.id).not.toBe(beta.id);
    expect((await enter('alice', PASSWORD, 'acme').expect(200)).body.user.id).toBe(acme.id);
    expect((await enter('alice', `${PASSWORD} too`, 'beta').expect(200)).body.user.id).toBe(beta.id);
    await enter('alice', PASSWORD, 'beta').expect(401);
    // Whose door it is cannot be guessed, so nobody is let in.
    await enter('alice', PASSWORD).expect(401);
    if (app.config.BAILIWICK_DATABASE_URL) return;
    const files = readdirSync(path.join(app.config.storageDir, 'databases', 'clients'));
    expect(files).toEqual(expect.arrayContaining(['acme.db', 'beta.db']));
  });

  it('who are the only ones of their name are found without naming a tenant', async () => {
    await tenant('acme');
    const { id } = await create({ tenant: 'acme', password: PASSWORD });
    expect((await enter('Alice', PASSWORD).expect(200)).body).toMatchObject({ user: { id }, tenant: { slug: 'acme' } });
  });

  it.each(['../x', 'a/b', '.hidden', 'A', 'x'.repeat(41), ''])('never come to a tenant called %j', async (slug) => {
    const { body } = await ask(owner, 'post', '/tenants', { slug, name: 'X' }).expect(400);
    expect(body.params.issues[0].path).toBe('slug');
    expect(existsSync(path.join(app.config.storageDir, 'databases', 'x.db'))).toBe(false);
  });

  it('are listed across all tenants, filtered and in the order of names', async () => {
    await tenant('acme');
    await create({ tenant: 'acme', username: 'zoe', displayName: 'Zoe' });
    await create({ username: 'adam', displayName: 'Adam', email: 'adam@example.test' });
    const list = async (query = '') => {
      const { body } = await ask(owner, 'get', `/users${query}`).expect(200);
      return UserList.parse(body).items.map(({ username }) => username);
    };
    expect(await list()).toEqual(expect.arrayContaining(['adam', 'zoe', owner.user.username]));
    expect(await list('?tenant=acme')).toEqual(['zoe']);
    expect(await list('?q=adam@example')).toEqual(['adam']);
    expect(await list('?role=owner')).toEqual([owner.user.username]);
    expect(await list('?state=disabled')).toEqual([]);
    expect(await list('?tenant=nowhere')).toEqual([]);
    const { body, headers } = await ask(owner, 'get', '/users?limit=1').expect(200);
    expect(body.items).toHaveLength(1);
    expect((await ask(owner, 'get', `/users?limit=5000&cursor=${body.nextCursor}`)).body.items).toHaveLength(2);
    await ask(owner, 'get', '/users?limit=1').set('if-none-match', String(headers['etag'])).expect(304);
  });

  it('keep password and session over a rename, and nobody takes a name twice', async () => {
    const alice = await create({ password: PASSWORD });
    await create({ username: 'bob' });
    const { headers } = await enter('alice', PASSWORD).expect(200);
    await ask(owner, 'patch', `/users/${alice.id}`, { username: 'bob' }).expect(409);
    await ask(owner, 'patch', `/users/${alice.id}`, { username: 'alicia', displayName: 'Alicia' }).expect(200);
    await enter('alicia', PASSWORD).expect(200);
    await enter('alice', PASSWORD).expect(401);
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    expect((await request(app.url).get(`${API}/me`).set({ cookie }).expect(200)).body.user.username).toBe('alicia');
  });

  it('who are disabled are out at once and stay out', async () => {
    const alice = await create({ password: PASSWORD });
    const { headers } = await enter('alice', PASSWORD).expect(200);
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    await ask(owner, 'patch', `/users/${alice.id}`, { active: false }).expect(200);
    await request(app.url).get(`${API}/me`).set({ cookie }).expect(401);
    await enter('alice', PASSWORD).expect(401);
    await ask(owner, 'patch', `/users/${alice.id}`, { active: true }).expect(200);
    await enter('alice', PASSWORD).expect(200);
  });

  it('carry a role of the catalogue, and what it is counts on their next request', async () => {
    const alice = await create({ password: PASSWORD });
    await ask(owner, 'patch', `/users/${alice.id}`, { roleTag: 'juggler' }).expect(400);
    await ask(owner, 'put', '/roles/juggler', { description: 'Keeps many things in the air.' }).expect(200);
    await ask(owner, 'patch', `/users/${alice.id}`, { roleTag: 'juggler' }).expect(200);
    const { items } = (await ask(owner, 'get', '/roles').expect(200)).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['admin', 'developer', 'juggler', 'maintainer', 'moderator', 'none', 'observer', 'operator', 'tester', 'user']); // prettier-ignore
    expect(items.find(({ name }: { name: string }) => name === 'juggler').people).toBe(1);
    await ask(owner, 'delete', '/roles/juggler').expect(409);
    await ask(owner, 'patch', `/users/${alice.id}`, { roleTag: null }).expect(200);
    await ask(owner, 'delete', '/roles/juggler').expect(204);
  });

  it('move to another tenant with password, session, tag and what they own, and are in one only', async () => {
    await tenant('acme');
    await tenant('beta');
    const alice = await create({ tenant: 'acme', password: PASSWORD, roleTag: 'developer' });
    const { headers } = await enter('alice', PASSWORD, 'acme').expect(200);
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    const seen = await ownedOnEngine(
      app,
      { ...alice, tenantId: alice.tenant.id },
      { name: 'hers', image: 'nginx:stable' },
    );
    const { body } = await ask(owner, 'post', `/users/${alice.id}/move`, { tenant: 'beta' }).expect(202);
    expect(await done(body.operation.id)).toMatchObject({ state: 'done' });
    await enter('alice', PASSWORD, 'beta').expect(200);
    await enter('alice', PASSWORD, 'acme').expect(401);
    const mine = await request(app.url).get(`${API}/containers`).set({ cookie }).expect(200);
    expect(mine.body.items).toMatchObject([{ id: seen.id, name: 'hers' }]);
    const { items } = (await ask(owner, 'get', '/users?q=alice')).body;
    expect(items).toMatchObject([{ id: alice.id, roleTag: 'developer', tenant: { slug: 'beta' } }]);
  });

  it('become staff and are staff no more by a move between the databases', async () => {
    const alice = await create({ password: PASSWORD });
    const promote = await ask(owner, 'post', `/users/${alice.id}/move`, { platformRole: 'administrator' }).expect(202);
    expect(await done(promote.body.operation.id)).toMatchObject({ state: 'done' });
    expect((await enter('alice', PASSWORD).expect(200)).body.user.platformRole).toBe('administrator');
    const demote = await ask(owner, 'post', `/users/${alice.id}/move`, { platformRole: 'viewer' }).expect(202);
    await done(demote.body.operation.id);
    expect((await enter('alice', PASSWORD).expect(200)).body.user.platformRole).toBe('viewer');
    await ask(owner, 'post', `/users/${alice.id}/move`, { platformRole: 'viewer' }).expect(409);
  });

  it('are not made what was asked of who they were before', async () => {
    const alice = await create({ password: PASSWORD });
    const moves = app.app.get(AccountMovesService);
    const from = { tenantId: alice.tenant.id, platformRole: 'member' } as const;
    const to = { ...from, platformRole: 'viewer' } as const;
    await moves.copy(alice.id, to);
    await changeRights(app, alice.id, { platformRole: 'administrator' });
    await expect(moves.settle(alice.id, { from, to }, () => Promise.resolve())).rejects.toMatchObject({
      code: 'wrong_state',
    });
    expect((await ask(owner, 'get', `/users/${alice.id}`)).body.item.platformRole).toBe('administrator');
  });

  it('go with all that was theirs, and a namesake inherits nothing', async () => {
    const alice = await create({ password: PASSWORD, roleTag: 'admin' });
    const { headers } = await enter('alice', PASSWORD).expect(200);
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    await ask(owner, 'delete', `/users/${alice.id}`, {}).expect(204);
    await request(app.url).get(`${API}/me`).set({ cookie }).expect(401);
    await ask(owner, 'get', `/users/${alice.id}`).expect(404);
    const namesake = await create({ password: `${PASSWORD} new` });
    expect(namesake).toMatchObject({ roleTag: null, platformRole: 'member' });
    await enter('alice', PASSWORD).expect(401);
    expect((await ask(owner, 'get', `/users/${namesake.id}/sessions`)).body.items).toEqual([]);
  });

  it('who own something go only once it is said who gets it', async () => {
    const alice = await create({});
    const bob = await create({ username: 'bob', displayName: 'Bob' });
    const { id } = await ownedOnEngine(
      app,
      { ...alice, tenantId: alice.tenant.id },
      { name: 'hers', image: 'nginx:stable' },
    );
    const preview = await ask(owner, 'get', `/users/${alice.id}/delete-preview`).expect(200);
    expect(preview.body.owns).toEqual([{ kind: 'container', id, name: 'hers' }]);
    const refused = await ask(owner, 'delete', `/users/${alice.id}`, {}).expect(409);
    expect(refused.body).toMatchObject({ code: 'owns_things', params: { count: 1, names: ['hers'] } });
    await ask(owner, 'delete', `/users/${alice.id}`, { transferTo: bob.id }).expect(204);
    await until(async () => (await ask(owner, 'get', `/containers/${id}`)).body.owner?.displayName === 'Bob');
  });

  describe('and who may change them', () => {
    it('is staff; an administrator leaves owners alone and makes none', async () => {
      const administrator = await signIn(app, { platformRole: 'administrator' });
      const alice = await create({});
      await ask(administrator, 'patch', `/users/${alice.id}`, { displayName: 'A' }).expect(200);
      const refused = await ask(administrator, 'patch', `/users/${owner.user.id}`, { active: false }).expect(403);
      expect(refused.body.params).toMatchObject({ missing: ['people.ownership'], grantedBy: ['owner'] });
      await ask(administrator, 'post', `/users/${alice.id}/move`, { platformRole: 'owner' }).expect(403);
      await ask(administrator, 'post', '/users', { username: 'eve', displayName: 'Eve', platformRole: 'owner' }).expect(403); // prettier-ignore
      await ask(administrator, 'delete', `/users/${owner.user.id}`, {}).expect(403);
    });

    it('is nobody else, not even for themselves', async () => {
      const member = await signIn(app, { platformRole: 'member' });
      await ask(member, 'get', '/users').expect(403);
      await ask(member, 'patch', `/users/${member.user.id}`, { roleTag: 'admin' }).expect(403);
      await ask(member, 'post', `/users/${member.user.id}/move`, { platformRole: 'owner' }).expect(403);
    });

    it('does not remove, move or disable themselves', async () => {
      await signIn(app);
      for (const [verb, rest, body] of [
        ['delete', '', {}],
        ['post', '/move', { platformRole: 'member' }],
        ['patch', '', { active: false }],
      ] as const) {
        const { body: told } = await ask(owner, verb, `/users/${owner.user.id}${rest}`, body).expect(409);
        expect(told.code).toBe('self_protection');
      }
    });

    it('has proved within five minutes who they are', async () => {
      clock.advance(5 * MINUTE);
      const wish = { username: 'eve', displayName: 'Eve' };
      const { body } = await ask(owner, 'post', '/users', wish).expect(403);
      expect(body.code).toBe('step_up_required');
      const known = await signIn(app, { password: PASSWORD, username: 'root' });
      clock.advance(5 * MINUTE);
      await ask(known, 'post', '/users', wish).expect(403);
      await ask(known, 'post', '/me/step-up', { password: 'wrong' }).expect(401);
      await ask(known, 'post', '/users', wish).expect(403);
      await ask(known, 'post', '/me/step-up', { password: PASSWORD }).expect(204);
      await ask(known, 'post', '/users', wish).expect(201);
      expect(await actions()).toEqual(expect.arrayContaining(['account.stepUp refused', 'account.stepUp done']));
    });

    it.each(['id', 'tenantId', 'rightsVersion', 'passwordHash', 'createdAt', '__proto__'])(
      'cannot set the field %s',
      async (field) => {
        const alice = await create({});
        const body = JSON.parse(`{"displayName":"A","${field}":"x"}`);
        const { body: told } = await ask(owner, 'patch', `/users/${alice.id}`, body).expect(400);
        expect(['invalid_request']).toContain(told.code);
      },
    );
  });

  it('lose every other session with a new password, and the old one is over', async () => {
    const alice = await signIn(app, { platformRole: 'member', username: 'alice', password: PASSWORD });
    const other = await openSession(app, alice.user);
    await ask(alice, 'put', '/me/password', { current: 'wrong', password: 'a quite different phrase' }).expect(401);
    await ask(alice, 'put', '/me/password', { current: PASSWORD, password: 'password1234' }).expect(400);
    await ask(alice, 'put', '/me/password', { current: PASSWORD, password: 'a quite different phrase' }).expect(204);
    await ask(alice, 'get', '/me').expect(200);
    await ask(other, 'get', '/me').expect(401);
    await enter('alice', PASSWORD).expect(401);
    await enter('alice', 'a quite different phrase').expect(200);
  });

  it('see where they are signed in and end it', async () => {
    const alice = await signIn(app, { platformRole: 'member', username: 'alice' });
    const other = await openSession(app, alice.user);
    const { items } = (await ask(alice, 'get', '/me/sessions').expect(200)).body;
    expect(items).toHaveLength(2);
    expect(items.filter(({ current }: { current: boolean }) => current)).toMatchObject([{ id: alice.actor.sessionId }]);
    await ask(alice, 'delete', `/me/sessions/${owner.actor.sessionId}`).expect(404);
    await ask(alice, 'delete', `/me/sessions/${other.actor.sessionId}`).expect(204);
    await ask(other, 'get', '/me').expect(401);
    await openSession(app, alice.user);
    await ask(alice, 'delete', '/me/sessions').expect(204);
    expect((await ask(alice, 'get', '/me/sessions')).body.items).toHaveLength(1);
    await ask(owner, 'delete', `/users/${alice.user.id}/sessions`).expect(204);
    await ask(alice, 'get', '/me').expect(401);
  });

  it('come from a table: first it is said what would happen, then it happens', async () => {
    await create({ username: 'there' });
    const csv = [
      'username,displayName,email,platformRole',
      'carol,Carol C,carol@example.test,',
      'there,Already,,',
      'No Good,Bad name,,',
      'dave,"Dave, the ""D""",not-an-address,',
      'carol,Twice,,',
    ].join('\r\n');
    const dry = ImportReport.parse((await ask(owner, 'post', '/users/import', { csv }).expect(200)).body);
    expect(dry.created).toBe(0);
    expect(dry.rows.map(({ line, username, outcome }) => [line, username, outcome])).toEqual([
      [2, 'carol', 'create'],
      [3, 'there', 'exists'],
      [4, 'no good', 'invalid'],
      [5, 'dave', 'invalid'],
      [6, 'carol', 'invalid'],
    ]);
    expect((await ask(owner, 'get', '/users?q=carol')).body.items).toEqual([]);
    const real = await ask(owner, 'post', '/users/import', { csv, dryRun: false }).expect(200);
    expect(real.body.created).toBe(1);
    expect((await ask(owner, 'get', '/users?q=carol')).body.items).toMatchObject([{ displayName: 'Carol C' }]);
    await ask(owner, 'post', '/users/import', { csv: 'name,shoe size\nx,42' }).expect(400);
    await ask(owner, 'post', '/users/import', { csv: 'username\n"broken' }).expect(400);
  });

  it('of an archived tenant cannot sign in until it is restored', async () => {
    await tenant('acme');
    await create({ tenant: 'acme', password: PASSWORD });
    const { headers } = await enter('alice', PASSWORD, 'acme').expect(200);
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    await ask(owner, 'post', '/tenants/acme/archive').expect(200);
    await request(app.url).get(`${API}/me`).set({ cookie }).expect(401);
    await enter('alice', PASSWORD, 'acme').expect(401);
    await ask(owner, 'post', '/users', { tenant: 'acme', username: 'bob', displayName: 'B' }).expect(409);
    await ask(owner, 'post', '/tenants/acme/restore').expect(200);
    await enter('alice', PASSWORD, 'acme').expect(200);
    await ask(owner, 'post', '/tenants/default/archive').expect(409);
    await ask(owner, 'put', '/tenants/acme/name', { name: 'Acme Ltd' }).expect(200);
    expect((await ask(owner, 'get', '/tenants/acme')).body.item).toMatchObject({ name: 'Acme Ltd', people: 1 });
  });

  it('leave a trace of every change, with what it was before', async () => {
    const alice = await create({});
    await ask(owner, 'patch', `/users/${alice.id}`, { displayName: 'Alicia' }).expect(200);
    await ask(owner, 'delete', `/users/${alice.id}`, {}).expect(204);
    expect(await actions()).toEqual(['people.delete done', 'people.update done', 'people.create done']);
    const { items } = await app.app.get(AuditService).list(owner.actor, { limit: 10 });
    expect(items[1]).toMatchObject({
      actor: { id: owner.user.id },
      target: { kind: 'user', id: alice.id, label: 'alice' },
      details: { displayName: { from: 'Alice', to: 'Alicia' } },
    });
  });
});
