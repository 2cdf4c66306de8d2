import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MailStatus } from '@bailiwick/contract';
import request from 'supertest';
import * as z from 'zod';
import type { MailKinds } from '../../src/foundation/mail/mail.service.js';
import { MailRow } from '../../src/foundation/mail/mail.entity.js';
import { MOST_ATTEMPTS } from '../../src/foundation/mail/mail.rules.js';
import { MailService } from '../../src/foundation/mail/mail.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { databaseFor } from '../postgres.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { SmtpSink } from '../smtp-sink.js';
import { until } from '../until.js';

declare module '../../src/foundation/mail/mail.service.js' {
  interface MailKinds {
    postcard: { to: string };
  }
}

const API = '/api/v1';
const HOUR = 3_600_000;

describe('mail', () => {
  let app: TestApp;
  let clock: ManualClock;
  let sink: SmtpSink;
  let composed: number;
  const withPostcards = (started: TestApp): TestApp => {
    started.app.get(MailService).compose('postcard', z.object({ to: z.string() }), ({ to }, { secret }) => {
      composed += 1;
      return Promise.resolve({ to, subject: 'A postcard', text: `From here, with ${secret}` });
    });
    return started;
  };
  const start = async (env: Record<string, string> = {}, storageDir?: string) =>
    withPostcards(await startApp({ clock, env: { ...sink.env, ...env }, ...(storageDir ? { storageDir } : {}) }));
  beforeEach(async () => {
    composed = 0;
    clock = new ManualClock();
    sink = await SmtpSink.start();
    app = await start();
  });
  afterEach(async () => {
    await app.close();
    await sink.close();
  });

  const rows = () =>
    app.app
      .get(Database)
      .repository(MailRow)
      .find({ order: { createdAt: 'ASC', id: 'ASC' } });
  const only = async (): Promise<MailRow> => {
    const [row] = await rows();
    if (!row) throw new Error('There is no mail.');
    return row;
  };
  const write = (payload: MailKinds['postcard'], more: { sameAs?: string } = {}) =>
    app.app
      .get(Database)
      .transaction((each) => app.app.get(MailService).write(each, { kind: 'postcard', payload, ...more }));
  /** And has failed for the last time so far: it is counted when it begins. */
  const attempted = (times: number) =>
    until(async () => {
      const { attempts, failedAt } = await only();
      return attempts >= times && failedAt === clock.now();
    });

  it('goes to a real server, once, in words that can be read', async () => {
    await write({ to: 'ada@example.org' });
    const mail = await sink.mailTo('ada@example.org');
    expect(mail.subject).toBe('A postcard');
    expect(mail.text).toMatch(/^From here, with [\w-]{43}\s*$/);
    await until(async () => (await only()).state === 'sent');
    clock.advance(2 * HOUR);
    await write({ to: 'bob@example.org' });
    await sink.mailTo('bob@example.org');
    expect(sink.taken).toHaveLength(2);
  });

  it('stands or falls with the transaction it was written in', async () => {
    const failing = app.app.get(Database).transaction(async (each) => {
      await app.app.get(MailService).write(each, { kind: 'postcard', payload: { to: 'ada@example.org' } });
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    await write({ to: 'bob@example.org' });
    await sink.mailTo('bob@example.org');
    expect(await rows()).toHaveLength(1);
    expect(sink.taken).toHaveLength(1);
  });

  it('takes no second one of the same key while the first waits', async () => {
    await sink.close();
    await write({ to: 'ada@example.org' }, { sameAs: 'postcard to ada' });
    await write({ to: 'ada@example.org' }, { sameAs: 'postcard to ada' });
    await write({ to: 'bob@example.org' }, { sameAs: 'postcard to bob' });
    expect(await rows()).toHaveLength(2);
    await attempted(1);
    await sink.open();
    clock.advance(HOUR);
    await sink.mailTo('ada@example.org');
    await until(async () => (await rows()).every(({ state }) => state === 'sent'));
    await write({ to: 'ada@example.org' }, { sameAs: 'postcard to ada' });
    await sink.mailTo('ada@example.org', 2);
  });

  it('waits out an outage, longer each time, and then arrives as it was meant to', async () => {
    await sink.close();
    await write({ to: 'ada@example.org' });
    await attempted(1);
    expect(await only()).toMatchObject({ state: 'waiting', failure: 'unreachable' });
    clock.advance(4999);
    clock.advance(1);
    await attempted(2);
    clock.advance(20_000);
    await attempted(3);
    await sink.open();
    clock.advance(80_000);
    const mail = await sink.mailTo('ada@example.org');
    expect(mail.id).toContain((await only()).id);
    await until(async () => (await only()).state === 'sent');
    expect(composed).toBe(4);
  });

  it('is the same however often it is tried: one that arrives twice holds one secret', async () => {
    sink.refusal = { code: 450, words: 'Mailbox busy' };
    await write({ to: 'ada@example.org' });
    await attempted(1);
    const { sealed, id } = await only();
    const service = app.app.get(MailService);
    const texts = await Promise.all([1, 2].map(async () => (await service.composed({ id, kind: 'postcard', sealed }))?.text)); // prettier-ignore
    expect(texts[0]).toBe(texts[1]);
  });

  it('is tried again after "come back later"', async () => {
    sink.refusal = { code: 450, words: 'Greylisted' };
    await write({ to: 'ada@example.org' });
    await attempted(1);
    expect(await only()).toMatchObject({ state: 'waiting', failure: 'deferred' });
    expect((await only()).said).toContain('Greylisted');
    sink.refusal = undefined;
    clock.advance(5000);
    await sink.mailTo('ada@example.org');
  });

  it('is given up at once when the server will never take it, and tells why', async () => {
    sink.refusal = { code: 550, words: 'No such person here' };
    await write({ to: 'ada@example.org' });
    await until(async () => (await only()).state === 'failed');
    expect(await only()).toMatchObject({ attempts: 1, failure: 'refused', sealed: null });
    const owner = await signIn(app);
    const { body } = await request(app.url).get(`${API}/settings/mail`).set(owner.headers).expect(200);
    expect(MailStatus.parse(body)).toMatchObject({ waiting: 0, failed: 1, lastFailure: { failure: 'refused' } });
    expect(body.lastFailure.said).toContain('No such person here');
  });

  it('is given up after a day of trying', async () => {
    await sink.close();
    await write({ to: 'ada@example.org' });
    for (let times = 1; (await only()).state === 'waiting' && times <= MOST_ATTEMPTS; times += 1) {
      await until(async () => (await only()).attempts >= times || (await only()).state === 'failed');
      clock.advance(HOUR);
      await until(async () => (await only()).dueAt > clock.now() || (await only()).state === 'failed');
    }
    expect(await only()).toMatchObject({ state: 'failed', failure: 'unreachable', sealed: null });
  });

  it('keeps neither address nor secret readable, and writes neither to the log', async () => {
    sink.refusal = { code: 450, words: 'Later, ada@example.org' };
    await write({ to: 'ada@example.org' });
    await attempted(1);
    const { said, ...kept } = await only();
    expect(said).toContain('Later');
    expect(JSON.stringify(kept)).not.toContain('ada@example.org');
    expect(JSON.stringify(app.log.history(500))).not.toContain('ada@example.org');
  });

  it('survives the end of the core between the row and the server', async () => {
    const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    await sink.close();
    const before = await start({}, storageDir);
    await before.app
      .get(Database)
      .transaction((each) =>
        before.app.get(MailService).write(each, { kind: 'postcard', payload: { to: 'ada@example.org' } }),
      );
    await before.close();
    await sink.open();
    clock.advance(HOUR);
    const after = await start({}, storageDir);
    await sink.mailTo('ada@example.org');
    expect(sink.taken).toHaveLength(1);
    await after.close();
    await (await databaseFor(storageDir)).drop();
    rmSync(storageDir, { recursive: true, force: true });
  });

  it('makes room behind a server that is away: the oldest is dropped and counted', async () => {
    await sink.close();
    const database = app.app.get(Database);
    await write({ to: 'first@example.org' });
    const first = await only();
    await attempted(1);
    const copies = Array.from({ length: 9999 }, (_, index) => ({
      ...first,
      id: `mail_copy${String(index).padStart(12, '0')}`,
      createdAt: first.createdAt + 1,
      dueAt: clock.now() + HOUR,
    }));
    await database.transaction(async (each) => {
      for (let from = 0; from < copies.length; from += 500) await each.insert(MailRow, copies.slice(from, from + 500));
    });
    await write({ to: 'last@example.org' });
    expect(await database.repository(MailRow).findOneBy({ id: first.id })).toMatchObject({
      state: 'failed',
      failure: 'dropped',
      sealed: null,
    });
    expect(await database.repository(MailRow).countBy({ state: 'waiting' })).toBe(10_000);
  });

  it('writes nothing where no server is set up', async () => {
    const silent = withPostcards(await startApp());
    await silent.app
      .get(Database)
      .transaction((each) => silent.app.get(MailService).write(each, { kind: 'postcard', payload: { to: 'a@b.org' } }));
    expect(await silent.app.get(Database).repository(MailRow).count()).toBe(0);
    await silent.close();
  });

  describe('the test mail', () => {
    const test = (who: SignedInPerson, to: string, at = app) =>
      request(at.url).post(`${API}/settings/mail/test`).set(who.headers).send({ to });
    const ended = async (who: SignedInPerson, id: string, at = app) => {
      const read = async () => (await request(at.url).get(`${API}/operations/${id}`).set(who.headers)).body;
      await until(async () => ['done', 'failed'].includes((await read()).state));
      return read();
    };

    it('is an operation that ends when the server has taken it', async () => {
      const owner = await signIn(app);
      const { body } = await test(owner, 'ada@example.org').expect(202);
      const operation = await ended(owner, body.operation.id);
      expect(operation).toMatchObject({ name: 'mail.test', state: 'done' });
      expect((await sink.mailTo('ada@example.org')).subject).toBe('Mail from Bailiwick works');
    });

    it('fails with the reason and, for staff, the server’s own words', async () => {
      const owner = await signIn(app);
      sink.refusal = { code: 550, words: 'Not you' };
      const { body } = await test(owner, 'ada@example.org').expect(202);
      const operation = await ended(owner, body.operation.id);
      expect(operation).toMatchObject({
        state: 'failed',
        failedStep: 'send',
        error: { code: 'mail_failed', params: { failure: 'refused' } },
      });
      expect(operation.error.raw).toContain('Not you');
    });

    it('tells a server that is silent from one that is not there', async () => {
      const owner = await signIn(app);
      await sink.close();
      const { body } = await test(owner, 'ada@example.org').expect(202);
      expect(await ended(owner, body.operation.id)).toMatchObject({
        failedStep: 'connect',
        error: { params: { failure: 'unreachable' } },
      });
    });

    it('needs staff, a proof a moment ago, an address, and a server', async () => {
      const owner = await signIn(app);
      await test(await signIn(app, { platformRole: 'member' }), 'ada@example.org').expect(403);
      await test(owner, 'nobody').expect(400);
      await test(owner, 'ada@example.org\r\nBcc: eve@example.org').expect(400);
      clock.advance(6 * 60_000);
      expect((await test(owner, 'ada@example.org').expect(403)).body.code).toBe('step_up_required');
      const silent = await startApp();
      const other = await signIn(silent);
      expect((await test(other, 'ada@example.org', silent).expect(409)).body.code).toBe('mail_not_configured');
      expect((await request(silent.url).get(`${API}/settings/mail`).set(other.headers)).body).toEqual({
        configured: false,
        server: null,
        waiting: 0,
        failed: 0,
        lastFailure: null,
      });
      await silent.close();
    });
  });

  it('tells staff the server and the name it signs in with, and nobody the password', async () => {
    const owner = await signIn(app);
    const { body } = await request(app.url).get(`${API}/settings/mail`).set(owner.headers).expect(200);
    expect(body).toEqual({
      configured: true,
      server: { host: '127.0.0.1', port: sink.port, tls: 'none', user: null, from: 'panel@example.org' },
      waiting: 0,
      failed: 0,
      lastFailure: null,
    });
  });

  it('is not handed to a server without the encryption that was asked for', async () => {
    await app.close();
    app = await start({ BAILIWICK_SMTP_TLS: 'starttls' });
    await write({ to: 'ada@example.org' });
    await attempted(1);
    expect(await only()).toMatchObject({ state: 'waiting', failure: 'tls' });
    expect(sink.taken).toHaveLength(0);
  });

  it('stops in the middle of a server that says nothing', async () => {
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const stuck = await start({ BAILIWICK_SMTP_PORT: String(address.port) });
    await stuck.app
      .get(Database)
      .transaction((each) =>
        stuck.app.get(MailService).write(each, { kind: 'postcard', payload: { to: 'ada@example.org' } }),
      );
    await until(async () => (await stuck.app.get(Database).repository(MailRow).find())[0]?.attempts === 1);
    const startedAt = performance.now();
    await stuck.close();
    expect(performance.now() - startedAt).toBeLessThan(5000);
    mute.close();
  });
});
