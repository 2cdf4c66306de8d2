import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Channel, ChannelTest } from '@bailiwick/contract';
import { AlertBook, type Happening } from '../../src/features/alerts/alert-book.service.js';
import { ChannelRow } from '../../src/features/channels/channel.entity.js';
import { NoticeRow } from '../../src/features/channels/notice.entity.js';
import type { Engine } from '../../src/foundation/environments/engine.js';
import { Database } from '../../src/kernel/database/database.js';
import { newId } from '../../src/kernel/ids.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { Asking } from '../granting.js';
import { HttpReceiver } from '../http-receiver.js';
import { signIn } from '../sign-in.js';
import { SmtpSink } from '../smtp-sink.js';
import { until } from '../until.js';

const MINUTE_MS = 60_000;
const SECRET = 'a secret of sixteen letters or more';
const HOSTILE =
  'shop @everyone <!channel> <@U1> *bold* [x](http://evil.test) _i_ `c` &amp; </b>\r\nBcc: eve@example.org';
const PASSWORD = 'correct horse battery';
const BOT = '12345:abcdefghijklmnopqrstuvwxyz';

let core: TestApp;
let clock: ManualClock;
let owner: Asking;
let receiver: HttpReceiver;
let folder: string;

const ALLOWED = {
  BAILIWICK_OUTBOUND_ALLOW: '127.0.0.0/8',
  BAILIWICK_SESSION_IDLE_MIN: '1440',
  BAILIWICK_SESSION_MAX_H: '720',
};
const start = async (more: { env?: Record<string, string>; storageDir?: string; engine?: Engine } = {}) => {
  core = await startApp({ clock, ...more, env: { ...ALLOWED, ...more.env } });
};
const provedOwner = async () => {
  owner = new Asking(core, await signIn(core, { password: PASSWORD }));
};

