import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditEvent, AuditList } from '@bailiwick/contract';
import request from 'supertest';
import { type CoreEvents, Events } from '../../src/kernel/events.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { LiveClient } from '../live-client.js';
import { openSession, signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const API = '/api/v1';
const MINUTE = 60_000;
const HOME = '192.0.2.1';
const CAFE = '198.51.100.7';

describe('connections', () => {
  let app: TestApp;
  let clock: ManualClock;
  let owner: SignedInPerson;
  beforeEach(async () => {
    clock = new ManualClock();
    app = await startApp({ clock, env: { BAILIWICK_SESSION_IDLE_MIN: '1440' } });
    owner = await signIn(app);
  });
  afterEach(() => app.close());

  const come = (who: SignedInPerson, address: string) =>
    request(app.url).get(`${API}/me`).set(who.headers).set('x-forwarded-for', address).expect(200);
  const rows = async (): Promise<AuditEvent[]> =>
    AuditList.parse((await request(app.url).get(`${API}/audit?stream=connections`).set(owner.headers)).body).items;
  const about = async (who: SignedInPerson, count: number) => {
    const own = async () => (await rows()).filter(({ actor }) => actor.id === who.user.id);
    await until(async () => (await own()).length >= count);
    return (await own()).map(({ action, address, details }) => ({ action, address, details }));
  };

  it('from a new address leave a row, the first one and the known ones none', async () => {
    const noticed: Array<CoreEvents['connection.noticed']> = [];
    app.app.get(Events).on('connection.noticed', (connection) => noticed.push(connection));
    const mia = await signIn(app, { platformRole: 'member' });
    await come(mia, HOME);
    clock.advance(10 * MINUTE);
    await come(mia, HOME);
    clock.advance(10 * MINUTE);
    const again = await openSession(app, mia.user);
    await come(again, CAFE);
    expect(await about(mia, 1)).toEqual([
      { action: 'connections.newAddress', address: CAFE, details: { classification: 'new' } },
    ]);
    expect(noticed).toEqual([{ userId: mia.user.id, address: CAFE, classification: 'new', rapidlyAfter: null }]);
  });

  it('from two addresses within minutes are a rapid change, also where both are known', async () => {
    const mia = await signIn(app, { platformRole: 'member' });
    await come(mia, HOME);
    clock.advance(MINUTE);
    await come(mia, CAFE);
    await about(mia, 1);
    clock.advance(MINUTE);
    await come(mia, HOME);
    expect(await about(mia, 2)).toEqual([
      {
        action: 'connections.rapidChange',
        address: HOME,
        details: { classification: 'known', after: CAFE, afterMs: MINUTE },
      },
      {
        action: 'connections.rapidChange',
        address: CAFE,
        details: { classification: 'new', after: HOME, afterMs: MINUTE },
      },
    ]);
  });

  it('from one known address and then another leave a row that says so', async () => {
    const mia = await signIn(app, { platformRole: 'member' });
    for (const address of [HOME, CAFE, HOME]) {
      await come(mia, address);
      clock.advance(10 * MINUTE);
    }
    expect((await about(mia, 2)).map(({ action, address }) => [action, address])).toEqual([
      ['connections.knownAddress', HOME],
      ['connections.newAddress', CAFE],
    ]);
  });

  it('going to and fro are bounded', async () => {
    const mia = await signIn(app, { platformRole: 'member' });
    for (let turn = 0; turn < 20; turn += 1) await come(mia, turn % 2 ? HOME : CAFE);
    const found = await about(mia, 2);
    expect(found).toHaveLength(2);
    clock.advance(MINUTE);
    expect((await about(mia, 4)).map(({ details }) => details['count'])).toEqual(expect.arrayContaining([8, 9]));
  });

  it('without a session to private routes are counted for each address and minute', async () => {
    const asked = (address: string) => request(app.url).get(`${API}/containers`).set('x-forwarded-for', address);
    for (let tries = 0; tries < 7; tries += 1) await asked(HOME).expect(401);
    await asked(CAFE).expect(401);
    await request(app.url).get(`${API}/setup`).expect(200);
    expect(await rows()).toEqual([]);
    clock.advance(MINUTE);
    await until(async () => (await rows()).length >= 2);
    expect((await rows()).map(({ action, address, actor, details }) => [action, address, actor.kind, details['count']])).toEqual([
      ['connections.unauthenticated', CAFE, 'anonymous', 1],
      ['connections.unauthenticated', HOME, 'anonymous', 7],
    ]); // prettier-ignore
  });

  it('without a session to the sockets are counted like those', async () => {
    const stranger = { ...owner, cookie: 'bw_session=nobody' };
    await expect(LiveClient.connect(app, stranger)).rejects.toThrow();
    clock.advance(MINUTE);
    await until(async () => (await rows()).length >= 1);
    expect(await rows()).toMatchObject([
      { action: 'connections.unauthenticated', details: { count: 1, route: expect.stringMatching(/^UPGRADE \//) } },
    ]);
  });

  it('are believed about their address only behind a proxy of ours', async () => {
    await app.close();
    app = await startApp({ clock, env: { BAILIWICK_TRUSTED_PROXIES: '10.0.0.1' } });
    owner = await signIn(app);
    await request(app.url).patch(`${API}/me`).set(owner.headers).set('x-forwarded-for', CAFE).send({ displayName: 'O' }); // prettier-ignore
    const { body } = await request(app.url).get(`${API}/audit`).set(owner.headers);
    expect(AuditList.parse(body).items[0]?.address).toContain('127.0.0.1');
  });
});
