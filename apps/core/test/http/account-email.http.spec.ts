import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { SmtpSink } from '../smtp-sink.js';

const PASSWORD = 'correct horse battery staple';

describe('the address of an account', () => {
  let app: TestApp;
  let clock: ManualClock;
  let sink: SmtpSink;
  beforeEach(async () => {
    clock = new ManualClock();
    sink = await SmtpSink.start();
    app = await startApp({ clock, env: sink.env });
  });
  afterEach(async () => {
    await app.close();
    await sink.close();
  });

  const update = (who: SignedInPerson, body: object) =>
    request(app.url)
      .patch('/api/v1/me')
      .set(who.headers)
      .send({ displayName: who.user.displayName, ...body });
  const me = async (who: SignedInPerson) => (await request(app.url).get('/api/v1/me').set(who.headers)).body;

  it.each(['owner', 'member'] as const)(
    'is changed by a %s themselves, and the one before is told',
    async (platformRole) => {
      const who = await signIn(app, { platformRole });
      expect(await me(who)).toMatchObject({ email: null, emailVerified: false });
      await update(who, { email: 'Ada@Example.org' }).expect(204);
      expect(await me(who)).toMatchObject({ email: 'ada@example.org', emailVerified: false });
      await update(who, { email: 'new@example.org' }).expect(204);
      expect((await sink.mailTo('ada@example.org')).subject).toBe('Your address was changed');
      await update(who, { email: null }).expect(204);
      expect(await me(who)).toMatchObject({ email: null });
    },
  );

  it('stays where it is not named, and needs no proof then', async () => {
    const who = await signIn(app, { platformRole: 'member' });
    await update(who, { email: 'ada@example.org' }).expect(204);
    clock.advance(6 * 60_000);
    await update(who, { displayName: 'Countess' }).expect(204);
    expect(await me(who)).toMatchObject({ email: 'ada@example.org', user: { displayName: 'Countess' } });
    expect((await update(who, { email: 'eve@example.org' }).expect(403)).body.code).toBe('step_up_required');
  });

  it('is nobody else’s of that tenant, and an address', async () => {
    const [ada, bob] = [await signIn(app, { platformRole: 'member' }), await signIn(app, { platformRole: 'member' })];
    await update(ada, { email: 'ada@example.org' }).expect(204);
    expect((await update(bob, { email: 'ADA@example.org' }).expect(409)).body.code).toBe('name_taken');
    await update(bob, { email: 'nobody' }).expect(400);
    await update(bob, { email: 'bob@example.org\r\nBcc: eve@example.org' }).expect(400);
  });

  it('is changed ten times a day at most: each time a stranger may get a mail', async () => {
    const [ada, bob] = [await signIn(app, { platformRole: 'member' }), await signIn(app, { platformRole: 'member' })];
    for (let times = 0; times < 10; times += 1) await update(ada, { email: `ada${times}@example.org` }).expect(204);
    const { body } = await update(ada, { email: 'ada@example.org' }).expect(429);
    expect(body.code).toBe('rate_limited');
    await update(ada, { displayName: 'Countess' }).expect(204);
    await update(bob, { email: 'bob@example.org' }).expect(204);
  });

  it('is told of a new password', async () => {
    const who = await signIn(app, { platformRole: 'member', password: PASSWORD });
    await update(who, { email: 'ada@example.org' }).expect(204);
    await request(app.url)
      .put('/api/v1/me/password')
      .set(who.headers)
      .send({ current: PASSWORD, password: 'purple lantern gravel thirty' })
      .expect(204);
    expect((await sink.mailTo('ada@example.org')).subject).toBe('Your password was changed');
  });
});
