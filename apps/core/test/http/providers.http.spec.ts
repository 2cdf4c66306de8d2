import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PlatformRole, TwoFactorStart } from '@bailiwick/contract';
import request, { type Response } from 'supertest';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { TenantsService } from '../../src/foundation/identity/tenants.service.js';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { GithubServer } from '../github-server.js';
import { CLIENT, OidcServer } from '../oidc-server.js';
import { changeRights } from '../people.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { totp } from '../totp.js';

const API = '/api/v1';
const PUBLIC = 'http://127.0.0.1:5000';
const callbackOf = (id: string) => `${PUBLIC}${API}/sign-in/providers/${id}/callback`;
const MINUTE = 60_000;

describe('signing in at a provider', () => {
  let oidc: OidcServer;
  let github: GithubServer;
  let folder: string;
  let clock: ManualClock;
  let app: TestApp;
  beforeAll(async () => {
    oidc = await OidcServer.start(callbackOf('corp'));
    github = await GithubServer.start(CLIENT);
  });
  afterAll(async () => {
    await oidc.stop();
    await github.stop();
  });
  beforeEach(() => {
    clock = new ManualClock();
    folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-providers-'));
    writeFileSync(path.join(folder, 'secret'), `${CLIENT.secret}\n`, { mode: 0o600 });
    oidc.denies = undefined;
  });
  afterEach(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const corp = (more: object = {}) => ({
    id: 'corp',
    kind: 'oidc',
    label: 'Corp',
    issuer: oidc.issuer,
    clientId: CLIENT.id,
    clientSecretFile: 'secret',
    scopes: ['openid', 'profile', 'email', 'groups'],
    ...more,
  });
  const hub = (more: object = {}) => ({
    id: 'hub',
    kind: 'github',
    label: 'GitHub',
    issuer: github.issuer,
    clientId: CLIENT.id,
    clientSecretFile: 'secret',
    ...more,
  });
  const start = async (...providers: object[]) => {
    const file = path.join(folder, 'providers.json');
    writeFileSync(file, JSON.stringify({ providers }), { mode: 0o600 });
    app = await startApp({
      clock,
      env: { BAILIWICK_SIGN_IN_PROVIDERS_FILE: file, BAILIWICK_SIGN_IN_TRIES: '50' },
    });
    await app.app.get(TenantsService).default();
  };

  interface Away {
    /** What the browser brings back. */
    carried: string;
    location: URL;
  }
  const leave = async (id = 'corp', query = ''): Promise<Away> => {
    const answer = await request(app.url).get(`${API}/sign-in/providers/${id}/start${query}`).redirects(0).expect(302);
    const [carried = ''] = (answer.get('Set-Cookie')?.[0] ?? '').split(';');
    return { carried, location: new URL(answer.get('location') ?? '') };
  };
  /** As a browser would, until the provider sends it back. */
  const visit = async ({ location }: Away): Promise<URL> => {
    const jar = new Map<string, string>();
    let at = location;
    for (let hops = 0; hops < 10 && at.origin !== PUBLIC; hops += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        jar.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) throw new Error(`${at.href} answers ${answer.status}: ${await answer.text()}`);
      at = new URL(next, at);
    }
    return at;
  };
  const comeBack = (at: URL, carried: string, headers: Record<string, string> = {}) =>
    request(app.url)
      .get(`${at.pathname}${at.search}`)
      .set({ ...(carried === '' ? {} : { cookie: carried }), ...headers })
      .redirects(0);
  const enter = async (id = 'corp', query = ''): Promise<Response> => {
    const away = await leave(id, query);
    return comeBack(await visit(away), away.carried);
  };
  const sessionIn = (answer: Response): string | undefined =>
    answer
      .get('Set-Cookie')
      ?.find((line) => line.startsWith('bw_session='))
      ?.split(';')[0];
  const meOf = async (answer: Response) => {
    expect([answer.status, answer.get('location')]).toEqual([302, '/']);
    const cookie = sessionIn(answer) ?? '';
    return (await request(app.url).get(`${API}/me`).set({ cookie }).expect(200)).body;
  };
  const refused = (answer: Response, code: string) => {
    expect(answer.status).toBe(302);
    const to = new URL(answer.get('location') ?? '', PUBLIC);
    expect([to.pathname, to.searchParams.get('error')]).toEqual(['/login', code]);
    expect(sessionIn(answer)).toBeUndefined();
  };
  const aPerson = async (username: string, email: string | null, platformRole: PlatformRole = 'member') => {
    const users = app.app.get(UsersService);
    const tenant = await app.app.get(TenantsService).default();
    const emailVerifiedAt = email === null ? null : clock.now();
    const wish = { username, displayName: username, email, emailVerifiedAt, platformRole, passwordHash: null };
    return users.write(users.homeFor(platformRole, tenant), (rows, tell) => users.add(rows, tell, tenant, wish));
  };
  const ask = (
    { headers }: Pick<SignedInPerson, 'headers'>,
    verb: 'get' | 'post' | 'put',
    at: string,
    body?: object,
  ) => {
    const asked = request(app.url)[verb](`${API}${at}`).set(headers);
    return body === undefined ? asked : asked.send(body);
  };

  describe('known by an issuer', () => {
    it('is offered by its label, with nothing of its secret', async () => {
      await start(corp(), hub());
      const { body } = await request(app.url).get(`${API}/sign-in/providers`).expect(200);
      expect(body).toEqual({
        items: [
          { id: 'corp', kind: 'oidc', label: 'Corp' },
          { id: 'hub', kind: 'github', label: 'GitHub' },
        ],
      });
      await request(app.url).get(`${API}/sign-in/providers/nobody/start`).redirects(0).expect(404);
    });

    it('is asked with a challenge, a state and a nonce that the browser has to bring back, sealed', async () => {
      await start(corp());
      const one = await leave();
      const query = Object.fromEntries(one.location.searchParams);
      expect(query).toMatchObject({
        client_id: CLIENT.id,
        response_type: 'code',
        redirect_uri: callbackOf('corp'),
        code_challenge_method: 'S256',
        scope: 'openid profile email groups',
      });
      for (const name of ['state', 'nonce', 'code_challenge']) expect(query[name]).toMatch(/^[\w-]{40,}$/);
      expect(one.carried).not.toContain(query['state']);
      expect(Object.fromEntries((await leave()).location.searchParams)['state']).not.toBe(query['state']);
    });

    it('lets nobody in whom nobody knows here, and makes no account', async () => {
      await start(corp());
      oidc.person = { sub: 'u1', email: 'ada@corp.example', email_verified: true };
      refused(await enter(), 'provider_stranger');
      await aPerson('ada', 'ada@corp.example');
      refused(await enter(), 'provider_stranger');
    });

    it('makes an account where it may, once, and knows it again by its own name', async () => {
      await start(corp({ createPeople: true }));
      oidc.person = {
        sub: 'u2',
        email: 'Ada@Corp.example',
        email_verified: true,
        name: 'Ada L.',
        preferred_username: 'Ada L',
      };
      const me = await meOf(await enter());
      expect(me.user).toMatchObject({ username: 'ada-l', displayName: 'Ada L.', platformRole: 'viewer' });
      oidc.person = { sub: 'u2', email: 'other@corp.example', email_verified: true, preferred_username: 'renamed' };
      expect((await meOf(await enter())).user.id).toBe(me.user.id);
      oidc.person = { sub: 'u3', preferred_username: 'ada-l' };
      expect((await meOf(await enter())).user).toMatchObject({ username: 'ada-l-2' });
    });

    it('leads to an account of the same verified address where that is allowed', async () => {
      await start(corp({ linkByVerifiedEmail: true }));
      const ada = await aPerson('ada', 'ada@corp.example');
      oidc.person = { sub: 'u4', email: 'ada@corp.example', email_verified: false };
      refused(await enter(), 'provider_stranger');
      oidc.person = { sub: 'u4', email: 'ADA@corp.example', email_verified: true };
      expect((await meOf(await enter())).user.id).toBe(ada.id);
      oidc.person = { sub: 'u4' };
      expect((await meOf(await enter())).user.id).toBe(ada.id);
    });

    it('never leads to an owner by an address, nor to one of two people who share it', async () => {
      await start(corp({ linkByVerifiedEmail: true }));
      await aPerson('olga', 'olga@corp.example', 'owner');
      oidc.person = { sub: 'u5', email: 'olga@corp.example', email_verified: true };
      refused(await enter(), 'provider_stranger');
      await aPerson('sam', 'sam@corp.example', 'administrator');
      await aPerson('sam2', 'sam@corp.example', 'member');
      oidc.person = { sub: 'u6', email: 'sam@corp.example', email_verified: true };
      refused(await enter(), 'provider_stranger');
    });

    it('never leads to who only wrote that address into their own profile', async () => {
      await start(corp({ linkByVerifiedEmail: true }));
      const mallory = await signIn(app, { username: 'mallory', platformRole: 'member' });
      const mine = { displayName: 'Mallory', email: 'chief@corp.example' };
      await request(app.url).patch(`${API}/me`).set(mallory.headers).send(mine).expect(204);
      oidc.person = { sub: 'u13', email: 'chief@corp.example', email_verified: true };
      refused(await enter(), 'provider_stranger');
      // Staff vouch for what they enter.
      const admin = await signIn(app, { username: 'adam', platformRole: 'administrator' });
      await request(app.url).patch(`${API}/users/${mallory.user.id}`).set(admin.headers).send({ email: 'm@corp.example' }).expect(200); // prettier-ignore
      oidc.person = { sub: 'u14', email: 'm@corp.example', email_verified: true };
      expect((await meOf(await enter())).user.id).toBe(mallory.user.id);
    });

    it('lets nobody in who is disabled', async () => {
      await start(corp({ createPeople: true }));
      oidc.person = { sub: 'u7', preferred_username: 'dora' };
      const { user } = await meOf(await enter());
      await changeRights(app, user.id, { active: false });
      refused(await enter(), 'provider_stranger');
    });

    it('lets nobody in whose tenant is archived, wherever they came from', async () => {
      await start(corp({ createPeople: true, tenant: 'acme' }), corp({ id: 'second', createPeople: true }));
      const owner = await signIn(app);
      const { body } = await ask(owner, 'post', '/tenants', { slug: 'acme', name: 'Acme' }).expect(201);
      oidc.person = { sub: 'u11', preferred_username: 'max' };
      expect((await meOf(await enter())).tenant.slug).toBe('acme');
      await ask(owner, 'post', `/tenants/${body.item.id}/archive`, {}).expect(200);
      refused(await enter(), 'provider_stranger');
      oidc.person = { sub: 'u12', preferred_username: 'min' };
      refused(await enter(), 'provider_stranger');
      await ask(owner, 'post', `/tenants/${body.item.id}/restore`, {}).expect(200);
      await meOf(await enter());
    });

    it('does not know a namesake of who was deleted', async () => {
      await start(corp({ createPeople: true }));
      const owner = await signIn(app);
      oidc.person = { sub: 'u8', preferred_username: 'eve' };
      const { user } = await meOf(await enter());
      await request(app.url).delete(`${API}/users/${user.id}`).set(owner.headers).send({}).expect(204);
      const again = await aPerson('eve', null);
      expect((await meOf(await enter())).user.id).not.toBe(again.id);
    });

    it('leads where somebody wanted to go, and never off the panel', async () => {
      await start(corp({ createPeople: true }));
      oidc.person = { sub: 'u9', preferred_username: 'nia' };
      const to = async (next: string) => (await enter('corp', `?next=${encodeURIComponent(next)}`)).get('location');
      expect(await to('/people?q=a')).toBe('/people?q=a');
      for (const foreign of [
        'https://evil.example',
        '//evil.example',
        '/\\evil.example',
        'javascript:alert(1)',
        '/\t/evil.example',
      ])
        expect(await to(foreign)).toBe('/');
    });

    it('ends the session that was there, and opens a new one', async () => {
      await start(corp({ createPeople: true }));
      oidc.person = { sub: 'u10', preferred_username: 'ida' };
      const before = await signIn(app);
      const away = await leave();
      const answer = await comeBack(await visit(away), `${away.carried}; ${before.cookie}`);
      expect((await meOf(answer)).user.username).toBe('ida');
      await ask(before, 'get', '/me').expect(401);
    });
  });

  describe('refused', () => {
    const ready = async () => {
      await start(corp({ createPeople: true }), corp({ id: 'second', label: 'Second', createPeople: true }));
      oidc.person = { sub: 'r1', preferred_username: 'rea' };
    };

    it('is who comes back without the cookie, with another’s, with a touched one, or with two', async () => {
      await ready();
      const [one, other, foreign] = [await leave(), await leave(), await leave('second')];
      const back = await visit(one);
      refused(await comeBack(back, ''), 'provider_expired');
      refused(await comeBack(back, `${one.carried.slice(0, -2)}xx`), 'provider_expired');
      refused(await comeBack(back, foreign.carried), 'provider_expired');
      refused(await comeBack(back, `${one.carried}; ${other.carried}`), 'provider_expired');
      refused(await comeBack(back, other.carried), 'provider_refused');
      await meOf(await comeBack(back, one.carried));
    });

    it('is who comes back late', async () => {
      await ready();
      const away = await leave();
      const back = await visit(away);
      clock.advance(10 * MINUTE);
      refused(await comeBack(back, away.carried), 'provider_expired');
    });

    it('is a code that was used, a state that was changed, or somebody else’s code', async () => {
      await ready();
      const away = await leave();
      const back = await visit(away);
      const changed = new URL(back);
      changed.searchParams.set('state', 'x'.repeat(43));
      refused(await comeBack(changed, away.carried), 'provider_refused');
      const mixed = new URL(back);
      mixed.searchParams.set('code', (await visit(await leave())).searchParams.get('code') ?? '');
      refused(await comeBack(mixed, away.carried), 'provider_refused');
      await meOf(await comeBack(back, away.carried));
      refused(await comeBack(back, away.carried), 'provider_refused');
    });

    it('is who is refused there, and the cookie is gone', async () => {
      await ready();
      oidc.denies = 'access_denied';
      const answer = await enter();
      refused(answer, 'provider_refused');
      expect(answer.get('Set-Cookie')?.find((line) => line.startsWith('bw_sign_in='))).toMatch(
        /Expires=Thu, 01 Jan 1970/,
      );
    });

    it('is everybody while the provider is away, and told so', async () => {
      await start(corp({ issuer: 'http://127.0.0.1:9' }));
      const answer = await request(app.url)
        .get(`${API}/sign-in/providers/corp/start?next=/people`)
        .redirects(0)
        .expect(302);
      refused(answer, 'provider_unavailable');
      expect(answer.get('location')).toContain('next=%2Fpeople');
    });

    it('is who was refused too often from an address', async () => {
      await ready();
      oidc.denies = 'access_denied';
      for (let tries = 0; tries < 50; tries += 1)
        refused(
          await comeBack(new URL(`${callbackOf('corp')}?error=access_denied&state=x`), (await leave()).carried),
          'provider_refused',
        );
      oidc.denies = undefined;
      refused(await enter(), 'rate_limited');
    });

    it('counts nobody who brings nothing back: they have tried nothing', async () => {
      await ready();
      const away = await leave();
      const back = await visit(away);
      for (let tries = 0; tries < 60; tries += 1) refused(await comeBack(back, ''), 'provider_expired');
      await meOf(await comeBack(back, away.carried));
    });

    it('is written down, and so is who got in', async () => {
      await ready();
      const owner = await signIn(app);
      oidc.denies = 'access_denied';
      await enter();
      oidc.denies = undefined;
      await enter();
      const { items } = await app.app.get(AuditService).list(owner.actor, { limit: 50 });
      expect(items.map(({ action, outcome }) => `${action} ${outcome}`).reverse()).toEqual([
        'sessions.signIn refused',
        'people.create done',
        'sessions.signIn done',
      ]);
      expect(items[0]?.details).toMatchObject({ way: 'provider', provider: 'corp' });
      expect(items[2]?.details).toMatchObject({ code: 'provider_refused' });
      expect(JSON.stringify(items)).not.toContain(CLIENT.secret);
    });
  });

  describe('with groups', () => {
    const ROLES = [
      { group: 'ops', platformRole: 'administrator' },
      { group: 'devs', platformRole: 'member', roleTag: 'developer' },
      { group: 'qa', roleTag: 'tester' },
    ];
    const come = async (sub: string, groups: string[]) => {
      oidc.person = { sub, preferred_username: sub, groups };
      const { user } = await meOf(await enter());
      return app.app.get(UsersService).get(user.id);
    };

    it('gives what they make of somebody at every sign-in, and takes it away again', async () => {
      await start(corp({ createPeople: true, roles: ROLES }));
      await signIn(app);
      expect(await come('gus', ['devs', 'other'])).toMatchObject({ platformRole: 'member', roleTag: 'developer' });
      expect(await come('gus', ['ops', 'devs'])).toMatchObject({ platformRole: 'administrator', roleTag: 'developer' });
      expect(await come('gus', ['qa'])).toMatchObject({ platformRole: 'viewer', roleTag: 'tester' });
      expect(await come('gus', [])).toMatchObject({ platformRole: 'viewer', roleTag: null });
    });

    it('never makes an owner, and never unmakes one', async () => {
      await start(corp({ createPeople: true, roles: ROLES }));
      const { id } = await come('ona', ['ops']);
      await changeRights(app, id, { platformRole: 'owner' });
      expect(await come('ona', [])).toMatchObject({ platformRole: 'owner' });
      const { items } = await app.app.get(AuditService).list((await signIn(app)).actor, { limit: 50 });
      expect(items.filter(({ action }) => action === 'people.settle')).toEqual([]);
    });

    it('is written down where it moves somebody between the staff and a tenant', async () => {
      await start(corp({ createPeople: true, roles: ROLES }));
      const owner = await signIn(app);
      await come('rob', ['devs']);
      const { id } = await come('rob', ['ops']);
      await ask(owner, 'get', `/users/${id}`).expect(200);
      const { items } = await app.app.get(AuditService).list(owner.actor, { limit: 50 });
      expect(items.find(({ action }) => action === 'people.settle')).toMatchObject({
        actor: { name: 'provider corp' },
        details: { platformRole: { from: 'member', to: 'administrator' }, provider: 'corp' },
      });
    });

    it('keeps who was made something by hand where it says nothing of roles', async () => {
      await start(corp({ createPeople: true }));
      await signIn(app);
      const { id } = await come('pat', []);
      await changeRights(app, id, { platformRole: 'administrator' });
      expect(await come('pat', ['ops'])).toMatchObject({ platformRole: 'administrator' });
    });

    it('lets somebody in although a role was taken out of the catalogue', async () => {
      await start(corp({ createPeople: true, roles: [{ group: 'qa', roleTag: 'no-such-role' }] }));
      expect(await come('quin', ['qa'])).toMatchObject({ roleTag: null });
    });
  });

  describe('with a second factor here', () => {
    it('asks for it as after a password', async () => {
      await start(corp({ createPeople: true }));
      oidc.person = { sub: 's1', preferred_username: 'sue' };
      const { user } = await meOf(await enter());
      const who = await openSession(app, await app.app.get(UsersService).get(user.id));
      const { secret } = TwoFactorStart.parse((await ask(who, 'post', '/me/two-factor', {}).expect(201)).body);
      await ask(who, 'post', '/me/two-factor/confirm', { code: totp(secret, clock.now()) }).expect(200);
      clock.advance(30_000);
      const answer = await enter('corp', '?next=/people');
      expect(sessionIn(answer)).toBeUndefined();
      const [, step = ''] = /^\/login\?next=%2Fpeople#second-step=(.+)$/.exec(answer.get('location') ?? '') ?? [];
      const { challenge, factors } = JSON.parse(Buffer.from(step, 'base64url').toString());
      expect(factors).toEqual(['code', 'recoveryCode']);
      const second = (code: string) => request(app.url).post(`${API}/sign-in/two-factor`).send({ challenge, code });
      await second('000000').expect(401);
      await second(totp(secret, clock.now())).expect(200);
    });

    it('leaves who must have one and has none nothing but to set it up', async () => {
      await start(corp({ createPeople: true }));
      const owner = await signIn(app);
      await ask(owner, 'put', '/settings/two-factor', { requiredFor: ['viewer'] }).expect(200);
      oidc.person = { sub: 's2', preferred_username: 'tom' };
      expect(await meOf(await enter())).toMatchObject({
        twoFactorMissing: true,
        can: ['account.see', 'account.manage'],
      });
    });
  });

  describe('at GitHub', () => {
    it('knows people by their number, whatever they call themselves', async () => {
      await start(hub({ createPeople: true }));
      github.account = { id: 77, login: 'Octo-Cat', name: 'Octo' };
      github.addresses = [{ email: 'Octo@github.example', primary: true, verified: true }];
      const { user } = await meOf(await enter('hub'));
      expect(user).toMatchObject({ username: 'octo-cat', displayName: 'Octo', platformRole: 'viewer' });
      github.account = { id: 77, login: 'renamed' };
      expect((await meOf(await enter('hub'))).user.id).toBe(user.id);
      github.account = { id: 78, login: 'octo-cat' };
      expect((await meOf(await enter('hub'))).user.id).not.toBe(user.id);
    });

    it('trusts a primary address it has verified, and no other', async () => {
      await start(hub({ linkByVerifiedEmail: true }));
      const ada = await aPerson('ada', 'ada@corp.example');
      github.account = { id: 80, login: 'ada' };
      for (const [primary, verified] of [
        [true, false],
        [false, true],
      ] as const) {
        github.addresses = [{ email: 'ada@corp.example', primary, verified }];
        refused(await enter('hub'), 'provider_stranger');
      }
      github.addresses = [{ email: 'ada@corp.example', primary: true, verified: true }];
      expect((await meOf(await enter('hub'))).user.id).toBe(ada.id);
    });

    it('refuses a code of another sign-in and a changed state', async () => {
      await start(hub({ createPeople: true }));
      const [one, other] = [await leave('hub'), await leave('hub')];
      const mixed = await visit(one);
      mixed.searchParams.set('code', (await visit(other)).searchParams.get('code') ?? '');
      refused(await comeBack(mixed, one.carried), 'provider_refused');
      const changed = await visit(one);
      changed.searchParams.set('state', 'x');
      refused(await comeBack(changed, one.carried), 'provider_refused');
    });
  });
});
