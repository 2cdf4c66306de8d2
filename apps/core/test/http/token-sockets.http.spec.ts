import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aToken, programSignIn } from '../bearer.js';
import { LiveClient } from '../live-client.js';
import { LogViewer } from '../log-viewer.js';
import { ownedOnEngine } from '../owned-container.js';
import { changeRights } from '../people.js';
import { openPlainSocket, type PlainSocket } from '../plain-socket.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const DAY = 24 * 3_600_000;
const PASSWORD = 'correct horse battery staple';
/** How soon whatever is open has to be closed. */
const AT_ONCE = { within: 1000 };

describe('sockets of programs', () => {
  let core: TestApp;
  let clock: ManualClock;
  let member: SignedInPerson;
  let web: SeenContainer;
  const open: Array<{ close(): void }> = [];
  beforeEach(async () => {
    clock = new ManualClock();
    core = await startApp({ clock });
    member = await signIn(core, { platformRole: 'member', username: 'ada', password: PASSWORD });
    web = await ownedOnEngine(core, member.user, { name: 'web', command: ['sleep', 'infinity'] });
  });
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.close();
    await core.close();
  });

  const token = (expiresInDays = 90) =>
    aToken(core, member, { capabilities: ['containers.logs', 'environments.see'], expiresInDays });
  const door = ({ headers }: { headers: Record<string, string> }) => ({
    authorization: headers['authorization'] ?? '',
  });
  const plain = async (path: string, by: { headers: Record<string, string> }): Promise<PlainSocket> => {
    const opened = await openPlainSocket(core, path, door(by));
    if ('status' in opened) throw new Error(JSON.stringify(opened));
    open.push({ close: () => opened.socket.terminate() });
    return opened;
  };
  /** One of each kind, all open. */
  const all = async (by: { headers: Record<string, string> }) => {
    const live = await LiveClient.connect(core, door(by));
    const logs = await LogViewer.connect(core, door(by));
    open.push(live, logs);
    await live.join('containers');
    await logs.follow({ containerId: web.id });
    const events = await plain('/api/v1/events?topics=containers', by);
    const stream = await plain(`/api/v1/logs/stream?container=${web.id}`, by);
    return {
      live,
      logs,
      closed: () => !live.socket.connected && !logs.socket.connected && Boolean(events.closed && stream.closed),
      codes: () => [events.closed?.code, stream.closed?.code],
    };
  };

  it('are let in by a token without an Origin, and tell what it reaches', async () => {
    const made = await aToken(core, member, { capabilities: ['containers.see'], targets: [web.id] });
    await ownedOnEngine(core, member.user, { name: 'db', command: ['sleep', 'infinity'] });
    const live = await LiveClient.connect(core, door(made));
    open.push(live);
    const joined = await live.join('containers');
    expect('snapshot' in joined && joined.snapshot).toEqual([expect.objectContaining({ id: web.id })]);
    expect(await live.ask({ topic: 'environments' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await openPlainSocket(core, `/api/v1/logs/stream?container=${web.id}`, door(made))).toMatchObject({
      status: 403,
    });
    const { body } = await request(core.url).get('/api/v1/me/tokens').set(member.headers).expect(200);
    expect(body.items[0].lastUsedAt).not.toBeNull();
  });

  it('are refused beside a cookie, and with a token that holds no longer', async () => {
    const made = await token(1);
    const both = { ...door(made), cookie: member.cookie };
    const answer = await request(core.url)
      .get('/api/v1/events')
      .set({ ...both, connection: 'Upgrade', upgrade: 'websocket' })
      .catch((error: unknown) => error);
    expect(answer).toMatchObject({ status: 400 });
    clock.advance(DAY);
    expect(await openPlainSocket(core, '/api/v1/events', door(made))).toMatchObject({ status: 401 });
  });

  it('close within a second when the token is revoked', async () => {
    const made = await token();
    const sockets = await all(made);
    await request(core.url).delete(`/api/v1/me/tokens/${made.item.id}`).set(member.headers).expect(204);
    await until(() => sockets.closed(), AT_ONCE);
    expect(sockets.codes()).toEqual([1008, 1008]);
  });

  it('close within a second when the token expires', async () => {
    const sockets = await all(await token(1));
    clock.advance(DAY);
    await until(() => sockets.closed(), AT_ONCE);
    expect(sockets.codes()).toEqual([1008, 1008]);
  });

  it('close within a second when their person is disabled', async () => {
    const sockets = await all(await token());
    await changeRights(core, member.user.id, { active: false });
    await until(() => sockets.closed(), AT_ONCE);
  });

  it('lose what their person may no longer, within a second', async () => {
    const admin = await signIn(core, { platformRole: 'administrator' });
    await signIn(core);
    const made = await aToken(core, admin, { capabilities: ['containers.logs'] });
    const stream = await plain(`/api/v1/logs/stream?container=${web.id}`, made);
    await changeRights(core, admin.user.id, { platformRole: 'member' });
    await until(() => stream.closed, AT_ONCE);
    expect(stream.closed?.code).toBe(1008);
  });

  it('of a program that signed in close when its family ends, and when its access token does', async () => {
    const named = { username: 'ada', password: PASSWORD };
    const first = await programSignIn(core, named);
    const revoked = await all(first);
    await request(core.url).post('/api/v1/token/revoke').send({ refreshToken: first.refreshToken }).expect(204);
    await until(() => revoked.closed(), AT_ONCE);
    const second = await all(await programSignIn(core, named));
    clock.advance(15 * 60_000);
    await until(() => second.closed(), AT_ONCE);
  });
});
