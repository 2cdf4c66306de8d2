import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditEvent, AuditList } from '@bailiwick/contract';
import request from 'supertest';
import { EntryPoints } from '../../src/foundation/access/entry-points.js';
import { type AuditEntry, AuditService } from '../../src/foundation/audit/audit.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { signIn, type SignedInPerson } from '../sign-in.js';

const API = '/api/v1';
const WEB = { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa', label: 'web 100%_a' };
const SHOP = { kind: 'container', id: 'ct_bbbbbbbbbbbbbbbb', label: 'Shop' };

describe('the audit trail, filtered', () => {
  let app: TestApp;
  let clock: ManualClock;
  let ada: SignedInPerson;
  let bob: SignedInPerson;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock });
    ada = await signIn(app, { username: 'ada' });
    bob = await signIn(app, { username: 'bob', platformRole: 'member' });
  });
  afterEach(() => app.close());

  const write = async (entry: Partial<AuditEntry>): Promise<void> => {
    await app.app
      .get(AuditService)
      .record(null, { actor: ada.actor, action: 'containers.start', target: WEB, outcome: 'done', ...entry });
    clock.advance(1000);
  };
  const get = async (address: string, who = ada): Promise<AuditEvent[]> =>
    AuditList.parse((await request(app.url).get(`${API}${address}`).set(who.headers).expect(200)).body).items;
  const actions = async (query: string) => (await get(`/audit?${query}`)).map(({ action }) => action);

  it('finds by time, person, action, noun, thing, tenant, outcome, door, address and part of a name', async () => {
    const token = { ...bob.actor, via: 'token' as const, address: '192.0.2.7' };
    await write({ action: 'containers.start' });
    await write({ action: 'people.update', target: { kind: 'user', id: bob.user.id, label: 'bob' } });
    await write({ action: 'people.create', actor: token, target: SHOP, outcome: 'failed' });
    await write({ action: 'connections.newAddress', target: null, actor: { kind: 'system', name: 'core' } });
    const tenant = bob.user.tenantId;
    const table: Array<[string, string[]]> = [
      ['since=2026-01-01T00:00:02.000Z', ['connections.newAddress', 'people.create']],
      ['since=2026-01-01T00:00:01.000Z&until=2026-01-01T00:00:02.000Z', ['people.update']],
      [`actor=${bob.user.id}`, ['people.create']],
      ['action=people.update', ['people.update']],
      ['action=people.', ['people.create', 'people.update']],
      ['targetKind=user', ['people.update']],
      [`target=${WEB.id}`, ['containers.start']],
      [`tenant=${tenant}`, ['people.create', 'people.update', 'containers.start']],
      ['outcome=failed', ['people.create']],
      ['via=token', ['people.create']],
      ['via=system', ['connections.newAddress']],
      ['address=192.0.2.7', ['people.create']],
      ['stream=connections', ['connections.newAddress']],
      ['stream=deeds', ['people.create', 'people.update', 'containers.start']],
      ['q=SHO', ['people.create']],
      ['q=100%25_', ['containers.start']],
      ['q=%25', ['containers.start']],
      ['action=people.&outcome=done', ['people.update']],
      [`actor=${ada.user.id}&via=token`, []],
    ];
    for (const [query, found] of table) expect([query, await actions(query)]).toEqual([query, found]);
  });

  it('goes on page by page with the filter it began with', async () => {
    for (let number = 1; number <= 5; number += 1) {
      await write({ action: `people.act${'abcde'[number - 1]}` });
      await write({ action: 'containers.start' });
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await request(app.url).get(`${API}/audit?action=people.&limit=2${cursor}`).set(ada.headers);
      const page = AuditList.parse(body);
      seen.push(...page.items.map(({ action }) => action));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual(['people.acte', 'people.actd', 'people.actc', 'people.actb', 'people.acta']);
  });

  it('gives one row by its id to staff only', async () => {
    await write({});
    const [event] = await get('/audit');
    const { body } = await request(app.url).get(`${API}/audit/${event?.id}`).set(ada.headers).expect(200);
    expect(body.item).toEqual(event);
    await request(app.url).get(`${API}/audit/${event?.id}`).set(bob.headers).expect(403);
  });

  it('shows people what they did and what was done to them, without where others came from', async () => {
    const admin = { ...ada.actor, address: '192.0.2.1' };
    await write({ actor: admin, action: 'people.update', target: { kind: 'user', id: bob.user.id, label: 'bob' } });
    await write({ actor: { ...bob.actor, address: '192.0.2.2' }, target: SHOP });
    await write({ target: WEB });
    const own = await get('/me/activity', bob);
    expect(own.map(({ action, address }) => [action, address])).toEqual([
      ['containers.start', '192.0.2.2'],
      ['people.update', null],
    ]);
    expect((await get('/audit')).map(({ address }) => address)).toEqual([null, '192.0.2.2', '192.0.2.1']);
  });

  it('shows staff the activity of somebody, with where everything came from, and nobody else', async () => {
    const admin = { ...ada.actor, address: '192.0.2.1' };
    await write({ actor: admin, action: 'people.update', target: { kind: 'user', id: bob.user.id, label: 'bob' } });
    await write({ actor: { ...bob.actor, address: '192.0.2.2' }, target: SHOP });
    await write({ target: WEB });
    const theirs = await get(`/users/${bob.user.id}/activity`);
    expect(theirs.map(({ action, address }) => [action, address])).toEqual([
      ['containers.start', '192.0.2.2'],
      ['people.update', '192.0.2.1'],
    ]);
    await request(app.url).get(`${API}/users/${bob.user.id}/activity`).set(bob.headers).expect(403);
    expect(await get('/users/usr_aaaaaaaaaaaaaaaa/activity')).toEqual([]);
  });

  it('says from where and by which door a request came', async () => {
    await request(app.url).patch(`${API}/me`).set(bob.headers).send({ displayName: 'Robert' }).expect(204);
    const [event] = await get('/audit');
    expect(event).toMatchObject({
      action: 'account.update',
      via: 'panel',
      address: expect.stringMatching(/127\.0\.0\.1$/),
    });
  });

  it('has no way to change a row or take one out', async () => {
    await write({});
    const [event] = await get('/audit');
    const ways = app.app
      .get(EntryPoints)
      .list()
      .map(({ name }) => name)
      .filter((name) => / audit\b/.test(name) && !name.startsWith('GET '));
    expect(ways).toEqual(['POST audit/exports']);
    for (const verb of ['put', 'patch', 'delete', 'post'] as const)
      await request(app.url)[verb](`${API}/audit/${event?.id}`).set(ada.headers).send({}).expect(404);
    expect(await get('/audit')).toEqual([event]);
  });
});
