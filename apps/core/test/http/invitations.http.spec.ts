import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvitationAnswer } from '@bailiwick/contract';
import request from 'supertest';
import { Invitation } from '../../src/foundation/identity/invitation.entity.js';
import { MailRow } from '../../src/foundation/mail/mail.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { TenantDatabases } from '../../src/kernel/database/tenant-databases.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { SmtpSink, type TakenMail } from '../smtp-sink.js';
import { until } from '../until.js';

const API = '/api/v1';
const PASSWORD = 'purple lantern gravel thirty';
const DAY = 24 * 3_600_000;
const EMAIL = 'eve@example.org';

const tokenIn = ({ text }: Pick<TakenMail, 'text'>): string => /\/invite#(\S+)/.exec(text)?.[1] ?? '';

describe('invitations', () => {
  let app: TestApp;
  let clock: ManualClock;
  let sink: SmtpSink;
  let owner: SignedInPerson;
  beforeEach(async () => {
    clock = new ManualClock();
    sink = await SmtpSink.start();
    app = await startApp({ clock, env: { ...sink.env, BAILIWICK_SESSION_IDLE_MIN: '1440' } });
    owner = await signIn(app);
    await as(owner, 'post', '/tenants', { slug: 'acme', name: 'Acme' }).expect(201);
  });
  afterEach(async () => {
    await app.close();
    await sink.close();
  });

  const as = (who: SignedInPerson, verb: 'get' | 'post' | 'delete', address: string, body?: object) => {
    const asked = request(app.url)[verb](`${API}${address}`).set(who.headers);
    return body === undefined ? asked : asked.send(body);
  };
  const invite = (more: object = {}, who = owner) =>
    as(who, 'post', '/invitations', { email: EMAIL, tenant: 'acme', ...more });
  const invited = async (more: object = {}) => InvitationAnswer.parse((await invite(more).expect(201)).body);
  const look = (token: string) => request(app.url).post(`${API}/invitations/look`).send({ token });
  const accept = (token: string, more: object = {}) =>
    request(app.url)
      .post(`${API}/invitations/accept`)
      .send({ token, username: 'eve', displayName: 'Eve', password: PASSWORD, ...more });
  const byLink = async (more: object = {}) => {
    const { item, url } = await invited({ by: 'link', ...more });
    return { item, token: tokenIn({ text: url ?? '' }) };
  };
  const listed = async () => (await as(owner, 'get', '/invitations').expect(200)).body.items;
  const enter = (username: string, tenant?: string) =>
    request(app.url)
      .post(`${API}/sign-in`)
      .send({ username, password: PASSWORD, ...(tenant ? { tenant } : {}) });

  it('goes out by mail, and makes the account that was meant, with an address that counts as theirs', async () => {
    const { item, url } = await invited({ roleTag: 'developer' });
    expect(url).toBeNull();
    expect(item).toMatchObject({ state: 'open', email: EMAIL, platformRole: 'member', tenant: { slug: 'acme' } });
    const mail = await sink.mailTo(EMAIL);
    expect(mail.subject).toBe('You are invited to Bailiwick');
    const token = tokenIn(mail);
    expect((await look(token).expect(200)).body).toMatchObject({
      email: EMAIL,
      tenant: { slug: 'acme', name: 'Acme' },
      platformRole: 'member',
      invitedBy: owner.user.displayName,
    });
    await accept(token).expect(204);
    await enter('eve', 'acme').expect(200);
    const { body } = await as(owner, 'get', '/users?q=eve').expect(200);
    expect(body.items).toMatchObject([
      { username: 'eve', email: EMAIL, emailVerified: true, roleTag: 'developer', tenant: { slug: 'acme' } },
    ]);
    expect(await listed()).toMatchObject([{ id: item.id, state: 'accepted', acceptedBy: body.items[0].id }]);
    const { body: trail } = await as(owner, 'get', '/audit?limit=20').expect(200);
    const actions = trail.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['invitations.create', 'invitations.accept']));
  });

  it('makes staff in the system’s database', async () => {
    const { token } = await byLink({ platformRole: 'administrator', tenant: 'default' });
    await accept(token).expect(204);
    const { body } = await as(owner, 'get', '/users?q=eve').expect(200);
    expect(body.items).toMatchObject([{ platformRole: 'administrator' }]);
    expect(await app.app.get(Database).repository(Invitation).countBy({ state: 'accepted' })).toBe(1);
  });

  it('works once, also when twenty come at the same time', async () => {
    const { token } = await byLink();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => accept(token, { username: `eve-${index}` })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.every((status) => [204, 409, 410, 503].includes(status))).toBe(true);
    expect((await as(owner, 'get', '/users?q=eve')).body.items).toHaveLength(1);
    for (const again of [await accept(token), await look(token)]) {
      expect(again.status).toBe(410);
      expect(again.body.code).toBe('invitation_invalid');
    }
  });

  it('is good for the days that were said', async () => {
    const { token } = await byLink({ days: 2 });
    clock.advance(2 * DAY - 1);
    await look(token).expect(200);
    clock.advance(1);
    await accept(token).expect(410);
    owner = await signIn(app);
    expect(await listed()).toMatchObject([{ state: 'expired' }]);
  });

  it('opens nothing once it is withdrawn', async () => {
    const { item, token } = await byLink();
    await as(owner, 'delete', `/invitations/${item.id}`).expect(204);
    await accept(token).expect(410);
    await as(owner, 'delete', `/invitations/${item.id}`).expect(409);
    await as(owner, 'post', `/invitations/${item.id}/resend`, {}).expect(409);
    expect(await listed()).toMatchObject([{ state: 'revoked', rights: { can: [] } }]);
  });

  it('is sent again with a new link and its days from now on; the link before is worth nothing', async () => {
    const { item } = await invited({ days: 1 });
    const first = tokenIn(await sink.mailTo(EMAIL));
    clock.advance(DAY);
    owner = await signIn(app);
    const { body } = await as(owner, 'post', `/invitations/${item.id}/resend`, {}).expect(200);
    expect(body).toMatchObject({ url: null, item: { state: 'open' } });
    const second = tokenIn(await sink.mailTo(EMAIL, 2));
    await accept(first).expect(410);
    await accept(second).expect(204);
  });

  it('is handed over as a link where no mail server is set up', async () => {
    await app.close();
    app = await startApp({ clock });
    owner = await signIn(app);
    const { body } = await invite({ tenant: 'default' }).expect(201);
    expect(body.url).toMatch(/^http:\/\/127\.0\.0\.1:5000\/invite#ten_/);
    await accept(tokenIn({ text: body.url })).expect(204);
    expect((await invite({ tenant: 'default', email: 'b@example.org', by: 'mail' }).expect(409)).body.code).toBe('mail_not_configured'); // prettier-ignore
  });

  it('opens nothing with a letter changed, with the id of another, or at another tenant', async () => {
    const { item, token } = await byLink();
    const other = await byLink({ email: 'bob@example.org' });
    const [where, id, secret = ''] = token.split('.');
    const { body: tenants } = await as(owner, 'get', '/tenants');
    const elsewhere = tenants.items.find(({ slug }: { slug: string }) => slug === 'default').id;
    const changed = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'Q' : 'A'}`;
    for (const wrong of [
      `${where}.${id}.${changed}`,
      `${where}.${other.item.id}.${secret}`,
      `${elsewhere}.${id}.${secret}`,
      `system.${id}.${secret}`,
    ])
      await accept(wrong).expect(410);
    await accept('x').expect(400);
    await accept(token).expect(204);
    expect(item.tenant.slug).toBe('acme');
  });

  it('decides what the account may do, whatever is sent along', async () => {
    const { token } = await byLink();
    for (const extra of [
      { platformRole: 'owner' },
      { email: 'x@example.org' },
      { tenantId: 'x' },
      { roleTag: 'admin' },
    ])
      await accept(token, extra).expect(400);
    await accept(token, { password: 'password password' }).expect(400);
    await accept(token).expect(204);
  });

  it('keeps a taken name out, and is still good', async () => {
    await as(owner, 'post', '/users', { tenant: 'acme', username: 'eve', displayName: 'Other' }).expect(201);
    const { token } = await byLink();
    expect((await accept(token).expect(409)).body.code).toBe('name_taken');
    await accept(token, { username: 'eva' }).expect(204);
  });

  it('is refused for an address somebody has or that is invited already', async () => {
    await byLink();
    expect((await invite().expect(409)).body.code).toBe('name_taken');
    await as(owner, 'post', '/users', { tenant: 'acme', username: 'bob', displayName: 'Bob', email: 'bob@example.org' }).expect(201); // prettier-ignore
    await invite({ email: 'BOB@example.org' }).expect(409);
    // Another tenant is another ground.
    await invite({ tenant: 'default' }).expect(201);
  });

  it('gives no more than whoever invites has, and only while they may', async () => {
    const admin = await signIn(app, { platformRole: 'administrator' });
    await invite({ platformRole: 'owner' }, admin).expect(403);
    await invite({}, await signIn(app, { platformRole: 'member' })).expect(403);
    const { body } = await invite({ by: 'link' }, admin).expect(201);
    const token = tokenIn({ text: body.url });
    await look(token).expect(200);
    await changeRights(app, admin.user.id, { active: false });
    await accept(token).expect(410);
    await changeRights(app, admin.user.id, { active: true });
    await look(token).expect(200);
    const ofOwner = await byLink({ platformRole: 'owner', tenant: 'default', email: 'o@example.org' });
    const again = await signIn(app, { platformRole: 'administrator' });
    await as(again, 'delete', `/invitations/${ofOwner.item.id}`).expect(403);
    await as(again, 'post', `/invitations/${ofOwner.item.id}/resend`, {}).expect(403);
  });

  it('needs a proof a moment ago', async () => {
    const { item } = await byLink();
    clock.advance(6 * 60_000);
    for (const answer of [
      await invite({ email: 'x@example.org' }),
      await as(owner, 'post', `/invitations/${item.id}/resend`, {}),
      await as(owner, 'delete', `/invitations/${item.id}`),
    ])
      expect([answer.status, answer.body.code]).toEqual([403, 'step_up_required']);
  });

  it('opens nothing while its tenant is archived', async () => {
    const { token } = await byLink();
    await as(owner, 'post', '/tenants/acme/archive').expect(200);
    await accept(token).expect(410);
  });

  it('sends nothing of what was withdrawn before a mail server took it', async () => {
    await sink.close();
    const { item } = await invited();
    const mails = app.app.get(Database).repository(MailRow);
    await until(async () => (await mails.find())[0]?.failedAt);
    await as(owner, 'delete', `/invitations/${item.id}`).expect(204);
    await sink.open();
    clock.advance(60_000);
    await until(async () => (await mails.find())[0]?.state === 'sent');
    expect(sink.taken).toHaveLength(0);
  });

  it('keeps no link readable', async () => {
    await invited();
    const token = tokenIn(await sink.mailTo(EMAIL));
    const database = app.app.get(Database);
    const kept = JSON.stringify([
      await app.app.get(TenantDatabases).use('acme', (tenant) => tenant.repository(Invitation).find()),
      await database.repository(MailRow).find(),
      await database.read('SELECT * FROM "audit_events"', []),
    ]);
    expect(kept).not.toContain(token.split('.')[2]);
  });

  it('is listed by state and by tenant', async () => {
    const { item } = await byLink();
    await byLink({ tenant: 'default', email: 'bob@example.org' });
    await as(owner, 'delete', `/invitations/${item.id}`).expect(204);
    const emails = async (query: string) =>
      (await as(owner, 'get', `/invitations?${query}`).expect(200)).body.items.map(({ email }: { email: string }) => email); // prettier-ignore
    expect(await emails('state=open')).toEqual(['bob@example.org']);
    expect(await emails('state=revoked')).toEqual([EMAIL]);
    expect(await emails('tenant=default')).toEqual(['bob@example.org']);
    expect(await emails('tenant=nowhere')).toEqual([]);
    expect((await emails('')).toSorted()).toEqual(['bob@example.org', EMAIL].toSorted());
  });
});
