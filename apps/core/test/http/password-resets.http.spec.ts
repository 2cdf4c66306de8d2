import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PlatformRole, TwoFactorStart } from '@bailiwick/contract';
import request from 'supertest';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { PasswordReset } from '../../src/foundation/identity/password-reset.entity.js';
import { SignInFailure } from '../../src/foundation/identity/sign-in-failure.entity.js';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import { MailRow } from '../../src/foundation/mail/mail.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { TenantDatabases } from '../../src/kernel/database/tenant-databases.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { mannWhitney } from '../mann-whitney.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { SmtpSink, type TakenMail } from '../smtp-sink.js';
import { totp } from '../totp.js';
import { until } from '../until.js';

const API = '/api/v1';
const PASSWORD = 'correct horse battery staple';
const NEW_PASSWORD = 'purple lantern gravel seventeen';
const MINUTE = 60_000;
const DEEP = process.env['BAILIWICK_TEST_DEEP'] === '1';
const TIMED_TRIES = DEEP ? 1000 : 120;

const tokenIn = ({ text }: TakenMail): string => /\/login\/recover#(\S+)/.exec(text)?.[1] ?? '';
const codeIn = ({ text }: TakenMail): string => /^(\d{6})$/m.exec(text)?.[1] ?? '';
const wrongFor = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('password reset', () => {
  let app: TestApp;
  let clock: ManualClock;
  let sink: SmtpSink;
  beforeEach(async () => {
    clock = new ManualClock();
    sink = await SmtpSink.start();
    app = await startApp({ clock, env: { ...sink.env, BAILIWICK_SIGN_IN_TRIES: '1000' } });
  });
  afterEach(async () => {
    await app.close();
    await sink.close();
  });

  const post = (address: string, body: object) => request(app.url).post(`${API}${address}`).send(body);
  const ask = (name: string, tenant?: string) =>
    post('/password-resets', { name, ...(tenant === undefined ? {} : { tenant }) });
  const complete = (token: string, more: object = {}) =>
    post('/password-resets/complete', { token, password: NEW_PASSWORD, ...more });
  const exchange = (name: string, code: string) => post('/password-resets/code', { name, code });
  const enter = (username: string, password: string) => post('/sign-in', { username, password });
  const person = async (username = 'ada', platformRole: PlatformRole = 'member') => {
    const who = await signIn(app, { username, password: PASSWORD, platformRole });
    await setEmail(who, `${username}@example.org`);
    return who;
  };
  const setEmail = async ({ user }: SignedInPerson, email: string) => {
    const users = app.app.get(UsersService);
    await users.write(await users.homeOfUser(user.id), (rows, tell) => users.change(rows, tell, user.id, { email }));
  };
  const mailOf = async (name: string, count = 1): Promise<TakenMail> => {
    await ask(name).expect(202);
    return sink.mailTo(`${name}@example.org`, count);
  };
  const forgetTries = () => app.app.get(Database).transaction(async (rows) => void (await rows.clear(SignInFailure)));
  const nothingWaits = () =>
    until(async () => (await app.app.get(Database).repository(MailRow).countBy({ state: 'waiting' })) === 0);
  const actions = async (owner: SignedInPerson) =>
    (await app.app.get(AuditService).list(owner.actor, { limit: 100 })).items.map(
      ({ action, outcome }) => `${action} ${outcome}`,
    );

  describe('asking', () => {
    it('answers the same for somebody, for nobody, for a disabled account and for one without an address', async () => {
      await person();
      await signIn(app, { username: 'bob', platformRole: 'member' });
      const eve = await person('eve');
      const users = app.app.get(UsersService);
      await users.write(await users.homeOfUser(eve.user.id), (rows, tell) =>
        users.change(rows, tell, eve.user.id, { active: false }),
      );
      const answers = [];
      for (const name of ['ada', 'nobody', 'eve', 'bob', 'ada@example.org', 'nobody@example.org'])
        answers.push(await ask(name));
      for (const answer of answers) {
        expect(answer.status).toBe(202);
        expect(answer.body).toEqual({ codeSeconds: 120, linkSeconds: 900, again: 30 });
        expect(answer.get('content-length')).toBe(answers[0]?.get('content-length'));
      }
      await nothingWaits();
      expect(sink.taken.map(({ to }) => to)).toEqual([['ada@example.org'], ['ada@example.org']]);
    });

    it('finds people by their address as well, however it is spelt, and in the tenant that is named', async () => {
      const owner = await signIn(app);
      const headers = owner.headers;
      await request(app.url).post(`${API}/tenants`).set(headers).send({ slug: 'acme', name: 'Acme' }).expect(201);
      for (const tenant of ['acme', 'default'])
        await request(app.url)
          .post(`${API}/users`)
          .set(headers)
          .send({ tenant, username: 'ada', displayName: tenant, email: `Ada@${tenant}.example` })
          .expect(201);
      await ask('ADA@acme.example').expect(202);
      expect((await sink.mailTo('ada@acme.example')).text).toContain('Hello acme,');
      await ask('ada', 'acme').expect(202);
      expect((await sink.mailTo('ada@acme.example', 2)).subject).toBe('Choose a new password');
      // Which of the two is meant is not guessed.
      await ask('ada').expect(202);
      await nothingWaits();
      expect(sink.taken).toHaveLength(2);
    });

    it('may be repeated after half a minute, for any name alike', async () => {
      await person();
      for (const name of ['ada', 'nobody']) {
        await ask(name).expect(202);
        const again = await ask(name).expect(429);
        expect(again.body).toMatchObject({ code: 'rate_limited', params: { retryAfterSeconds: 30 } });
      }
      clock.advance(30_000);
      await ask('ada').expect(202);
    });

    it('sends one address no more than ten a day, and one network thirty an hour', async () => {
      for (let times = 0; times < 10; times += 1) {
        await ask('nobody').expect(202);
        clock.advance(MINUTE);
      }
      await ask('nobody').expect(429);
      clock.advance(60 * MINUTE);
      for (let times = 0; times < 30; times += 1) await ask(`nobody-${times}`).expect(202);
      await ask('somebody-else').expect(429);
    });

    it('is refused from another site and with a field too many', async () => {
      await request(app.url)
        .post(`${API}/password-resets`)
        .set('origin', 'https://evil.example')
        .send({ name: 'ada' })
        .expect(403);
      await post('/password-resets', { name: 'ada', email: 'eve@evil.example' }).expect(400);
      await post('/password-resets', { name: ['ada'] }).expect(400);
    });

    it('says so where no mail server is set up, to everybody', async () => {
      const silent = await startApp();
      const post = (name: string) => request(silent.url).post(`${API}/password-resets`).send({ name });
      const known = await signIn(silent, { username: 'ada', platformRole: 'member' });
      for (const name of [known.user.username, 'nobody'])
        expect((await post(name).expect(409)).body.code).toBe('mail_not_configured');
      expect((await request(silent.url).get(`${API}/password-resets`)).body).toEqual({ byMail: false });
      await silent.close();
      expect((await request(app.url).get(`${API}/password-resets`)).body).toEqual({ byMail: true });
    });

    it.each(['owner', 'member'] as const)(
      'spends the same time on a name that does not exist as on that of a %s',
      async (platformRole) => {
        await person('ada', platformRole);
        const timed = async (name: string) => {
          const startedAt = performance.now();
          const { status } = await ask(name);
          const tookMs = performance.now() - startedAt;
          expect(status).toBe(202);
          await forgetTries();
          return tookMs;
        };
        const known: number[] = [];
        const unknown: number[] = [];
        // Mails go out meanwhile, and meet both alike.
        for (let round = -10; round < TIMED_TRIES; round += 1) {
          const order = round % 2 === 0 ? ['ada', 'nobody'] : ['nobody', 'ada'];
          for (const name of order) {
            const tookMs = await timed(name);
            if (round >= 0) (name === 'ada' ? known : unknown).push(tookMs);
          }
        }
        expect(mannWhitney(known, unknown)).toBeGreaterThan(DEEP ? 0.01 : 0.001);
        await nothingWaits();
        expect(sink.taken.length).toBeGreaterThan(10);
      },
      900_000,
    );
  });

  describe('the link', () => {
    it.each(['member', 'administrator'] as const)(
      'sets the password of a %s, ends every session, tells them, and works once',
      async (platformRole) => {
        const owner = await signIn(app);
        const who = await person('ada', platformRole);
        const mail = await mailOf('ada');
        const token = tokenIn(mail);
        expect(token).toMatch(/^usr_[a-z2-7]{16}\.[\w-]{43}$/);
        expect((await post('/password-resets/look', { token }).expect(200)).body).toMatchObject({
          username: 'ada',
          tenant: { slug: 'default' },
          twoFactor: false,
        });
        await complete(token).expect(204);
        await request(app.url).get(`${API}/me`).set(who.headers).expect(401);
        await enter('ada', PASSWORD).expect(401);
        await enter('ada', NEW_PASSWORD).expect(200);
        expect((await sink.mailTo('ada@example.org', 2)).subject).toBe('Your password was changed');
        for (const again of [await complete(token), await post('/password-resets/look', { token })]) {
          expect(again.status).toBe(410);
          expect(again.body.code).toBe('reset_invalid');
        }
        expect(await actions(owner)).toEqual(
          expect.arrayContaining(['account.requestReset done', 'account.resetPassword done']),
        );
      },
    );

    it('is good for fifteen minutes', async () => {
      await person();
      const token = tokenIn(await mailOf('ada'));
      clock.advance(15 * MINUTE);
      await complete(token).expect(410);
    });

    it('opens nothing when a letter of it is changed, or the id of another', async () => {
      await person();
      const bob = await person('bob');
      const token = tokenIn(await mailOf('ada'));
      const last = token.at(-1) === 'A' ? 'Q' : 'A';
      await complete(`${token.slice(0, -1)}${last}`).expect(410);
      await complete(`${bob.user.id}.${token.split('.')[1]}`).expect(410);
      await complete('x').expect(400);
      await complete(token, { userId: bob.user.id }).expect(400);
      await complete(token).expect(204);
    });

    it('lets one through of twenty at once', async () => {
      await person();
      const token = tokenIn(await mailOf('ada'));
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => complete(token, { password: `${NEW_PASSWORD} ${index}` })),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 204)).toHaveLength(1);
      expect(statuses.filter((status) => status === 204 || status === 410 || status === 503)).toHaveLength(20);
      const won = statuses.indexOf(204);
      await enter('ada', `${NEW_PASSWORD} ${won}`).expect(200);
    });

    it('uses up every other one, as does another password or another address', async () => {
      const who = await person();
      const first = tokenIn(await mailOf('ada'));
      clock.advance(30_000);
      const second = tokenIn(await mailOf('ada', 2));
      await post('/password-resets/look', { token: first }).expect(200);
      await complete(second).expect(204);
      await complete(first).expect(410);
      clock.advance(30_000);
      const third = tokenIn(await mailOf('ada', 4));
      await setEmail(who, 'other@example.org');
      await complete(third).expect(410);
    });

    it('refuses a weak password and is still good', async () => {
      await person();
      const token = tokenIn(await mailOf('ada'));
      expect((await complete(token, { password: 'password password' }).expect(400)).body.code).toBe('weak_password');
      await complete(token).expect(204);
    });

    it('asks for the second factor where there is one, and leaves it on', async () => {
      const who = await person();
      const headers = who.headers;
      const { secret } = TwoFactorStart.parse(
        (await request(app.url).post(`${API}/me/two-factor`).set(headers).expect(201)).body,
      );
      await request(app.url)
        .post(`${API}/me/two-factor/confirm`)
        .set(headers)
        .send({ code: totp(secret, clock.now()) })
        .expect(200);
      clock.advance(30_000);
      const token = tokenIn(await mailOf('ada'));
      expect((await post('/password-resets/look', { token })).body.twoFactor).toBe(true);
      expect((await complete(token).expect(401)).body.code).toBe('two_factor_required');
      const code = totp(secret, clock.now());
      expect((await complete(token, { code: wrongFor(code) }).expect(401)).body.code).toBe('two_factor_code_invalid');
      await complete(token, { code }).expect(204);
      expect((await enter('ada', NEW_PASSWORD).expect(401)).body.code).toBe('two_factor_required');
    });

    it('opens nothing for who was disabled or whose tenant was archived meanwhile', async () => {
      const owner = await signIn(app);
      await request(app.url).post(`${API}/tenants`).set(owner.headers).send({ slug: 'acme', name: 'Acme' }).expect(201);
      await request(app.url)
        .post(`${API}/users`)
        .set(owner.headers)
        .send({ tenant: 'acme', username: 'ada', displayName: 'Ada', email: 'ada@example.org' })
        .expect(201);
      const token = tokenIn(await mailOf('ada'));
      await request(app.url).post(`${API}/tenants/acme/archive`).set(owner.headers).expect(200);
      await complete(token).expect(410);
    });
  });

  describe('the code', () => {
    it('becomes a token that sets the password, once', async () => {
      await person();
      const code = codeIn(await mailOf('ada'));
      const { body } = await exchange('ada', `${code.slice(0, 3)} ${code.slice(3)}`).expect(200);
      await exchange('ada', code).expect(410);
      await complete(body.token).expect(204);
      await enter('ada', NEW_PASSWORD).expect(200);
    });

    it('is burnt by five wrong tries: the sixth fails, right as it is, and the link still opens', async () => {
      await person();
      const mail = await mailOf('ada');
      const code = codeIn(mail);
      for (let tries = 0; tries < 5; tries += 1) await exchange('ada', wrongFor(code)).expect(410);
      expect((await exchange('ada', code).expect(410)).body.code).toBe('reset_invalid');
      await complete(tokenIn(mail)).expect(204);
    });

    it('is looked at five times when a hundred come at once', async () => {
      await person();
      const code = codeIn(await mailOf('ada'));
      await Promise.all(Array.from({ length: 40 }, () => exchange('ada', wrongFor(code))));
      const [row] = await app.app
        .get(TenantDatabases)
        .use('default', (tenant) => tenant.repository(PasswordReset).find());
      expect(row?.codeTries).toBe(5);
      await exchange('ada', code).expect(410);
    });

    it('is good for two minutes, and an older one is worth nothing once there is a newer', async () => {
      await person();
      const first = codeIn(await mailOf('ada'));
      clock.advance(30_000);
      const second = codeIn(await mailOf('ada', 2));
      if (first !== second) await exchange('ada', first).expect(410);
      clock.advance(2 * MINUTE);
      await exchange('ada', second).expect(410);
    });

    it('says the same to a wrong code as to a name nobody has', async () => {
      await person();
      await mailOf('ada');
      const answers = [await exchange('ada', '000000'), await exchange('nobody', '000000')];
      for (const { status, body } of answers) {
        expect(status).toBe(410);
        expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' });
      }
    });

    it('is tried fifty times a day for one account at most, whatever codes are asked for', async () => {
      await person();
      for (let round = 0; round < 10; round += 1) {
        const code = codeIn(await mailOf('ada', round + 1));
        for (let tries = 0; tries < 5; tries += 1) await exchange('ada', wrongFor(code)).expect(410);
        clock.advance(31_000);
      }
      await ask('ada@example.org').expect(202);
      await exchange('ada', codeIn(await sink.mailTo('ada@example.org', 11))).expect(410);
    });

    it('locks whoever tries too often, as at the sign-in', async () => {
      const strict = await startApp({ env: sink.env });
      const tryIt = () =>
        request(strict.url).post(`${API}/password-resets/code`).send({ name: 'nobody', code: '000000' });
      for (let tries = 0; tries < 8; tries += 1) await tryIt().expect(410);
      await tryIt().expect(429);
      await strict.close();
    });
  });

  it('keeps neither link nor code readable, nor what was typed', async () => {
    const owner = await signIn(app);
    await person();
    const mail = await mailOf('ada');
    await sink.close();
    clock.advance(31_000);
    await ask('correct horse typed here').expect(202);
    const database = app.app.get(Database);
    const tenant = await app.app.get(TenantDatabases).use('default', (each) => each.repository(PasswordReset).find());
    const kept = JSON.stringify([
      tenant,
      await database.repository(MailRow).find(),
      await actions(owner),
      await database.read('SELECT * FROM "audit_events"', []),
    ]);
    for (const secret of [tokenIn(mail), tokenIn(mail).split('.')[1] ?? '-', codeIn(mail), 'typed here'])
      expect(kept).not.toContain(secret);
  });

  it.each(['the link', 'the code'])('by %s confirms the address it was sent to', async (way) => {
    const who = await person();
    const verified = async () => (await app.app.get(UsersService).get(who.user.id)).emailVerifiedAt;
    expect(await verified()).toBeNull();
    const mail = await mailOf('ada');
    const token = way === 'the link' ? tokenIn(mail) : (await exchange('ada', codeIn(mail)).expect(200)).body.token;
    await complete(token).expect(204);
    expect(await verified()).toBe(clock.now());
  });

  describe('by staff', () => {
    const link = (who: SignedInPerson, id: string) =>
      request(app.url).post(`${API}/users/${id}/password-reset`).set(who.headers);
    const tokenOf = (url: string): string => url.split('#')[1] ?? '';

    it('makes a link that is shown once and sets the password of who never had one', async () => {
      const admin = await signIn(app, { platformRole: 'administrator' });
      const bob = await signIn(app, { username: 'bob', platformRole: 'member' });
      const { body } = await link(admin, bob.user.id).expect(201);
      expect(body.url).toMatch(/^http:\/\/127\.0\.0\.1:5000\/login\/recover#usr_/);
      await complete(tokenOf(body.url)).expect(204);
      await complete(tokenOf(body.url)).expect(410);
      // It was handed over, and proves nothing of a mailbox.
      expect((await app.app.get(UsersService).get(bob.user.id)).emailVerifiedAt).toBeNull();
      await enter('bob', NEW_PASSWORD).expect(200);
    });

    it('is refused without a proof a moment ago, for an owner, for a disabled account, and to whoever is no staff', async () => {
      const admin = await signIn(app, { platformRole: 'administrator' });
      const owner = await signIn(app);
      const bob = await signIn(app, { username: 'bob', platformRole: 'member' });
      await link(admin, owner.user.id).expect(403);
      await link(bob, bob.user.id).expect(403);
      // Their own password is changed by who can type it.
      for (const own of [admin, owner])
        expect((await link(own, own.user.id).expect(409)).body.code).toBe('self_protection');
      const users = app.app.get(UsersService);
      await users.write(await users.homeOfUser(bob.user.id), (rows, tell) =>
        users.change(rows, tell, bob.user.id, { active: false }),
      );
      await link(admin, bob.user.id).expect(409);
      clock.advance(6 * MINUTE);
      expect((await link(admin, bob.user.id).expect(403)).body.code).toBe('step_up_required');
    });
  });

  const move = async (owner: SignedInPerson, who: SignedInPerson, to: object) => {
    const { body } = await request(app.url)
      .post(`${API}/users/${who.user.id}/move`)
      .set(owner.headers)
      .send(to)
      .expect(202);
    await until(
      async () =>
        (await request(app.url).get(`${API}/operations/${body.operation.id}`).set(owner.headers)).body.state === 'done',
    );
  };

  it('opens nothing for who has become something else since', async () => {
    const owner = await signIn(app);
    for (const [name, to] of [
      ['ada', 'owner'],
      ['bob', 'viewer'],
    ] as const) {
      const who = await person(name);
      const token = tokenIn(await mailOf(name));
      await move(owner, who, { platformRole: to });
      await complete(token).expect(410);
      clock.advance(MINUTE);
    }
  });

  it('goes with its account to another tenant, and is gone with it', async () => {
    const owner = await signIn(app);
    const who = await person();
    await request(app.url).post(`${API}/tenants`).set(owner.headers).send({ slug: 'acme', name: 'Acme' }).expect(201);
    const token = tokenIn(await mailOf('ada'));
    await move(owner, who, { tenant: 'acme' });
    expect((await post('/password-resets/look', { token }).expect(200)).body.tenant.slug).toBe('acme');
    await request(app.url).delete(`${API}/users/${who.user.id}`).set(owner.headers).send({}).expect(204);
    await complete(token).expect(410);
    const left = await app.app
      .get(TenantDatabases)
      .use('acme', (tenant) => tenant.repository(PasswordReset).countBy({ userId: who.user.id }));
    expect(left).toBe(0);
  });
});