beforeEach(async () => {
  clock = new ManualClock();
  folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-channels-'));
  receiver = await HttpReceiver.start();
  await start();
  await provedOwner();
});
afterEach(async () => {
  await core.close();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function channel(settings: object, more: object = {}): Promise<Channel> {
  const { status, body } = await owner.post('settings/channels', { name: 'On call', settings, ...more });
  expect({ status, body }).toMatchObject({ status: 201 });
  return Channel.parse(body.item);
}
const webhook = (more: object = {}) => channel({ kind: 'webhook', url: `${receiver.url}/hook`, secret: SECRET }, more);
const channels = async (): Promise<Channel[]> =>
  Channel.array().parse((await owner.get('settings/channels')).body.items);
const only = async (): Promise<Channel> => Channel.parse((await channels())[0]);
async function tested({ id }: Channel): Promise<ChannelTest> {
  const { status, body } = await owner.post(`settings/channels/${id}/test`);
  expect(status).toBe(200);
  return ChannelTest.parse(body.item);
}

const book = () => core.app.get(AlertBook);
const happening = (name: string, more: Partial<Happening> = {}): Happening => ({
  key: `operation_failed:${name}`,
  rule: 'operation_failed',
  thingKind: 'operation',
  thingId: name,
  label: name,
  tenantId: null,
  environmentId: null,
  containerId: null,
  userId: null,
  facts: {},
  atMs: clock.now(),
  ...more,
});
const opens = (name = 'shop', more: Partial<Happening> = {}) => book().raise(happening(name, more));
const isOver = (name = 'shop') => book().settle(`operation_failed:${name}`, 'recovered');
const noticed = (count: number) => until(async () => (await only()).waiting === count, { what: `${count} waiting` });
/** The time between two messages. */
const goOn = () => clock.advance(11_000);
const contents = () =>
  receiver.bodies.map(({ alerts }) => (alerts as Array<{ about: string; label: string; count: number }>) ?? []);

describe('a channel', () => {
  it('keeps its secrets: nothing that is read holds them, and they stay when they are not named', async () => {
    const made = await webhook();
    expect(made.settings).toEqual({ kind: 'webhook', host: `127.0.0.1:${receiver.port}` });
    const read = JSON.stringify([await channels(), (await owner.get('audit')).body]);
    expect(read).not.toContain(SECRET);
    expect(read).not.toContain('/hook');
    const [row] = await core.app.get(Database).repository(ChannelRow).find();
    expect(JSON.stringify(row)).not.toContain(SECRET);
    const changed = await owner.put(`settings/channels/${made.id}`, { name: 'Renamed', settings: { kind: 'webhook' } });
    expect(changed.body.item).toMatchObject({ name: 'Renamed', settings: made.settings });
    expect((await tested(made)).failure).toBeNull();
    expect(receiver.received[0]?.path).toBe('/hook');
  });

  it('is refused with words: a name that is there, another kind, a token that would go elsewhere', async () => {
    const made = await channel({ kind: 'ntfy', server: receiver.url, topic: 'ops', token: 'tk_secret' });
    const again = await owner.post('settings/channels', {
      name: 'ON CALL',
      settings: { kind: 'slack', url: receiver.url },
    });
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 409, code: 'name_taken' });
    const put = (settings: object) => owner.put(`settings/channels/${made.id}`, { name: 'On call', settings });
    expect((await put({ kind: 'mail', to: ['a@example.org'] })).body.params.issues).toMatchObject([{ path: 'settings.kind' }]); // prettier-ignore
    const moved = await put({ kind: 'ntfy', server: 'https://evil.test', topic: 'ops' });
    expect(moved.body.params.issues).toMatchObject([{ path: 'settings.token' }]);
    expect((await put({ kind: 'ntfy', server: 'https://evil.test', topic: 'ops', token: null })).status).toBe(200);
    const tenant = { name: 'Other', tenant: newId('ten'), settings: { kind: 'slack', url: receiver.url } };
    expect((await owner.post('settings/channels', tenant)).status).toBe(404);
    const noMail = { name: 'Mail', settings: { kind: 'mail', to: ['a@example.org'] } };
    expect((await owner.post('settings/channels', noMail)).body.code).toBe('mail_not_configured');
  });

  it('is staff’s alone, asks again who they are, and leaves its mark in the trail', async () => {
    const made = await webhook();
    const member = new Asking(core, await signIn(core, { platformRole: 'member' }));
    expect((await member.get('settings/channels')).status).toBe(403);
    expect((await member.post(`settings/channels/${made.id}/test`)).status).toBe(403);
    await tested(made);
    clock.advance(6 * MINUTE_MS);
    for (const refused of [
      await owner.post('settings/channels', { name: 'Two', settings: { kind: 'slack', url: receiver.url } }),
      await owner.post(`settings/channels/${made.id}/test`),
      await owner.delete(`settings/channels/${made.id}`),
    ])
      expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 403, code: 'step_up_required' });
    await owner.post('me/step-up', { password: PASSWORD });
    expect((await owner.delete(`settings/channels/${made.id}`)).status).toBe(204);
    const { body } = await owner.get(`audit?target=${made.id}`);
    const done = body.items.filter(({ outcome }: { outcome: string }) => outcome === 'done');
    expect(done.map(({ action }: { action: string }) => action)).toEqual(['channels.delete', 'channels.test', 'channels.create']); // prettier-ignore
  });
});

