import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PasskeyAssertion, PasskeyCreation, type PlatformRole, TwoFactorStart } from '@bailiwick/contract';
import request, { type Response } from 'supertest';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { PasskeyRow } from '../../src/foundation/identity/passkey.entity.js';
import { UsedChallenge } from '../../src/foundation/identity/used-challenge.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { changeRights } from '../people.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { type Lies, SoftwareAuthenticator } from '../software-authenticator.js';
import { totp } from '../totp.js';
import { until } from '../until.js';

const API = '/api/v1';
const HOST = 'panel.example:5000';
const ORIGIN = `http://${HOST}`;
const PASSWORD = 'correct horse battery staple';
const MINUTE = 60_000;

describe('passkeys', () => {
  let app: TestApp;
  let clock: ManualClock;
  let authenticator: SoftwareAuthenticator;
  beforeEach(async () => {
    clock = new ManualClock();
    authenticator = new SoftwareAuthenticator(ORIGIN);
    app = await startApp({
      clock,
      env: { BAILIWICK_PUBLIC_URL: ORIGIN, BAILIWICK_ALLOWED_HOSTS: 'other.example', BAILIWICK_SIGN_IN_TRIES: '1000' },
    });
  });
  afterEach(() => app.close());

  type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
  type Asking = Pick<SignedInPerson, 'headers'>;
  const send = (verb: Verb, address: string, body: object, headers: Record<string, string>) =>
    verb === 'get'
      ? request(app.url).get(`${API}${address}`).set(headers)
      : request(app.url)[verb](`${API}${address}`).set(headers).send(body);
  const ask = ({ headers }: Asking, verb: Verb, address: string, body: object = {}) =>
    send(verb, address, body, { host: HOST, ...headers });
  const anonymously = (address: string, body: object = {}, headers: Record<string, string> = {}) =>
    send('post', address, body, { host: HOST, ...headers });

  const person = (platformRole: PlatformRole = 'member', username = 'ada') =>
    signIn(app, { username, password: PASSWORD, platformRole });
  const register = async (who: Asking, name = 'Phone', by = authenticator, lies: Lies = {}) => {
    const { body: options } = await ask(who, 'post', '/me/passkeys/creation').expect(200);
    return ask(who, 'post', '/me/passkeys', { name, passkey: by.create(options, lies) });
  };
  const enter = async (lies: Lies = {}, by = authenticator) => {
    const { body: options } = await anonymously('/sign-in/passkey/request').expect(200);
    return anonymously('/sign-in/passkey', { passkey: by.get(options, lies) });
  };
  const byPassword = (username = 'ada') => anonymously('/sign-in', { username, password: PASSWORD });
  const headersOf = (answer: Response) => ({
    cookie: (answer.get('set-cookie')?.[0] ?? '').split(';')[0] ?? '',
    'x-csrf': answer.body.csrf,
  });
  const refused = (answer: Response, code = 'passkey_refused') => {
    expect([answer.status, answer.body.code]).toEqual([401, code]);
    expect(answer.get('set-cookie')).toBeUndefined();
  };
  /** A code app as well; answers its secret. */
  const enrol = async (who: Asking): Promise<string> => {
    const { secret } = TwoFactorStart.parse((await ask(who, 'post', '/me/two-factor').expect(201)).body);
    await ask(who, 'post', '/me/two-factor/confirm', { code: totp(secret, clock.now()) }).expect(200);
    clock.advance(30_000);
    return secret;
  };

  describe('made by who is signed in', () => {
    it('are listed with their name and the site they are for, and sign their person in without a password', async () => {
      const who = await person();
      const { body } = await register(who, ' Phone ');
      expect(body.item).toMatchObject({ name: 'Phone', site: 'panel.example', synced: false, lastUsedAt: null });
      clock.advance(MINUTE);
      const entered = await enter();
      expect(entered.status).toBe(200);
      expect(entered.body.user.username).toBe('ada');
      const { body: list } = await ask({ headers: headersOf(entered) }, 'get', '/me/passkeys').expect(200);
      expect(list.items).toEqual([{ ...body.item, lastUsedAt: '2026-01-01T00:01:00.000Z' }]);
    });

    it('count as their second factor in the list of people', async () => {
      const owner = await signIn(app);
      const who = await person();
      await ask(owner, 'put', '/settings/two-factor', { requiredFor: ['member'] }).expect(200);
      const shown = async () =>
        (await ask(owner, 'get', '/users').expect(200)).body.items.find(({ id }: { id: string }) => id === who.user.id)
          .twoFactor;
      expect(await shown()).toEqual({ enabledAt: null, missing: true });
      await register(who);
      expect(await shown()).toEqual({ enabledAt: '2026-01-01T00:00:00.000Z', missing: false });
    });

    it('ask for a key that names its person and verifies them, and for no one of those that are there', async () => {
      const who = await person();
      await register(who);
      const { body } = await ask(who, 'post', '/me/passkeys/creation').expect(200);
      const options = PasskeyCreation.parse(body);
      expect(options.authenticatorSelection).toEqual({ residentKey: 'required', requireResidentKey: true, userVerification: 'required' }); // prettier-ignore
      expect(options.rp).toEqual({ id: 'panel.example', name: 'Bailiwick' });
      expect(Buffer.from(options.user.id, 'base64url').toString()).toBe(who.user.id);
      expect(options.excludeCredentials).toHaveLength(1);
      expect(() => authenticator.create(options)).toThrow('InvalidStateError');
    });

    it('need a proof of a moment ago to be made and removed', async () => {
      const who = await person();
      const { body: options } = await ask(who, 'post', '/me/passkeys/creation').expect(200);
      const made = (await register(who)).body.item;
      clock.advance(5 * MINUTE);
      // The making itself was a proof.
      expect((await ask(who, 'post', '/me/passkeys/creation').expect(403)).body.code).toBe('step_up_required');
      const late = await ask(who, 'post', '/me/passkeys', { name: 'Late', passkey: authenticator.create(options) });
      expect([late.status, late.body.code]).toEqual([403, 'step_up_required']);
      expect((await ask(who, 'delete', `/me/passkeys/${made.id}`).expect(403)).body.code).toBe('step_up_required');
      await ask(who, 'patch', `/me/passkeys/${made.id}`, { name: 'Old phone' }).expect(204);
      expect((await ask(who, 'get', '/me/passkeys')).body.items).toMatchObject([{ name: 'Old phone' }]);
    });

    it.each<[string, Lies]>([
      ['another origin', { origin: 'https://panel.example.evil.example' }],
      ['the same name over another scheme', { origin: `https://${HOST}` }],
      ['another site', { rpId: 'evil.example' }],
      ['no verification of the person', { verified: false }],
      ['nobody there', { present: false }],
      ['another kind of ceremony', { type: 'webauthn.get' }],
    ])('are refused with %s', async (_, lies) => {
      const who = await person();
      refused(await register(who, 'Phone', authenticator, lies));
      expect((await ask(who, 'get', '/me/passkeys')).body.items).toEqual([]);
    });

    it('are made once of a challenge, within five minutes, in the session that asked', async () => {
      const who = await person();
      const other = await openSession(app, who.user);
      const options = async (asking: Asking) => (await ask(asking, 'post', '/me/passkeys/creation').expect(200)).body;
      const add = (asking: Asking, passkey: object) => ask(asking, 'post', '/me/passkeys', { name: 'Phone', passkey });
      const used = await options(who);
      const passkey = authenticator.create(used);
      await add(who, passkey).expect(201);
      refused(await add(who, passkey), 'passkey_expired');
      refused(await add(other, new SoftwareAuthenticator(ORIGIN).create(await options(who))), 'passkey_expired');
      refused(await add(who, new SoftwareAuthenticator(ORIGIN).create({ ...used, challenge: 'AAAA' })), 'passkey_expired'); // prettier-ignore
      const { body: forSignIn } = await anonymously('/sign-in/passkey/request');
      refused(await add(who, new SoftwareAuthenticator(ORIGIN).create({ ...used, challenge: forSignIn.challenge })), 'passkey_expired'); // prettier-ignore
    });

    it('are not more than twenty', async () => {
      const who = await person();
      for (let number = 0; number < 20; number += 1)
        expect((await register(who, `Key ${number}`, new SoftwareAuthenticator(ORIGIN))).status).toBe(201);
      await ask(who, 'post', '/me/passkeys/creation').expect(409);
    });

    it('are nobody else’s to rename or remove', async () => {
      const ada = await person();
      const bob = await person('owner', 'bob');
      const { id } = (await register(ada)).body.item;
      await ask(bob, 'patch', `/me/passkeys/${id}`, { name: 'Mine' }).expect(404);
      await ask(bob, 'delete', `/me/passkeys/${id}`).expect(404);
      expect((await ask(bob, 'get', '/me/passkeys')).body.items).toEqual([]);
    });

    it('take no field the core decides itself', async () => {
      const who = await person();
      const { body: options } = await ask(who, 'post', '/me/passkeys/creation').expect(200);
      const passkey = authenticator.create(options);
      for (const extra of [{ userId: who.user.id }, { counter: 7 }, { site: 'evil.example' }])
        await ask(who, 'post', '/me/passkeys', { name: 'Phone', passkey, ...extra }).expect(400);
    });
  });

  describe('at the sign-in', () => {
    it.each<[string, Lies]>([
      ['another origin', { origin: 'https://evil.example' }],
      ['another site', { rpId: 'evil.example' }],
      ['no verification of the person', { verified: false }],
      ['nobody there', { present: false }],
      ['a damaged signature', { damaged: true }],
      ['another kind of ceremony', { type: 'webauthn.create' }],
      ['no person named', { userHandle: null }],
      ['a person nobody is', { userHandle: Buffer.from('usr_bbbbbbbbbbbbbbbb').toString('base64url') }],
    ])('are refused with %s', async (_, lies) => {
      await register(await person());
      refused(await enter(lies));
      expect((await enter()).status).toBe(200);
    });

    it('let nobody in as somebody else', async () => {
      const ada = await person();
      const bob = await person('owner', 'bob');
      await register(ada);
      const bobs = new SoftwareAuthenticator(ORIGIN);
      await register(bob, 'Bob’s', bobs);
      refused(await enter({ userHandle: Buffer.from(bob.user.id).toString('base64url') }));
      refused(await enter({ userHandle: Buffer.from(ada.user.id).toString('base64url') }, bobs));
    });

    it('take a challenge once, within five minutes, from the network that asked for it', async () => {
      await register(await person());
      const options = async () => (await anonymously('/sign-in/passkey/request').expect(200)).body;
      const used = await options();
      const passkey = authenticator.get(used);
      await anonymously('/sign-in/passkey', { passkey }).expect(200);
      refused(await anonymously('/sign-in/passkey', { passkey }), 'passkey_expired');
      refused(await anonymously('/sign-in/passkey', { passkey: authenticator.get(used) }), 'passkey_expired');
      const elsewhere = authenticator.get(await options());
      refused(await anonymously('/sign-in/passkey', { passkey: elsewhere }, { 'x-forwarded-for': '203.0.113.9' }), 'passkey_expired'); // prettier-ignore
      const wrong = await options();
      refused(await anonymously('/sign-in/passkey', { passkey: authenticator.get(wrong, { damaged: true }) }));
      refused(await anonymously('/sign-in/passkey', { passkey: authenticator.get(wrong) }), 'passkey_expired');
      const late = await options();
      clock.advance(5 * MINUTE);
      refused(await anonymously('/sign-in/passkey', { passkey: authenticator.get(late) }), 'passkey_expired');
      refused(await enter({ challenge: 'A'.repeat(86) }), 'passkey_expired');
    });

    it('keep a challenge used over a restart, and forget it when it is over', async () => {
      await register(await person());
      const { body: options } = await anonymously('/sign-in/passkey/request');
      const passkey = authenticator.get(options);
      await anonymously('/sign-in/passkey', { passkey }).expect(200);
      const again = await startApp({
        clock,
        storageDir: app.config.storageDir,
        env: { BAILIWICK_PUBLIC_URL: ORIGIN },
      });
      const replayed = await request(again.url).post(`${API}/sign-in/passkey`).set({ host: HOST }).send({ passkey });
      await again.close();
      refused(replayed, 'passkey_expired');
      clock.advance(5 * MINUTE);
      await enter();
      expect(await app.app.get(Database).repository(UsedChallenge).count()).toBe(1);
    });

    it('lets one of twenty with the same signature in', async () => {
      await register(await person());
      const { body: options } = await anonymously('/sign-in/passkey/request');
      const passkey = authenticator.get(options);
      const tries = Array.from({ length: 20 }, () => anonymously('/sign-in/passkey', { passkey }));
      const answers = await Promise.all(tries);
      expect(answers.map(({ status, body }) => `${status} ${body.code ?? 'in'}`).sort()).toEqual([
        '200 in',
        ...Array<string>(19).fill('401 passkey_expired'),
      ]);
    });

    it('refuse a counter that stands or goes back: somebody has a copy', async () => {
      await register(await person());
      expect((await enter({ counter: 7 })).status).toBe(200);
      refused(await enter({ counter: 7 }));
      refused(await enter({ counter: 3 }));
      refused(await enter({ counter: 0 }));
      expect((await enter({ counter: 8 })).status).toBe(200);
    });

    it('are taken again and again from an authenticator that does not count', async () => {
      const phone = new SoftwareAuthenticator(ORIGIN, false);
      const who = await person();
      expect((await register(who, 'Phone', phone)).body.item).toMatchObject({ synced: true });
      expect((await enter({}, phone)).status).toBe(200);
      expect((await enter({}, phone)).status).toBe(200);
    });

    it('open nothing once they are removed, and who was in by them is out', async () => {
      const who = await person();
      const { id } = (await register(who)).body.item;
      const entered = await enter();
      await ask(who, 'delete', `/me/passkeys/${id}`).expect(204);
      refused(await enter());
      await ask({ headers: headersOf(entered) }, 'get', '/me').expect(401);
      await ask(who, 'get', '/me').expect(200);
    });

    it('let nobody in who is disabled, and say no more than of a stranger', async () => {
      const who = await person();
      await register(who);
      await changeRights(app, who.user.id, { active: false });
      const told = ({ body: { requestId: _, ...rest } }: Response) => rest;
      const [disabled, stranger] = [await enter(), await enter({ userHandle: Buffer.from('usr_bbbbbbbbbbbbbbbb').toString('base64url') })]; // prettier-ignore
      refused(disabled);
      expect(told(disabled)).toEqual(told(stranger));
    });

    it('let nobody in whose tenant is archived, and say no more than of a stranger', async () => {
      const owner = await signIn(app);
      await ask(owner, 'post', '/tenants', { slug: 'acme', name: 'Acme' }).expect(201);
      const alice = { tenant: 'acme', username: 'alice', password: PASSWORD };
      await ask(owner, 'post', '/users', { ...alice, displayName: 'Alice' }).expect(201);
      await register({ headers: headersOf(await anonymously('/sign-in', alice)) });
      await ask(owner, 'post', '/tenants/acme/archive').expect(200);
      refused(await enter());
      await ask(owner, 'post', '/tenants/acme/restore').expect(200);
      expect((await enter()).status).toBe(200);
    });

    describe('are bounded like passwords, for an address:', () => {
      const TRIES = 3;
      let bounded: TestApp;
      beforeEach(async () => {
        bounded = await startApp({
          clock,
          env: { BAILIWICK_PUBLIC_URL: ORIGIN, BAILIWICK_SIGN_IN_TRIES: String(TRIES) },
        });
        await register(await person());
      });
      afterEach(() => bounded.close());

      const post = (address: string, body: object) =>
        request(bounded.url).post(`${API}${address}`).set({ host: HOST }).send(body);
      const signed = async (lies: Lies = {}) =>
        authenticator.getAnyway((await post('/sign-in/passkey/request', {}).expect(200)).body, lies);
      const tried = async (passkey?: PasskeyAssertion) =>
        post('/sign-in/passkey', { passkey: passkey ?? (await signed()) });

      it('one that nobody has', async () => {
        for (let tries = 0; tries < TRIES; tries += 1) refused(await tried());
        expect((await tried()).status).toBe(429);
      });

      it('one that is sent again', async () => {
        const passkey = await signed();
        refused(await tried(passkey));
        for (let tries = 1; tries < TRIES; tries += 1) refused(await tried(passkey), 'passkey_expired');
        expect((await tried(passkey)).status).toBe(429);
      });

      it('but not what answers no question of ours', async () => {
        const made = await signed({ challenge: 'A'.repeat(86) });
        for (let tries = 0; tries < 3 * TRIES; tries += 1) refused(await tried(made), 'passkey_expired');
        refused(await tried());
      });
    });

    it('work under the host name they were made for, and under no bare address', async () => {
      await register(await person());
      const other = { host: 'other.example' };
      const { body: options } = await anonymously('/sign-in/passkey/request', {}, other).expect(200);
      expect(options.rpId).toBe('other.example');
      const given = authenticator.getAnyway(options, { origin: 'http://other.example', rpId: 'other.example' });
      refused(await anonymously('/sign-in/passkey', { passkey: given }, other));
      const bare = await anonymously('/sign-in/passkey/request', {}, { host: '127.0.0.1:5000' });
      expect([bare.status, bare.body.code]).toEqual([409, 'passkey_unavailable']);
    });

    it('come from our own pages only', async () => {
      await register(await person());
      const { body: options } = await anonymously('/sign-in/passkey/request');
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      await anonymously('/sign-in/passkey', { passkey: authenticator.get(options) }, foreign).expect(403);
    });

    it('write down each step', async () => {
      const who = await person();
      const owner = await signIn(app);
      const { id } = (await register(who)).body.item;
      await enter({ damaged: true });
      await enter();
      await ask(who, 'delete', `/me/passkeys/${id}`).expect(204);
      const { items } = await app.app.get(AuditService).list(owner.actor, { limit: 50 });
      expect(items.map(({ action, outcome }) => `${action} ${outcome}`).reverse()).toEqual([
        'passkeys.add done',
        'sessions.signIn refused',
        'sessions.signIn done',
        'passkeys.remove done',
      ]);
      expect(items[1]?.details).toMatchObject({ way: 'passkey', passkey: id });
    });
  });

  describe('beside a password', () => {
    const demanded = async (username = 'ada') => {
      const { body } = await byPassword(username).expect(401);
      expect(body.code).toBe('two_factor_required');
      return body.params as { challenge: string; factors: string[] };
    };
    const second = async (challenge: string, by = authenticator, lies: Lies = {}) => {
      const { body: options } = await anonymously('/sign-in/two-factor/passkey-request', { challenge }).expect(200);
      return anonymously('/sign-in/two-factor', { challenge, passkey: by.getAnyway(options, lies) });
    };

    it('stand in for the code of the app', async () => {
      const who = await person();
      await enrol(who);
      await register(who);
      const { challenge, factors } = await demanded();
      expect(factors).toEqual(['code', 'recoveryCode', 'passkey']);
      const entered = await second(challenge);
      expect(entered.status).toBe(200);
      refused(await second((await demanded()).challenge, authenticator, { damaged: true }));
    });

    it('of somebody else do not', async () => {
      const who = await person();
      await enrol(who);
      await register(who);
      const bobs = new SoftwareAuthenticator(ORIGIN);
      await register(await person('member', 'bob'), 'Bob’s', bobs);
      refused(await second((await demanded()).challenge, bobs));
      refused(await second((await demanded()).challenge, bobs, { userHandle: null }));
    });

    it('take the challenge of that second step only', async () => {
      const who = await person();
      await enrol(who);
      await register(who);
      const [one, other] = [await demanded(), await demanded()];
      const { body: options } = await anonymously('/sign-in/two-factor/passkey-request', { challenge: one.challenge });
      const passkey = authenticator.getAnyway(options);
      refused(await anonymously('/sign-in/two-factor', { challenge: other.challenge, passkey }), 'passkey_expired');
      await anonymously('/sign-in/two-factor/passkey-request', { challenge: 'A'.repeat(43) }).expect(401);
    });

    it('are asked for after the password where a role needs a second factor, and are one', async () => {
      const owner = await signIn(app);
      const who = await person();
      await register(who);
      await byPassword().expect(200);
      // The policy must not lock out who sets it.
      await ask(owner, 'put', '/settings/two-factor', { requiredFor: ['member'] }).expect(200);
      const { challenge, factors } = await demanded();
      expect(factors).toEqual(['passkey']);
      const both = { headers: headersOf(await second(challenge)) };
      const alone = { headers: headersOf(await enter()) };
      for (const me of [both, alone]) {
        await ask(me, 'get', '/containers').expect(200);
        expect((await ask(me, 'get', '/me')).body.twoFactorMissing).toBe(false);
      }
    });

    it('are asked for under every name of the panel, also under one for which they are not made', async () => {
      const owner = await signIn(app);
      await register(await person());
      await ask(owner, 'put', '/settings/two-factor', { requiredFor: ['member'] }).expect(200);
      const other = { host: 'other.example' };
      const entered = await anonymously('/sign-in', { username: 'ada', password: PASSWORD }, other).expect(401);
      expect(entered.body).toMatchObject({ code: 'two_factor_required', params: { factors: ['passkey'] } });
      const { challenge } = entered.body.params;
      const asked = await anonymously('/sign-in/two-factor/passkey-request', { challenge }, other).expect(409);
      expect(asked.body).toMatchObject({ code: 'passkey_unavailable', params: { sites: [new URL(ORIGIN).hostname] } });
    });

    it('let no session that showed only the password add another second factor', async () => {
      const owner = await signIn(app);
      const who = await person();
      await register(who);
      // From before a second factor was asked for.
      const old = { headers: headersOf(await byPassword().expect(200)) };
      await ask(owner, 'put', '/settings/two-factor', { requiredFor: ['member'] }).expect(200);
      for (const address of ['/me/two-factor', '/me/passkeys/creation']) {
        const { body } = await ask(old, 'post', address).expect(409);
        expect(body.code).toBe('passkey_first');
      }
      const { body: options } = await ask(old, 'post', '/me/step-up/passkey-request').expect(200);
      await ask(old, 'post', '/me/step-up', { passkey: authenticator.getAnyway(options) }).expect(204);
      await ask(old, 'post', '/me/two-factor').expect(201);
    });

    it('count in the session they were shown in, and in no other', async () => {
      const owner = await signIn(app);
      const who = await person();
      const other = await openSession(app, who.user);
      await ask(owner, 'put', '/settings/two-factor', { requiredFor: ['member'] }).expect(200);
      expect((await ask(who, 'get', '/containers').expect(403)).body.code).toBe('two_factor_enrolment_required');
      const { id } = (await register(who)).body.item;
      await ask(who, 'get', '/containers').expect(200);
      await ask(other, 'get', '/containers').expect(403);
      await ask(who, 'delete', `/me/passkeys/${id}`).expect(204);
      await ask(who, 'get', '/containers').expect(403);
    });

    it('prove again who is there, in place of the password', async () => {
      const who = await person('owner');
      await register(who);
      const bobs = new SoftwareAuthenticator(ORIGIN);
      await register(await person('member', 'bob'), 'Bob’s', bobs);
      clock.advance(6 * MINUTE);
      const wish = { username: 'eve', displayName: 'Eve' };
      const prove = async (by: SoftwareAuthenticator, lies: Lies = {}) => {
        const { body: options } = await ask(who, 'post', '/me/step-up/passkey-request').expect(200);
        return ask(who, 'post', '/me/step-up', { passkey: by.getAnyway(options, lies) });
      };
      await ask(who, 'post', '/users', wish).expect(403);
      refused(await prove(bobs));
      refused(await prove(authenticator, { verified: false }));
      expect((await prove(authenticator)).status).toBe(204);
      await ask(who, 'post', '/users', wish).expect(201);
    });

    it('are no proof for who has none here', async () => {
      const who = await person();
      expect((await ask(who, 'post', '/me/step-up/passkey-request').expect(409)).body.code).toBe('wrong_state');
    });
  });

  describe('and their account', () => {
    const done = async (owner: Asking, operationId: string) => {
      const read = async () => (await ask(owner, 'get', `/operations/${operationId}`)).body;
      await until(async () => ['done', 'failed', 'cancelled'].includes((await read()).state));
      return read();
    };

    it('move together, to another tenant and into the staff, with the counter', async () => {
      const owner = await signIn(app);
      for (const slug of ['acme', 'beta']) await ask(owner, 'post', '/tenants', { slug, name: slug }).expect(201);
      const { body } = await ask(owner, 'post', '/users', {
        tenant: 'acme',
        username: 'alice',
        displayName: 'Alice',
        password: PASSWORD,
      }).expect(201);
      const entered = await anonymously('/sign-in', { tenant: 'acme', username: 'alice', password: PASSWORD });
      await register({ headers: headersOf(entered) });
      let counter = 10;
      for (const to of [{ tenant: 'beta' }, { platformRole: 'administrator' }, { platformRole: 'member' }]) {
        expect((await enter({ counter })).status).toBe(200);
        const { body: moved } = await ask(owner, 'post', `/users/${body.item.id}/move`, to).expect(202);
        expect(await done(owner, moved.operation.id)).toMatchObject({ state: 'done' });
        refused(await enter({ counter }));
        counter += 10;
      }
      expect((await enter({ counter })).status).toBe(200);
      // Nothing of it stays in the staff's database.
      expect(await app.app.get(Database).repository(PasskeyRow).count()).toBe(0);
    });

    it('go together', async () => {
      const owner = await signIn(app);
      const who = await person('member', 'alice');
      await register(who);
      await ask(owner, 'delete', `/users/${who.user.id}`).expect(204);
      await ask(owner, 'post', '/users', { username: 'alice', displayName: 'Alice', password: PASSWORD }).expect(201);
      refused(await enter());
    });

    it('are taken away by an administrator who resets the second factor', async () => {
      const admin = await signIn(app, { platformRole: 'administrator' });
      const who = await person();
      await register(who);
      await ask(admin, 'delete', `/users/${who.user.id}/two-factor`).expect(204);
      refused(await enter());
      await ask(who, 'get', '/me').expect(401);
      await ask(admin, 'delete', `/users/${who.user.id}/two-factor`).expect(404);
    });
  });
});
