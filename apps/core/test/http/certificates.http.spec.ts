import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Alert, AlertRuleList, type PutAlertRule } from '@bailiwick/contract';
import { CertificateDriver } from '../../src/features/certificates/certificate.driver.js';
import { CertificateWatchService } from '../../src/features/certificates/certificate-watch.service.js';
import { CoreLog } from '../../src/kernel/log/log.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { signIn } from '../sign-in.js';
import { selfMade, type SelfMade, TlsServer } from '../tls-server.js';
import { until } from '../until.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;

let short: SelfMade;
let long: SelfMade;
let anothers: SelfMade;
let stranger: SelfMade;
beforeAll(() => {
  [short, long, stranger] = [selfMade('localhost', 20), selfMade('localhost', 400), selfMade('localhost', 400)];
  anothers = selfMade('elsewhere.test', 400);
});

let storageDir: string;
let clock: ManualClock;
let served: TlsServer;
let core: TestApp;
let owner: Asking;
let member: Asking;

const start = async (publicUrl: string) => {
  const trusted = [short, long, anothers].map(({ cert }) => cert);
  core = await startApp({
    clock,
    storageDir,
    env: { BAILIWICK_PUBLIC_URL: publicUrl, BAILIWICK_SESSION_IDLE_MIN: '1440' },
    prepare: (builder) =>
      builder
        .overrideProvider(CertificateDriver)
        .useFactory({ inject: [CoreLog], factory: (log: CoreLog) => new CertificateDriver(log, trusted, 2000) }),
  });
  owner = new Asking(core, await signIn(core));
  member = new Asking(core, await signIn(core, { platformRole: 'member' }));
};
beforeEach(async () => {
  storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-certificates-'));
  clock = new ManualClock(Date.now() + HOUR);
  served = await TlsServer.start(long);
  await start(`https://localhost:${served.port}`);
});
afterEach(async () => {
  await core.close();
  await served.close();
  rmSync(storageDir, { recursive: true, force: true });
});

const look = () => core.app.get(CertificateWatchService).look();
const nextDay = async () => {
  clock.advance(DAY);
  owner = new Asking(core, await signIn(core));
  await look();
};
const put = (body: PutAlertRule, who = owner) => who.put('settings/alert-rules', body);
const alertsOf = async (who: Asking, query = ''): Promise<Alert[]> =>
  Alert.array()
    .parse((await who.get(`alerts${query}`).expect(200)).body.items)
    .filter(({ rule }) => rule === 'certificate');
const problemIs = (problem: string) =>
  until(async () => (await alertsOf(owner))[0]?.facts.certificate?.problem === problem, { what: problem });
const closed = () => until(async () => (await alertsOf(owner)).length === 0, { what: 'The recovery' });

describe('a certificate of the public address', () => {
  it('says nothing while it will do, and is looked at once a day', async () => {
    await look();
    served.serve(anothers);
    clock.advance(HOUR);
    await look();
    expect(await alertsOf(owner)).toEqual([]);
    await nextDay();
    await problemIs('name');
  });

  it('opens an alert for staff when too few days are left, once, until another is served', async () => {
    served.serve(short);
    for (let day = 0; day < 5; day += 1) await nextDay();
    expect(await alertsOf(owner)).toEqual([]);
    await nextDay();
    await nextDay();
    await problemIs('expiring');
    const name = `localhost:${served.port}`;
    expect(await alertsOf(owner)).toMatchObject([
      { label: name, thing: { kind: 'certificate', id: name }, severity: 'warning', count: 1 },
    ]);
    member = new Asking(core, await signIn(core, { platformRole: 'member' }));
    expect(await alertsOf(member)).toEqual([]);
    await look();
    expect((await alertsOf(owner))[0]?.count).toBe(1);
    served.serve(long);
    // What needs somebody is looked at again within the hour, not within the day.
    await look();
    await closed();
    expect(await alertsOf(owner, '?state=closed')).toMatchObject([{ end: 'recovered' }]);
  });

  it('opens one when it is over, or signed by nobody known', async () => {
    served.serve(stranger);
    await nextDay();
    await problemIs('untrusted');
    served.serve(short);
    await look();
    await closed();
    clock.advance(20 * DAY);
    owner = new Asking(core, await signIn(core));
    await look();
    await problemIs('expired');
  });

  it('counts as many days as staff say, and none while the rule is off', async () => {
    served.serve(short);
    await nextDay();
    expect(await alertsOf(owner)).toEqual([]);
    await put({ rule: 'certificate', on: true, amount: 30 }).expect(200);
    await look();
    await problemIs('expiring');
    await put({ rule: 'certificate', on: false }).expect(200);
    await closed();
    await nextDay();
    expect(await alertsOf(owner)).toEqual([]);
    const { items } = AlertRuleList.parse((await owner.get('settings/alert-rules')).body);
    expect(items.find(({ rule }) => rule === 'certificate')).toMatchObject({ on: false, amount: 30, threshold: null });
  });

  it('that nobody reaches is no alert, and leaves one that is open as it is', async () => {
    served.serve(anothers);
    await nextDay();
    await problemIs('name');
    const { port } = served;
    await served.close();
    await nextDay();
    expect(await alertsOf(owner)).toHaveLength(1);
    served = await TlsServer.start(long);
    await core.close();
    await start(`https://localhost:${port}`);
    await look();
    expect(await alertsOf(owner)).toHaveLength(1);
  });

  it('is over as gone once the settings name another address', async () => {
    served.serve(anothers);
    await nextDay();
    await problemIs('name');
    await core.close();
    await start('http://localhost:5000');
    await closed();
    expect(await alertsOf(owner, '?state=closed')).toMatchObject([{ end: 'gone' }]);
  });

  it('does not keep the core from stopping where somebody listens and says nothing', async () => {
    const silent = await new Promise<Server>((resolve) => {
      const server = createServer((socket) => socket.on('error', () => undefined));
      server.listen(0, 'localhost', () => resolve(server));
    });
    const address = silent.address();
    await core.close();
    await start(`https://localhost:${typeof address === 'object' && address ? address.port : 0}`);
    await look();
    expect(await alertsOf(owner)).toEqual([]);
    silent.close();
  });
});

it('a number of days is for staff, and one that makes sense', async () => {
  for (const amount of [0, 366, 1.5]) await put({ rule: 'certificate', on: true, amount }).expect(400);
  await put({ rule: 'host_cpu', on: true, amount: 5 }).expect(400);
  await put({ rule: 'certificate', on: true, amount: 5 }, member).expect(403);
});
