import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditEvent, AuditList } from '@bailiwick/contract';
import request from 'supertest';
import { AuditVerificationService } from '../../src/foundation/audit/audit-verification.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const API = '/api/v1';
const MINUTE = 60_000;

describe('refusals', () => {
  let app: TestApp;
  let clock: ManualClock;
  let owner: SignedInPerson;
  let member: SignedInPerson;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock });
    owner = await signIn(app);
    member = await signIn(app, { platformRole: 'member', username: 'mia' });
  });
  afterEach(() => app.close());

  const trail = async (query = ''): Promise<AuditEvent[]> =>
    AuditList.parse((await request(app.url).get(`${API}/audit?limit=200${query}`).set(owner.headers)).body).items;
  const refusals = async (count: number): Promise<AuditEvent[]> => {
    await until(async () => (await trail('&outcome=refused')).length >= count);
    return trail('&outcome=refused');
  };

  it('of the guard leave a row with the capability, the route and where it came from', async () => {
    const { body } = await request(app.url).get(`${API}/users`).set(member.headers).expect(403);
    expect(await refusals(1)).toEqual([
      expect.objectContaining({
        actor: { kind: 'user', id: member.user.id, name: 'mia' },
        action: 'people.see',
        outcome: 'refused',
        via: 'panel',
        address: expect.stringContaining('127.0.0.1'),
        requestId: body.requestId,
        details: { capability: 'people.see', route: 'GET users', code: 'forbidden', count: 1 },
      }),
    ]);
  });

  it('of a service, of a step-up and of a missing CSRF token leave one each', async () => {
    const viewer = await signIn(app, { platformRole: 'viewer' });
    const { id } = await ownedOnEngine(app, viewer.user, { name: 'web' });
    await request(app.url).get(`${API}/containers/${id}/inspect`).set(member.headers).expect(403);
    await request(app.url).patch(`${API}/me`).set('cookie', member.cookie).send({ displayName: 'M' }).expect(403);
    clock.advance(10 * MINUTE);
    await request(app.url)
      .post(`${API}/users/${member.user.id}/move`)
      .set(owner.headers)
      .send({ platformRole: 'viewer' })
      .expect(403);
    const found = (await refusals(3)).map(({ action, target, details }) => [action, details['code'], target?.id]);
    expect(found).toEqual([
      ['people.move', 'step_up_required', member.user.id],
      ['account.manage', 'csrf_failed', undefined],
      ['containers.inspect', 'forbidden', id],
    ]);
  });

  it('of a topic over a socket leave one as well', async () => {
    const client = await LiveClient.connect(app, member);
    expect(await client.ask({ topic: 'people' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    client.close();
    expect(await refusals(1)).toMatchObject([
      {
        actor: { id: member.user.id },
        action: 'people.see',
        details: { capability: 'people.see', route: 'JOIN people', code: 'forbidden' },
      },
    ]);
  });

  it('of one kind are two rows a minute, however often they are tried', async () => {
    for (let tries = 0; tries < 25; tries += 1)
      await request(app.url).get(`${API}/users`).set(member.headers).expect(403);
    expect((await refusals(1)).map(({ details }) => details['count'])).toEqual([1]);
    clock.advance(MINUTE);
    expect((await refusals(2)).map(({ details }) => details['count'])).toEqual([24, 1]);
  });

  it('of many kinds are bounded for each person', async () => {
    const ids = Array.from({ length: 60 }, (_, number) => `usr_${'abcdefghijklmnopqrstuvwxyz234567'[number % 32]}${number < 32 ? 'a' : 'b'}${'a'.repeat(14)}`); // prettier-ignore
    for (const id of ids) await request(app.url).get(`${API}/users/${id}`).set(member.headers).expect(403);
    clock.advance(MINUTE);
    const found = await refusals(32);
    expect(found).toHaveLength(32);
    expect(found[0]).toMatchObject({ action: 'access.refused', details: { count: 29 } });
  });

  it('are not written for who is not signed in, nor for what does not exist for them', async () => {
    await request(app.url).get(`${API}/users`).expect(401);
    await request(app.url).get(`${API}/containers/ct_aaaaaaaaaaaaaaaa`).set(member.headers).expect(404);
    await request(app.url).get(`${API}/audit`).set(member.headers).expect(403);
    expect((await refusals(1)).map(({ action }) => action)).toEqual(['audit.see']);
  });

  it('that wait for the end of their minute are written when the core stops', async () => {
    await app.close();
    const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-refusals-'));
    app = await startApp({ clock, storageDir });
    member = await signIn(app, { platformRole: 'member' });
    for (let tries = 0; tries < 5; tries += 1)
      await request(app.url).get(`${API}/users`).set(member.headers).expect(403);
    await request(app.url).get(`${API}/users`).expect(401);
    await app.close();
    app = await startApp({ clock, storageDir });
    owner = await signIn(app);
    expect((await trail()).map(({ action, details }) => [action, details['count']])).toEqual([
      ['connections.unauthenticated', 1],
      ['people.see', 4],
      ['people.see', 1],
    ]);
    expect((await app.app.get(AuditVerificationService).verify()).faults).toEqual([]);
    rmSync(storageDir, { recursive: true, force: true });
  });

  it('20 distinct actions give 20 rows, refused or done', async () => {
    const refused = ['users', 'tenants', 'roles', 'audit', 'core-log', 'users/usr_aaaaaaaaaaaaaaaa/sessions'];
    for (const address of refused) await request(app.url).get(`${API}/${address}`).set(member.headers).expect(403);
    const { id } = await ownedOnEngine(app, owner.user, { name: 'web' });
    const act = (verb: 'post' | 'put' | 'patch' | 'delete', address: string, body: object = {}) =>
      request(app.url)[verb](`${API}/${address}`).set(owner.headers).send(body);
    await act('post', `containers/${id}/stop`);
    await act('post', `containers/${id}/start`);
    await act('post', `containers/${id}/restart`);
    await act('post', `containers/${id}/pause`);
    await act('post', `containers/${id}/unpause`);
    await act('post', `containers/${id}/kill`);
    await act('put', `containers/${id}/name`, { name: 'shop' });
    await act('post', 'tenants', { slug: 'acme', name: 'Acme' }).expect(201);
    await act('put', 'tenants/acme/name', { name: 'Acme Ltd' }).expect(200);
    await act('post', 'tenants/acme/archive').expect(200);
    await act('post', 'tenants/acme/restore').expect(200);
    const { body } = await act('post', 'users', { tenant: 'acme', username: 'zoe', displayName: 'Zoe' }).expect(201);
    await act('patch', `users/${body.item.id}`, { displayName: 'Zoë' }).expect(200);
    await act('patch', 'me', { displayName: 'Owner' }).expect(204);
    await refusals(refused.length);
    const results = (await trail()).filter(({ outcome }) => outcome !== 'intent');
    expect(new Set(results.map(({ action }) => action)).size).toBe(20);
    expect(results).toHaveLength(20);
  });
});