describe('a message', () => {
  it('tells what opened and that it is over, signed, with a link and a number of its own', async () => {
    await webhook();
    opens('shop', { facts: { operationId: 'op_x', operation: 'containers.start', code: 'wrong_state' } });
    await noticed(1);
    clock.advance(1000);
    const first = await receiver.last();
    const { headers, text } = first;
    const signed = createHmac('sha256', SECRET)
      .update(`${String(headers['bailiwick-timestamp'])}.${text}`)
      .digest('hex');
    expect(headers['bailiwick-signature']).toBe(`v1=${signed}`);
    expect(headers['bailiwick-timestamp']).toBe(String(clock.now() / 1000));
    const [alert] = (JSON.parse(text) as { alerts: Array<{ id: string }> }).alerts;
    expect(JSON.parse(text)).toMatchObject({
      delivery: headers['bailiwick-delivery'],
      type: 'alerts',
      title: 'Warning: An operation on shop failed',
      alerts: [{ about: 'opened', rule: 'operation_failed', url: `http://127.0.0.1:5000/alerts/${alert?.id}`, facts: { code: 'wrong_state' } }], // prettier-ignore
    });
    await until(async () => (await only()).lastSentAt !== null);
    isOver();
    await noticed(1);
    goOn();
    const second = JSON.parse((await receiver.last(2)).text) as { title: string };
    expect(second).toMatchObject({ title: 'Over: An operation on shop failed', alerts: [{ id: alert?.id, about: 'closed', end: 'recovered' }] }); // prettier-ignore
    await noticed(0);
    goOn();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(receiver.received).toHaveLength(2);
  });

  it('goes to every kind of receiver in its own words, and hostile names stay words', async () => {
    const receivers = { slack: await HttpReceiver.start(), discord: await HttpReceiver.start(), telegram: await HttpReceiver.start(), ntfy: await HttpReceiver.start() }; // prettier-ignore
    try {
      await channel({ kind: 'slack', url: `${receivers.slack.url}/services/T/B/x` }, { name: 'Slack' });
      await channel({ kind: 'discord', url: `${receivers.discord.url}/api/webhooks/1/x` }, { name: 'Discord' });
      await channel({ kind: 'telegram', server: receivers.telegram.url, token: BOT, chat: '-100123' }, { name: 'Telegram' }); // prettier-ignore
      await channel({ kind: 'ntfy', server: receivers.ntfy.url, topic: 'ops', token: 'tk_1' }, { name: 'ntfy' });
      opens(HOSTILE);
      await until(async () => (await channels()).every(({ waiting }) => waiting === 1));
      clock.advance(2000);
      for (const each of Object.values(receivers)) await each.last();
      const [slack] = receivers.slack.bodies;
      expect(slack).toMatchObject({ mrkdwn: false, link_names: false, parse: 'none' });
      expect(slack?.['text']).toContain('&lt;!channel&gt; &lt;@U1&gt;');
      expect(slack?.['text']).toContain('&amp;amp;');
      const [discord] = receivers.discord.bodies;
      expect(discord).toMatchObject({ allowed_mentions: { parse: [] } });
      expect(discord?.['content']).not.toMatch(/@everyone|(?<!\\)\*bold|(?<!\\)\[x|(?<!\\)<@/);
      const [telegram] = receivers.telegram.received;
      expect(telegram?.path).toBe(`/bot${BOT}/sendMessage`);
      const body = receivers.telegram.bodies[0];
      expect(body).toMatchObject({ chat_id: '-100123' });
      expect(body).not.toHaveProperty('parse_mode');
      expect(body?.['text']).not.toContain('@everyone');
      expect(receivers.ntfy.received[0]).toMatchObject({ path: '/', headers: { authorization: 'Bearer tk_1' } });
      expect(receivers.ntfy.bodies[0]).toMatchObject({ topic: 'ops', priority: 4 });
      for (const { text } of Object.values(receivers).flatMap(({ received }) => received))
        expect(text).not.toMatch(/\\r|Bcc: eve@example.org"/);
    } finally {
      for (const each of Object.values(receivers)) await each.close();
    }
  });

  it('goes by mail to each address, with no header of a hostile name', async () => {
    const sink = await SmtpSink.start();
    try {
      await core.close();
      await start({ env: sink.env });
      await provedOwner();
      const made = await channel({ kind: 'mail', to: ['ada@example.org', 'bob@example.org'] });
      expect(await tested(made)).toMatchObject({ failure: null });
      expect((await sink.mailTo('ada@example.org')).subject).toBe('A test message from Bailiwick');
      opens(HOSTILE);
      await noticed(1);
      clock.advance(1000);
      const mail = await sink.mailTo('bob@example.org', 2);
      expect(mail.to).toEqual(['bob@example.org']);
      expect(mail.text).toContain('http://127.0.0.1:5000/alerts/alr_');
      expect(sink.taken.map(({ to }) => to[0])).not.toContain('eve@example.org');
      sink.refusal = { code: 550, words: 'No such mailbox' };
      expect(await tested(made)).toMatchObject({
        failure: 'refused',
        said: expect.stringContaining('No such mailbox'),
      });
    } finally {
      await sink.close();
    }
  });

  it('goes by mail once to who is there, however often it is tried for who is not', async () => {
    const sink = await SmtpSink.start({
      onRcptTo: ({ address }, _session, done) =>
        done(
          address === 'nobody@example.org' ? Object.assign(new Error('No such mailbox'), { responseCode: 450 }) : null,
        ),
    });
    try {
      await core.close();
      await start({ env: sink.env });
      await provedOwner();
      await channel({ kind: 'mail', to: ['nobody@example.org', 'ada@example.org'] });
      opens();
      await noticed(1);
      for (const waitMs of [1000, 5000, 20_000]) {
        clock.advance(waitMs);
        await until(async () => (await only()).lastFailure?.at === new Date(clock.now()).toISOString());
      }
      expect(sink.taken.map(({ to }) => to)).toEqual([['ada@example.org']]);
      expect((await only()).lastFailure).toMatchObject({ failure: 'failing', isOver: false });
    } finally {
      await sink.close();
    }
  });

  it('is one for many: a storm of 500 alerts is told in a few', async () => {
    const slack = await HttpReceiver.start();
    try {
      await channel({ kind: 'slack', url: slack.url }, { name: 'Slack' });
      await webhook();
      for (let at = 0; at < 500; at++) opens(`shop-${at}`);
      await until(async () => (await channels()).every(({ waiting }) => waiting === 500), { within: 20_000 });
      clock.advance(3000);
      await until(async () => (await channels()).every(({ waiting }) => waiting === 0), { within: 20_000 });
      expect(receiver.received).toHaveLength(1);
      expect(contents().flat()).toHaveLength(500);
      expect(slack.received).toHaveLength(1);
      expect(slack.bodies[0]?.['text']).toMatch(
        /^500 alerts\n- Warning: An operation on shop-0 failed\n[^]*and 480 more\n/,
      );
      for (let at = 0; at < 500; at++) isOver(`shop-${at}`);
      await until(async () => (await channels()).every(({ waiting }) => waiting === 500), { within: 20_000 });
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(receiver.received).toHaveLength(1);
      goOn();
      await until(() => slack.received.length === 2, { within: 20_000 });
      expect(slack.bodies[1]?.['text']).toMatch(/^500 alerts are over\n/);
    } finally {
      await slack.close();
    }
  });

  it('tells what happens over and over each time it has happened twice as often, and what stays', async () => {
    await webhook();
    for (let times = 1; times <= 8; times++) {
      opens();
      await until(() => book().findOpen('operation_failed:shop')?.count === times);
      const isTold = Number.isInteger(Math.log2(times));
      if (isTold) await noticed(1);
      goOn();
      if (isTold) await receiver.last(Math.log2(times) + 1);
      await noticed(0);
    }
    expect(contents().flat().map(({ about, count }) => [about, count])).toEqual([['opened', 1], ['again', 2], ['again', 4], ['again', 8]]); // prettier-ignore
  });

  it('is only about what the channel wants: rules, a tenant, no recoveries, and nothing from before', async () => {
    opens('before');
    await until(() => book().findOpen('operation_failed:before'));
    clock.advance(1000);
    const tenantId = owner.who.user.tenantId;
    await webhook({ rules: ['operation_failed'], tenant: tenantId, recoveries: false });
    opens('other');
    opens('away', { rule: 'environment_offline', tenantId });
    opens('mine', { tenantId });
    await noticed(1);
    goOn();
    await until(async () => (await only()).waiting === 0);
    isOver('mine');
    await until(() => book().findOpen('operation_failed:mine') === undefined);
    goOn();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(contents().flat()).toMatchObject([{ label: 'mine', about: 'opened' }]);
  });

  it('is not sent of what is silent or seen to; what is still open then is told when the silence ends', async () => {
    await webhook();
    const silence = { reason: 'Rebuilt', scope: null, time: { kind: 'for', durationMs: 10 * MINUTE_MS } };
    expect((await owner.post('silences', silence)).status).toBe(201);
    opens('comes and goes');
    opens('stays');
    opens('seen');
    await until(() => book().findOpen('operation_failed:stays') && book().findOpen('operation_failed:seen'));
    isOver('comes and goes');
    const seen = book().findOpen('operation_failed:seen');
    await owner.post(`alerts/${seen?.id}/acknowledge`);
    clock.advance(9 * MINUTE_MS);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await only()).waiting).toBe(0);
    clock.advance(MINUTE_MS);
    await noticed(1);
    goOn();
    await receiver.last();
    expect(contents().flat()).toMatchObject([{ label: 'stays', about: 'opened' }]);
  });
});

