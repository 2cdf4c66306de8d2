import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProgramTokens, SessionList } from '@bailiwick/contract';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import request from 'supertest';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { SessionsService } from '../../src/foundation/identity/sessions.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { SecretKey } from '../../src/kernel/secret-key.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { bearer, programSignIn } from '../bearer.js';
import { changeRights } from '../people.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const API = '/api/v1';
const PASSWORD = 'correct horse battery staple';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('programs that sign in', () => {
  let app: TestApp;
  let clock: ManualClock;
  let ada: SignedInPerson;
  const named = { username: 'ada', password: PASSWORD };
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock });
    ada = await signIn(app, { username: 'ada', password: PASSWORD, platformRole: 'member' });
  });
  afterEach(() => app.close());

  const me = (headers: Record<string, string>) => request(app.url).get(`${API}/me`).set(headers);
  const refresh = (refreshToken: string) => request(app.url).post(`${API}/token/refresh`).send({ refreshToken });
  const actions = async () => {
    const owner = await signIn(app);
    return (await app.app.get(AuditService).list(owner.actor, { limit: 100 })).items.map(
      ({ action, outcome }) => `${action} ${outcome}`,
    );
  };

  it('get a short access token that says whose session it is, and nothing of what they may', async () => {
    const { accessToken, expiresInSeconds, refreshEndsAt, headers } = await programSignIn(app, named);
    expect(expiresInSeconds).toBe(900);
    expect(refreshEndsAt).toBe(new Date(clock.now() + 30 * DAY).toISOString());
    expect(decodeProtectedHeader(accessToken)).toEqual({ alg: 'HS256', typ: 'at+jwt' });
    const now = clock.now() / 1000;
    expect(decodeJwt(accessToken)).toEqual({
      iss: app.config.BAILIWICK_PUBLIC_URL,
      aud: 'bailiwick-api',
      sub: ada.user.id,
      sid: expect.stringMatching(/^ses_/),
      jti: expect.stringMatching(/^tok_/),
      iat: now,
      exp: now + 900,
    });
    expect((await me(headers).expect(200)).body).toMatchObject({ user: { id: ada.user.id }, csrf: '' });
  });

  it('need no CSRF header, and may do what their person may, the account included', async () => {
    const { headers } = await programSignIn(app, named);
    await request(app.url).patch(`${API}/me`).set(headers).send({ displayName: 'Ada L.' }).expect(204);
    const wish = { name: 'ci', capabilities: ['containers.see'] };
    await request(app.url).post(`${API}/me/tokens`).set(headers).send(wish).expect(201);
    clock.advance(6 * MINUTE);
    await request(app.url).post(`${API}/me/tokens`).set(headers).send(wish).expect(403);
    await request(app.url).post(`${API}/me/step-up`).set(headers).send({ password: PASSWORD }).expect(204);
    await request(app.url).post(`${API}/me/tokens`).set(headers).send(wish).expect(201);
    await request(app.url).get(`${API}/audit`).set(headers).expect(403);
  });

  it('are told nothing of what was wrong, and are locked out as at the sign-in', async () => {
    const wrong = async (body: object) => {
      const { status, body: said } = await request(app.url).post(`${API}/token`).send(body);
      return { status, code: said.code, message: said.message };
    };
    const stranger = await wrong({ username: 'nobody', password: PASSWORD });
    expect(stranger).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect(await wrong({ username: 'ada', password: 'not it' })).toEqual(stranger);
    await changeRights(app, ada.user.id, { active: false });
    expect(await wrong(named)).toEqual(stranger);
    for (let tries = 3; tries < 8; tries += 1) await wrong({ username: 'ada', password: 'not it' });
    const locked = await request(app.url).post(`${API}/token`).send(named).expect(429);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
    // One lock for both doors.
    await request(app.url).post(`${API}/sign-in`).send(named).expect(429);
    expect(await actions()).toEqual(expect.arrayContaining(['sessions.signIn refused', 'sessions.lock done']));
  });

  it('are let in no longer than fifteen minutes by one access token', async () => {
    const { headers } = await programSignIn(app, named);
    clock.advance(15 * MINUTE - 1000);
    await me(headers).expect(200);
    clock.advance(1000);
    await me(headers).expect(401);
  });

  it('refresh once with each token, for thirty days in all', async () => {
    const first = await programSignIn(app, named);
    clock.advance(20 * DAY);
    const second = ProgramTokens.parse((await refresh(first.refreshToken).expect(200)).body);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.refreshEndsAt).toBe(first.refreshEndsAt);
    await me(bearer(second.accessToken)).expect(200);
    clock.advance(10 * DAY);
    await refresh(second.refreshToken).expect(401);
    await me(bearer(second.accessToken)).expect(401);
  });

  it('lose the whole family when a refresh token comes twice, and it is written down', async () => {
    const first = await programSignIn(app, named);
    const other = await programSignIn(app, named);
    const second = ProgramTokens.parse((await refresh(first.refreshToken).expect(200)).body);
    const unknown = (await refresh('bwr_nonsense').expect(401)).body;
    expect((await refresh(first.refreshToken).expect(401)).body).toMatchObject({
      code: unknown.code,
      message: unknown.message,
    });
    await me(bearer(second.accessToken)).expect(401);
    await refresh(second.refreshToken).expect(401);
    await me(other.headers).expect(200);
    expect(await actions()).toContain('sessions.reuse refused');
  });

  it('of fifty that refresh at once with one token one gets the next, and then none holds', async () => {
    const { refreshToken } = await programSignIn(app, named);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    await me(bearer(ProgramTokens.parse(won[0]?.body).accessToken)).expect(401);
  });

  it('end by their own wish, whatever token of the family they show', async () => {
    const first = await programSignIn(app, named);
    await refresh(first.refreshToken).expect(200);
    const revoke = (refreshToken: string) => request(app.url).post(`${API}/token/revoke`).send({ refreshToken });
    await revoke(first.refreshToken).expect(204);
    await me(first.headers).expect(401);
    await revoke(first.refreshToken).expect(204);
    await revoke('bwr_nonsense').expect(204);
    const next = await programSignIn(app, named);
    await request(app.url).post(`${API}/sign-out`).set(next.headers).expect(204);
    await refresh(next.refreshToken).expect(401);
  });

  it('stand in the list of sessions, and end there, with the password, and with their person', async () => {
    const first = await programSignIn(app, named);
    const list = async () =>
      SessionList.parse((await request(app.url).get(`${API}/me/sessions`).set(ada.headers).expect(200)).body).items;
    const program = (await list()).find(({ kind }) => kind === 'program');
    expect((await list()).map(({ kind }) => kind).toSorted()).toEqual(['browser', 'program']);
    await request(app.url)
      .delete(`${API}/me/sessions/${program?.id ?? ''}`)
      .set(ada.headers)
      .expect(204);
    await me(first.headers).expect(401);
    const second = await programSignIn(app, named);
    const change = { current: PASSWORD, password: 'another horse battery staple' };
    await request(app.url).put(`${API}/me/password`).set(ada.headers).send(change).expect(204);
    await me(second.headers).expect(401);
    const third = await programSignIn(app, { ...named, password: change.password });
    await changeRights(app, ada.user.id, { active: false });
    await me(third.headers).expect(401);
    await refresh(third.refreshToken).expect(401);
  });

  it('do not end by idling, as a browser does', async () => {
    const { refreshToken } = await programSignIn(app, named);
    clock.advance(13 * 60 * MINUTE);
    await me(ada.headers).expect(401);
    await refresh(refreshToken).expect(200);
  });

  it('keep only hashes here', async () => {
    const { refreshToken, accessToken } = await programSignIn(app, named);
    const database = app.app.get(Database);
    const rows = JSON.stringify([
      await database.read('SELECT * FROM "refresh_tokens"', []),
      await database.read('SELECT * FROM "sessions"', []),
    ]);
    expect(rows).not.toContain(refreshToken);
    expect(rows).not.toContain(accessToken);
  });

  describe('are refused with a token', () => {
    const forged = async (
      claims: Record<string, unknown> = {},
      { purpose = 'access-token', typ = 'at+jwt', alg = 'HS256' } = {},
    ) => {
      const { accessToken } = await programSignIn(app, named);
      const key = app.app.get(SecretKey).derive(purpose);
      return new SignJWT({ ...decodeJwt(accessToken), ...claims }).setProtectedHeader({ alg, typ }).sign(key);
    };

    it('of our own key and shape only', async () => {
      await me(bearer(await forged())).expect(200);
    });

    it.each([
      ['signed for another purpose', {}, { purpose: 'csrf' }],
      ['of another type', {}, { typ: 'JWT' }],
      ['by another algorithm', {}, { alg: 'HS512' }],
      ['for another audience', { aud: 'elsewhere' }, {}],
      ['of another issuer', { iss: 'https://elsewhere.test' }, {}],
      ['that was over long ago', { exp: 1 }, {}],
      ['without an end', { exp: undefined }, {}],
      ['without a person', { sub: undefined }, {}],
      ['of no session', { sid: 'ses_aaaaaaaaaaaaaaaa' }, {}],
      ['of a session that is none', { sid: 'nonsense' }, {}],
    ])('%s', async (_, claims, shape) => {
      await me(bearer(await forged(claims, shape))).expect(401);
    });

    it('of a browser’s session', async () => {
      await me(bearer(await forged({ sid: ada.actor.sessionId }))).expect(401);
    });

    it('without a signature, or with any bit of it turned', async () => {
      const { accessToken } = await programSignIn(app, named);
      const [head = '', payload = '', signature = ''] = accessToken.split('.');
      const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
      await me(bearer(`${none}.${payload}.`)).expect(401);
      const bytes = Buffer.from(signature, 'base64url');
      for (const [position] of bytes.entries()) {
        const turned = Buffer.from(bytes);
        turned[position] = (turned[position] ?? 0) ^ 1;
        await me(bearer(`${head}.${payload}.${turned.toString('base64url')}`)).expect(401);
      }
    });
  });

  it('show each credential at its own door only', async () => {
    const { accessToken, refreshToken } = await programSignIn(app, named);
    await me(bearer(refreshToken)).expect(401);
    await refresh(accessToken).expect(400);
    await me({ cookie: `bw_session=${accessToken}` }).expect(401);
    await me(bearer(ada.cookie.split('=')[1] ?? '')).expect(401);
    await me(bearer(app.app.get(SessionsService).csrfOf(ada.actor.sessionId))).expect(401);
  });
});
