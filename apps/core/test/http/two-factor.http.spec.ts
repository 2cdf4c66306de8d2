import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PlatformRole, TwoFactorStart } from '@bailiwick/contract';
import request, { type Response } from 'supertest';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { RecoveryCodeRow } from '../../src/foundation/identity/recovery-code.entity.js';
import { TwoFactorChallenge } from '../../src/foundation/identity/two-factor-challenge.entity.js';
import { TwoFactor } from '../../src/foundation/identity/two-factor.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aToken } from '../bearer.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { totp } from '../totp.js';
import { until } from '../until.js';

const API = '/api/v1';
const PASSWORD = 'correct horse battery staple';
const STEP = 30_000;
const MINUTE = 60_000;

describe('two-factor sign-in', () => {
  let app: TestApp;
  let clock: ManualClock;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock, env: { BAILIWICK_SIGN_IN_TRIES: '1000' } });
  });
  afterEach(() => app.close());

  type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
  type Asking = Pick<SignedInPerson, 'headers'>;
  const ask = (who: Asking, verb: Verb, address: string, body?: object) => {
    const asked = request(app.url)[verb](`${API}${address}`).set(who.headers);
    return body === undefined ? asked : asked.send(body);
  };
  const enter = (username: string, password = PASSWORD, tenant?: string) =>
    request(app.url)
      .post(`${API}/sign-in`)
      .send({ username, password, ...(tenant === undefined ? {} : { tenant }) });
  const second = (body: object) => request(app.url).post(`${API}/sign-in/two-factor`).send(body);
  const challengeOf = async (username: string, tenant?: string): Promise<string> => {
    const { body } = await enter(username, PASSWORD, tenant).expect(401);
    expect(body).toMatchObject({ code: 'two_factor_required', params: { seconds: 300 } });
    return body.params.challenge;
  };
  const code = (secret: string, steps = 0) => totp(secret, clock.now() + steps * STEP);
  /** Steps on, so that the code which turned it on is behind. */
  const enrol = async (who: Asking) => {
    const { secret } = TwoFactorStart.parse((await ask(who, 'post', '/me/two-factor').expect(201)).body);
    const { body } = await ask(who, 'post', '/me/two-factor/confirm', { code: code(secret) }).expect(200);
    clock.advance(STEP);
    return { secret, codes: body.codes as string[] };
  };
  const person = async (platformRole: PlatformRole = 'member', username = 'ada') => {
    const who = await signIn(app, { username, password: PASSWORD, platformRole });
    return { who, ...(await enrol(who)) };
  };
  const cookieOf = (answer: Response) => (answer.get('set-cookie')?.[0] ?? '').split(';')[0] ?? '';
  const headersOf = (answer: Response) => ({ cookie: cookieOf(answer), 'x-csrf': answer.body.csrf });
  const done = async (owner: SignedInPerson, operationId: string) => {
    const read = async () => (await ask(owner, 'get', `/operations/${operationId}`)).body;
    await until(async () => ['done', 'failed', 'cancelled'].includes((await read()).state));
    return read();
  };

  describe('of a program', () => {
    const first = (body: object = { username: 'ada', password: PASSWORD }) =>
      request(app.url).post(`${API}/token`).send(body);
    const finish = (body: object) => request(app.url).post(`${API}/token/two-factor`).send(body);
    const challenge = async (): Promise<string> => {
      const { body } = await first().expect(401);
      expect(body).toMatchObject({ code: 'two_factor_required', params: { seconds: 300 } });
      expect(body).not.toHaveProperty('accessToken');
      return body.params.challenge;
    };

    it('needs the code after the password, and lets the program in by it', async () => {
      const { secret } = await person();
      const { body } = await finish({ challenge: await challenge(), code: code(secret) }).expect(200);
      await request(app.url)
        .get(`${API}/me`)
        .set({ authorization: `Bearer ${body.accessToken}` })
        .expect(200);
    });

    it('takes a recovery code, once', async () => {
      const { codes } = await person();
      await finish({ challenge: await challenge(), recoveryCode: codes[0] }).expect(200);
      await finish({ challenge: await challenge(), recoveryCode: codes[0] }).expect(401);
    });

    it('refuses a wrong code, a code that was used, and a challenge that was', async () => {
      const { secret } = await person();
      const given = { challenge: await challenge(), code: code(secret) };
      const wrong = await finish({ ...given, code: code(secret, 9) }).expect(401);
      expect(wrong.body.code).toBe('two_factor_code_invalid');
      await finish(given).expect(200);
      expect((await finish(given).expect(401)).body.code).toBe('two_factor_expired');
      const again = { challenge: await challenge(), code: given.code };
      expect((await finish(again).expect(401)).body.code).toBe('two_factor_code_invalid');
    });
  });

  it('agrees with the examples of RFC 6238', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect([59, 1_111_111_109, 20_000_000_000].map((at) => totp(secret, at * 1000))).toEqual([
      '287082',
      '081804',
      '353130',
    ]);
  });

  describe('setting it up', () => {
    it('gives a secret as text, as an address and as a picture, and changes nothing before a code confirms it', async () => {
      const who = await signIn(app, { username: 'ada', password: PASSWORD });
      const { body } = await ask(who, 'post', '/me/two-factor').expect(201);
      expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
      const uri = new URL(body.uri);
      expect(decodeURIComponent(`${uri.host}${uri.pathname}`)).toBe('totp/Bailiwick:ada@default');
      expect(uri.searchParams.get('secret')).toBe(body.secret);
      expect(uri.searchParams.get('issuer')).toBe('Bailiwick');
      expect(Buffer.from(body.qr.split(',')[1], 'base64').toString()).toMatch(/^<svg /);
      await ask(who, 'post', '/me/two-factor/confirm', { code: code(body.secret, 4) }).expect(401);
      expect((await ask(who, 'get', '/me/two-factor')).body).toMatchObject({ enabled: false, recoveryCodesLeft: 0 });
      await enter('ada').expect(200);
    });

    it('is confirmed by a code, ends the other sessions and answers ten recovery codes, once', async () => {
      const who = await signIn(app, { username: 'ada', password: PASSWORD });
      const other = await openSession(app, who.user);
      const { secret, codes } = await enrol(who);
      expect(new Set(codes).size).toBe(10);
      for (const each of codes) expect(each).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
      expect((await ask(who, 'get', '/me/two-factor')).body).toMatchObject({
        enabled: true,
        recoveryCodesLeft: 10,
        required: false,
      });
      await ask(other, 'get', '/me').expect(401);
      await ask(who, 'post', '/me/two-factor/confirm', { code: code(secret) }).expect(409);
      await ask(who, 'post', '/me/two-factor').expect(409);
    });

    it('needs a password typed a moment ago', async () => {
      const who = await signIn(app);
      clock.advance(6 * MINUTE);
      expect((await ask(who, 'post', '/me/two-factor').expect(403)).body.code).toBe('step_up_required');
    });

    it('keeps neither the secret nor a recovery code readable, not even for who repeats the request', async () => {
      const who = await signIn(app, { username: 'ada', password: PASSWORD });
      const keyed = (address: string, body: object) =>
        ask(who, 'post', address, body).set('idempotency-key', `key-of-${address.length}`);
      const { body: start } = await keyed('/me/two-factor', {}).expect(201);
      const { body: made } = await keyed('/me/two-factor/confirm', { code: code(start.secret) }).expect(200);
      const database = app.app.get(Database);
      const kept = JSON.stringify([
        await database.repository(TwoFactor).find(),
        await database.repository(RecoveryCodeRow).find(),
        await database.read('SELECT * FROM "idempotency_keys"', []),
        await database.read('SELECT * FROM "audit_events"', []),
      ]);
      for (const secret of [start.secret, ...made.codes, ...made.codes.map((each: string) => each.replace(/-/g, ''))])
        expect(kept).not.toContain(secret);
    });
  });

  describe('signing in', () => {
    it('takes a code after the password, and gives no session before', async () => {
      const { secret } = await person();
      const answer = await enter('ada').expect(401);
      expect(answer.get('set-cookie')).toBeUndefined();
      const { challenge } = answer.body.params;
      const entered = await second({ challenge, code: ` ${code(secret).slice(0, 3)} ${code(secret).slice(3)}` });
      expect(entered.status).toBe(200);
      expect(entered.body.user.username).toBe('ada');
      await request(app.url)
        .get(`${API}/me`)
        .set({ cookie: cookieOf(entered) })
        .expect(200);
      await request(app.url)
        .get(`${API}/me`)
        .set({ cookie: `bw_session=${challenge}` })
        .expect(401);
    });

    it('says nothing of it to a wrong password', async () => {
      await person();
      await signIn(app, { username: 'bob', password: PASSWORD, platformRole: 'member' });
      const [withIt, without, nobody] = [await enter('ada', 'wrong'), await enter('bob', 'wrong'), await enter('eve', 'wrong')]; // prettier-ignore
      const told = ({ status, body }: Response) => ({ status, body: { ...body, requestId: '' } });
      expect(told(withIt)).toEqual(told(without));
      expect(told(withIt)).toEqual(told(nobody));
    });

    it.each([-2, -1, 0, 1, 2])('with a clock %d half minutes off works within one', async (steps) => {
      const { secret } = await person();
      clock.advance(4 * STEP);
      await second({ challenge: await challengeOf('ada'), code: code(secret, steps) }).expect(
        Math.abs(steps) <= 1 ? 200 : 401,
      );
    });

    it('takes no code twice, no older one, and not the one that turned it on', async () => {
      const who = await signIn(app, { username: 'ada', password: PASSWORD, platformRole: 'member' });
      const { secret } = TwoFactorStart.parse((await ask(who, 'post', '/me/two-factor')).body);
      await ask(who, 'post', '/me/two-factor/confirm', { code: code(secret) }).expect(200);
      const { body } = await second({ challenge: await challengeOf('ada'), code: code(secret) }).expect(401);
      expect(body.code).toBe('two_factor_code_invalid');
      clock.advance(STEP);
      await second({ challenge: await challengeOf('ada'), code: code(secret) }).expect(200);
      await second({ challenge: await challengeOf('ada'), code: code(secret) }).expect(401);
      await second({ challenge: await challengeOf('ada'), code: code(secret, -1) }).expect(401);
      await second({ challenge: await challengeOf('ada'), code: code(secret, 1) }).expect(200);
    });

    it.each(['member', 'owner'] as const)(
      'of a %s lets one of fifty with the same code in',
      async (platformRole) => {
        const { secret } = await person(platformRole);
        const challenges = [];
        for (let number = 0; number < 50; number += 1) challenges.push(await challengeOf('ada'));
        const answers = await Promise.all(challenges.map((challenge) => second({ challenge, code: code(secret) })));
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        expect(answers.every(({ status }) => [200, 401, 429].includes(status))).toBe(true);
      },
      60_000,
    );

    it('takes each recovery code once, however it is typed', async () => {
      const { who, codes } = await person();
      const [first = '', next = ''] = codes;
      await second({ challenge: await challengeOf('ada'), recoveryCode: first.toUpperCase().replaceAll('-', ' ') }).expect(200); // prettier-ignore
      await second({ challenge: await challengeOf('ada'), recoveryCode: first }).expect(401);
      expect((await ask(who, 'get', '/me/two-factor')).body.recoveryCodesLeft).toBe(9);
      const challenges = [await challengeOf('ada'), await challengeOf('ada'), await challengeOf('ada')];
      const answers = await Promise.all(challenges.map((challenge) => second({ challenge, recoveryCode: next })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    });

    it('refuses a challenge that is used, too old, of another address, or made up', async () => {
      const { secret, codes } = await person();
      const expired = async (given: object, from = '127.0.0.1') => {
        const { body } = await second(given).set('x-forwarded-for', from).expect(401);
        expect(body.code).toBe('two_factor_expired');
      };
      const used = await challengeOf('ada');
      await second({ challenge: used, code: code(secret) }).expect(200);
      await expired({ challenge: used, recoveryCode: codes[0] });
      await expired({ challenge: 'A'.repeat(43), code: code(secret) });
      const challenge = await challengeOf('ada');
      await expired({ challenge, code: code(secret, 1) }, '203.0.113.9');
      clock.advance(5 * MINUTE);
      await expired({ challenge, code: code(secret) });
    });

    it('stores no challenge, only its hash', async () => {
      await person();
      const challenge = await challengeOf('ada');
      const rows = await app.app.get(Database).repository(TwoFactorChallenge).find();
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(challenge);
    });

    it('is over for who is disabled or changes the password in between', async () => {
      const { who, secret } = await person();
      const challenge = await challengeOf('ada');
      await ask(who, 'put', '/me/password', { current: PASSWORD, password: `${PASSWORD} new` }).expect(204);
      await second({ challenge, code: code(secret) }).expect(401);
    });

    it('locks after five wrong codes, everywhere and over a restart, and longer each time', async () => {
      const { secret } = await person();
      const wrong = async (from: string) =>
        second({ challenge: (await enter('ada').set('x-forwarded-for', from)).body.params.challenge, code: '000000' }).set('x-forwarded-for', from); // prettier-ignore
      for (let tries = 0; tries < 5; tries += 1) expect((await wrong(`203.0.113.${tries}`)).status).toBe(401);
      const locked = await wrong('203.0.113.99');
      expect([locked.status, locked.get('retry-after')]).toEqual([429, '60']);
      const again = await startApp({ clock, storageDir: app.config.storageDir });
      const { body } = await request(again.url).post(`${API}/sign-in`).send({ username: 'ada', password: PASSWORD });
      await request(again.url)
        .post(`${API}/sign-in/two-factor`)
        .send({ challenge: body.params.challenge, code: code(secret) })
        .expect(429);
      await again.close();
      clock.advance(MINUTE);
      expect((await wrong('203.0.113.99')).status).toBe(401);
      expect((await wrong('203.0.113.99')).get('retry-after')).toBe('120');
      clock.advance(2 * MINUTE);
      await second({ challenge: await challengeOf('ada'), code: code(secret) }).expect(200);
    });

    it('writes down each step', async () => {
      const { secret, codes } = await person();
      const owner = await signIn(app);
      await second({ challenge: await challengeOf('ada'), code: '000000' }).expect(401);
      await second({ challenge: await challengeOf('ada'), recoveryCode: codes[0] }).expect(200);
      const { items } = await app.app.get(AuditService).list(owner.actor, { limit: 50 });
      expect(items.map(({ action, outcome }) => `${action} ${outcome}`).reverse()).toEqual([
        'twoFactor.enable done',
        'sessions.challenge done',
        'sessions.signIn refused',
        'sessions.challenge done',
        'sessions.signIn done',
      ]);
      expect(items[0]?.details).toMatchObject({ way: 'recoveryCode' });
      expect(JSON.stringify(items)).not.toContain(secret);
    });
  });

  describe('once it is on', () => {
    it('is turned off by a code that was not used, and by nothing less', async () => {
      const { who, secret } = await person();
      const entered = await second({ challenge: await challengeOf('ada'), code: code(secret) }).expect(200);
      const me = { headers: headersOf(entered) };
      await ask(me, 'delete', '/me/two-factor', {}).expect(400);
      await ask(me, 'delete', '/me/two-factor', { code: code(secret) }).expect(401);
      clock.advance(STEP);
      await ask(me, 'delete', '/me/two-factor', { code: code(secret) }).expect(204);
      await enter('ada').expect(200);
      expect((await ask(who, 'get', '/me/two-factor')).body).toMatchObject({ enabled: false, recoveryCodesLeft: 0 });
      await ask(me, 'delete', '/me/two-factor', { code: code(secret) }).expect(409);
    });

    it('is turned off by a recovery code where the app is lost', async () => {
      const { who, codes } = await person();
      await ask(who, 'delete', '/me/two-factor', { recoveryCode: codes[3] }).expect(204);
      await enter('ada').expect(200);
    });

    it('gives new recovery codes for a code, and the old ones work no more', async () => {
      const { who, secret, codes } = await person();
      await ask(who, 'post', '/me/two-factor/recovery-codes', { code: '000000' }).expect(401);
      const { body } = await ask(who, 'post', '/me/two-factor/recovery-codes', { code: code(secret) }).expect(200);
      expect(body.codes).toHaveLength(10);
      await second({ challenge: await challengeOf('ada'), recoveryCode: codes[0] }).expect(401);
      await second({ challenge: await challengeOf('ada'), recoveryCode: body.codes[0] }).expect(200);
    });

    it('proves again who is there, in place of the password', async () => {
      const { secret } = await person('owner');
      const me = { headers: headersOf(await second({ challenge: await challengeOf('ada'), code: code(secret) })) };
      clock.advance(6 * MINUTE);
      const wish = { username: 'bob', displayName: 'Bob' };
      await ask(me, 'post', '/users', wish).expect(403);
      await ask(me, 'post', '/me/step-up', { code: '000000' }).expect(401);
      await ask(me, 'post', '/me/step-up', { code: code(secret), password: PASSWORD }).expect(400);
      await ask(me, 'post', '/me/step-up', { code: code(secret) }).expect(204);
      await ask(me, 'post', '/users', wish).expect(201);
    });

    it('is no step-up for who has none', async () => {
      const who = await signIn(app);
      await ask(who, 'post', '/me/step-up', { code: '123456' }).expect(401);
    });

    it('is reset by an administrator, and not by who may not touch that account', async () => {
      const { who: ada } = await person('owner');
      const { who: bob } = await person('member', 'bob');
      const admin = await signIn(app, { platformRole: 'administrator' });
      await ask(admin, 'delete', `/users/${ada.user.id}/two-factor`).expect(403);
      await ask(bob, 'delete', `/users/${ada.user.id}/two-factor`).expect(403);
      // Their own is turned off by who can show it.
      expect((await ask(ada, 'delete', `/users/${ada.user.id}/two-factor`).expect(409)).body.code).toBe('self_protection'); // prettier-ignore
      await ask(admin, 'delete', `/users/${bob.user.id}/two-factor`, { reason: 'lost phone' }).expect(204);
      await ask(admin, 'delete', `/users/${bob.user.id}/two-factor`).expect(404);
      await enter('bob').expect(200);
      clock.advance(6 * MINUTE);
      expect((await ask(admin, 'delete', `/users/${bob.user.id}/two-factor`).expect(403)).body.code).toBe('step_up_required'); // prettier-ignore
      const { items } = await app.app.get(AuditService).list(ada.actor, { limit: 50 });
      expect(items.filter(({ action }) => action === 'twoFactor.reset')).toMatchObject([
        { target: { id: bob.user.id }, details: { reason: 'lost phone' } },
      ]);
    });
  });

  describe('that a role needs', () => {
    const demand = (who: SignedInPerson, requiredFor: string[]) => ask(who, 'put', '/settings/two-factor', { requiredFor }); // prettier-ignore

    it('leaves who has none nothing to do but set it up, on the very next request', async () => {
      const { who: owner, secret } = await person('owner');
      const member = await signIn(app, { platformRole: 'member' });
      await ask(member, 'get', '/containers').expect(200);
      await demand(owner, ['owner', 'administrator', 'member']).expect(200);
      for (const address of ['/containers', '/operations', '/presets']) {
        const { body } = await ask(member, 'get', address).expect(403);
        expect(body.code).toBe('two_factor_enrolment_required');
      }
      const { body: me } = await ask(member, 'get', '/me').expect(200);
      expect(me).toMatchObject({ twoFactorMissing: true, can: ['account.see', 'account.manage'] });
      expect((await ask(member, 'get', '/me/two-factor')).body).toMatchObject({ enabled: false, required: true });
      await enrol(member);
      await ask(member, 'get', '/containers').expect(200);
      expect((await ask(member, 'get', '/me')).body.twoFactorMissing).toBe(false);
      // Staff are bound like everybody else.
      const admin = await signIn(app, { platformRole: 'administrator' });
      expect((await ask(admin, 'get', '/audit').expect(403)).body.code).toBe('two_factor_enrolment_required');
      await ask(owner, 'delete', '/me/two-factor', { code: code(secret) }).expect(409);
    });

    it('lets the tokens of who has none rest, and takes them up again with the second factor', async () => {
      const { who: owner } = await person('owner');
      const member = await signIn(app, { platformRole: 'member' });
      const { headers } = await aToken(app, member, { capabilities: ['containers.see'] });
      await ask({ headers }, 'get', '/containers').expect(200);
      await demand(owner, ['member']).expect(200);
      const { body } = await ask({ headers }, 'get', '/containers').expect(403);
      expect(body.code).toBe('two_factor_enrolment_required');
      await enrol(member);
      await ask({ headers }, 'get', '/containers').expect(200);
    });

    it('is told with how many of each role are without, whoever cannot sign in left out', async () => {
      const { who: owner } = await person('owner');
      const [one] = [await signIn(app, { platformRole: 'member' }), await signIn(app, { platformRole: 'member' })];
      await ask(owner, 'post', '/tenants', { slug: 'acme', name: 'Acme' }).expect(201);
      await ask(owner, 'post', '/users', { tenant: 'acme', username: 'vera', displayName: 'Vera', platformRole: 'viewer' }).expect(201); // prettier-ignore
      const without = async () => (await ask(owner, 'get', '/settings/two-factor').expect(200)).body.without;
      expect(await without()).toEqual({ owner: 0, administrator: 0, member: 2, viewer: 1 });
      await ask(owner, 'patch', `/users/${one.user.id}`, { active: false }).expect(200);
      expect(await without()).toMatchObject({ member: 1 });
      expect((await demand(owner, ['member']).expect(200)).body).toMatchObject({ requiredFor: ['member'], without: { member: 1 } }); // prettier-ignore
    });

    it('shows on the accounts: since when it is on, and whose is needed and missing', async () => {
      const { who: owner } = await person('owner');
      const { user } = await signIn(app, { platformRole: 'member', username: 'mia' });
      const meant = async (query: string) =>
        (await ask(owner, 'get', `/users?${query}`).expect(200)).body.items.map(({ username }: { username: string }) => username); // prettier-ignore
      const read = async (id: string) => (await ask(owner, 'get', `/users/${id}`).expect(200)).body.item.twoFactor;
      expect((await read(owner.user.id)).enabledAt).toMatch(/^\d{4}-/);
      expect(await read(user.id)).toEqual({ enabledAt: null, missing: false });
      expect(await meant('twoFactor=missing')).toEqual([]);
      await demand(owner, ['owner', 'member']).expect(200);
      expect(await read(user.id)).toEqual({ enabledAt: null, missing: true });
      expect(await meant('twoFactor=on')).toEqual(['ada']);
      expect(await meant('twoFactor=off')).toEqual(['mia']);
      expect(await meant('twoFactor=missing')).toEqual(['mia']);
      await ask(owner, 'get', '/users?twoFactor=perhaps').expect(400);
    });

    it('is for staff to decide, with a fresh proof, and is written down and kept', async () => {
      const owner = await signIn(app);
      const member = await signIn(app, { platformRole: 'member' });
      await demand(member, ['member']).expect(403);
      await demand(owner, ['emperor']).expect(400);
      await demand(owner, ['viewer', 'viewer']).expect(200);
      expect((await ask(owner, 'get', '/settings/two-factor')).body).toEqual({
        requiredFor: ['viewer'],
        without: { owner: 1, administrator: 0, member: 1, viewer: 0 },
      });
      const again = await startApp({ clock, storageDir: app.config.storageDir });
      const { body } = await request(again.url).get(`${API}/settings/two-factor`).set(owner.headers).expect(200);
      expect(body).toMatchObject({ requiredFor: ['viewer'] });
      await again.close();
      const { items } = await app.app.get(AuditService).list(owner.actor, { limit: 5 });
      expect(items[0]).toMatchObject({
        action: 'settings.twoFactor',
        details: { requiredFor: { from: [], to: ['viewer'] } },
      });
      clock.advance(6 * MINUTE);
      await demand(owner, []).expect(403);
    });
  });

  describe('and its account', () => {
    it('move together, to another tenant and into the staff: codes go on, and none works again', async () => {
      const owner = await signIn(app);
      for (const slug of ['acme', 'beta']) await ask(owner, 'post', '/tenants', { slug, name: slug }).expect(201);
      const { body } = await ask(owner, 'post', '/users', {
        tenant: 'acme',
        username: 'alice',
        displayName: 'Alice',
        password: PASSWORD,
      }).expect(201);
      const entered = await enter('alice', PASSWORD, 'acme').expect(200);
      const { secret, codes } = await enrol({ headers: headersOf(entered) });
      await second({ challenge: await challengeOf('alice', 'acme'), code: code(secret) }).expect(200);
      await second({ challenge: await challengeOf('alice', 'acme'), recoveryCode: codes[0] }).expect(200);
      for (const to of [{ tenant: 'beta' }, { platformRole: 'administrator' }, { platformRole: 'member' }]) {
        const { body: moved } = await ask(owner, 'post', `/users/${body.item.id}/move`, to).expect(202);
        expect(await done(owner, moved.operation.id)).toMatchObject({ state: 'done' });
        await second({ challenge: await challengeOf('alice'), code: code(secret) }).expect(401);
        clock.advance(STEP);
        await second({ challenge: await challengeOf('alice'), code: code(secret) }).expect(200);
      }
      await second({ challenge: await challengeOf('alice'), recoveryCode: codes[0] }).expect(401);
      await second({ challenge: await challengeOf('alice'), recoveryCode: codes[1] }).expect(200);
      // Nothing of it stays in the staff's database.
      expect(await app.app.get(Database).repository(RecoveryCodeRow).count()).toBe(0);
    });

    it('go together: a namesake inherits nothing', async () => {
      const owner = await signIn(app);
      const { who } = await person('member', 'alice');
      await ask(owner, 'delete', `/users/${who.user.id}`, {}).expect(204);
      await ask(owner, 'post', '/users', { username: 'alice', displayName: 'Alice', password: PASSWORD }).expect(201);
      await enter('alice').expect(200);
    });
  });
});