describe('a receiver that does not take it', () => {
  it.each([
    [{ status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, 'redirected', 302],
    [{ status: 403, text: 'invalid_token' }, 'login', 403],
    [{ status: 404, text: 'no_service' }, 'refused', 404],
    [{ status: 500, text: 'oops' }, 'failing', 500],
    [{ status: 429, text: 'slow down' }, 'rate_limited', 429],
  ] as const)('is told to who tests it: %j', async (answer, failure, status) => {
    const made = await webhook();
    receiver.answer = answer;
    const said = 'text' in answer ? answer.text : null;
    expect(await tested(made)).toMatchObject({ failure, status, said });
    expect(receiver.received).toHaveLength(1);
  });

  it('is tried again, the same message under the same number, and the next one goes on from there', async () => {
    await webhook();
    receiver.answer = { status: 503, text: 'down' };
    opens();
    await noticed(1);
    clock.advance(1000);
    await receiver.last();
    await until(async () => (await only()).lastFailure?.failure === 'failing');
    expect((await only()).lastFailure).toMatchObject({ status: 503, said: 'down', isOver: false });
    clock.advance(4000);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(receiver.received).toHaveLength(1);
    opens('later');
    await noticed(2);
    receiver.answer = { status: 204 };
    clock.advance(1000);
    await receiver.last(2);
    const [first, second] = receiver.received;
    expect(second?.headers['bailiwick-delivery']).toBe(first?.headers['bailiwick-delivery']);
    expect(contents()[1]).toHaveLength(1);
    goOn();
    await receiver.last(3);
    await noticed(0);
    expect((await only()).lastFailure).toMatchObject({ isOver: true, nextTryAt: null });
  });

  it('is left alone for as long as it asks', async () => {
    await webhook();
    receiver.answer = { status: 429, headers: { 'Retry-After': '120' } };
    opens();
    await noticed(1);
    clock.advance(1000);
    await receiver.last();
    const at = new Date(clock.now() + 120_000).toISOString();
    await until(async () => (await only()).lastFailure?.nextTryAt === at);
    receiver.answer = { status: 200 };
    clock.advance(119_000);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(receiver.received).toHaveLength(1);
    clock.advance(1000);
    await receiver.last(2);
  });

  it('and will never take it loses it, and hears how much', async () => {
    await webhook();
    receiver.answer = { status: 400, text: 'too long' };
    opens();
    await noticed(1);
    for (let attempt = 1; attempt <= 5; attempt++) {
      clock.advance(400_000);
      await receiver.last(attempt);
      await until(async () => (await only()).lastFailure?.at === new Date(clock.now()).toISOString());
    }
    await until(async () => (await only()).lost === 1);
    receiver.answer = { status: 200 };
    opens('next');
    await noticed(1);
    goOn();
    await receiver.last(6);
    expect(receiver.bodies.at(-1)).toMatchObject({ lost: 1, alerts: [{ label: 'next' }] });
    await until(async () => (await only()).lost === 0);
  });

  it('and is away for days has ten thousand kept, the oldest dropped and counted', async () => {
    await core.close();
    await start({ storageDir: folder });
    await provedOwner();
    const { id } = await webhook();
    await receiver.close();
    const { notice } = await oneNotice();
    const many = Array.from({ length: 9999 }, (_, at): NoticeRow => ({ id: newId('ntc'), channelId: id, alertId: newId('alr'), notice: { ...notice, label: `old-${at}` }, messageId: null, createdAt: clock.now() - 20_000 + at })); // prettier-ignore
    await core.app.get(Database).transaction(async (rows) => {
      for (let at = 0; at < many.length; at += 500) await rows.insert(NoticeRow, many.slice(at, at + 500));
    });
    await core.close();
    await start({ storageDir: folder });
    owner = new Asking(core, owner.who);
    opens('one more');
    await until(async () => (await only()).lost === 1);
    expect(await only()).toMatchObject({ waiting: 10_000, lost: 1 });
    const oldest = core.app
      .get(Database)
      .repository(NoticeRow)
      .find({ order: { createdAt: 'ASC' }, take: 1 });
    expect(await oldest).toMatchObject([{ notice: { label: 'old-1' } }]);
    await receiver.open();
    clock.advance(23 * 60 * MINUTE_MS);
    await until(async () => (await only()).waiting === 9500, { within: 10_000 });
    expect(receiver.bodies.at(-1)).toMatchObject({ lost: 1 });
    await core.close();
    await start();
  });
});

async function oneNotice(): Promise<NoticeRow> {
  opens('kept');
  await noticed(1);
  const [row] = await core.app.get(Database).repository(NoticeRow).find();
  if (!row) throw new Error('There is no notice.');
  return row;
}

describe('what was to be told', () => {
  it('survives a core that ends between the alert and the telling, and one that ends while it tells', async () => {
    await core.close();
    await start({ storageDir: folder });
    await provedOwner();
    const engine = fakeEngine(core);
    await webhook();
    receiver.answer = undefined;
    opens();
    await noticed(1);
    clock.advance(1000);
    await receiver.last();
    // In the middle: the receiver has it, and the core does not know.
    await core.close();
    const { headers } = await receiver.last();
    receiver.answer = { status: 200 };
    clock.advance(10_000);
    await start({ storageDir: folder, engine });
    owner = new Asking(core, owner.who);
    const again = await receiver.last(2);
    expect(again.headers['bailiwick-delivery']).toBe(headers['bailiwick-delivery']);
    await noticed(0);
    // The alert is written down, and nobody was told that it is to be told.
    const rows = core.app.get(Database);
    opens('unheard');
    await noticed(1);
    await rows.transaction(async (all) => {
      await all.query('DELETE FROM alert_notices');
      await all.query(`DELETE FROM alert_told WHERE "alertId" = '${book().findOpen('operation_failed:unheard')?.id}'`);
    });
    await core.close();
    goOn();
    await start({ storageDir: folder, engine });
    owner = new Asking(core, owner.who);
    await noticed(1);
    goOn();
    await receiver.last(3);
    expect(contents().at(-1)).toMatchObject([{ label: 'unheard', about: 'opened' }]);
    await core.close();
    await start();
  });
});

describe('where messages go', () => {
  it('is never the host itself or a network of its own, unless the settings name it', async () => {
    await core.close();
    await start({ env: { BAILIWICK_OUTBOUND_ALLOW: '' } });
    await provedOwner();
    const { port } = receiver;
    const hosts = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:7f00:1]', '0.0.0.0', '2130706433', '0x7f.1', '127.1', '10.0.0.1', '169.254.169.254']; // prettier-ignore
    for (const [at, host] of hosts.entries()) {
      const made = await channel({ kind: 'slack', url: `http://${host}:${port}/` }, { name: `Channel ${at}` });
      expect(await tested(made)).toMatchObject({ failure: 'address_refused', status: null });
    }
    const named = await channel({ kind: 'slack', url: `http://me:secret@127.0.0.1:${port}/` }, { name: 'With a name' });
    expect(await tested(named)).toMatchObject({ failure: 'address_refused' });
    expect(receiver.received).toEqual([]);
    expect(localEnvironment(core)).toMatch(/^env_/);
  });
});
