import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Capability } from '@bailiwick/contract';
import { RecordingRow } from '../../src/features/terminals/recording.entity.js';
import type { Config } from '../../src/config.js';
import { RecordingsStore } from '../../src/features/terminals/recordings.store.js';
import { RecordingsService } from '../../src/features/terminals/recordings.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { Database } from '../../src/kernel/database/database.js';
import { CONFIG } from '../../src/kernel/tokens.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { TerminalClient } from '../terminal-client.js';
import { until } from '../until.js';

const SECRET = 'hunter2-grün';
let core: TestApp;
let owner: SignedInPerson;
let app: SeenContainer;
const clients: TerminalClient[] = [];

async function begin(env: Record<string, string>): Promise<void> {
  core = await startApp({ env });
  owner = await signIn(core);
  app = await ownedOnEngine(core, owner.user, { name: 'app', env: { DB_PASSWORD: SECRET, MODE: 'development' } });
}
beforeEach(() => begin({ BAILIWICK_TERMINAL_RECORDING: 'all' }));
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await core.close();
});

async function open(who = owner, wish: { root?: boolean } = {}) {
  const client = await TerminalClient.connect(core, who);
  clients.push(client);
  const { terminal } = await client.open({ containerId: app.id, columns: 80, rows: 24, ...wish });
  return { client, terminal };
}
const rows = () => core.app.get(Database).repository(RecordingRow).find();
const ended = () => until(async () => (await rows()).every(({ endedAt }) => endedAt !== null));
const list = (who = owner) => new Asking(core, who).get(`containers/${app.id}/recordings`);
const read = (id: string, who = owner) => new Asking(core, who).get(`recordings/${id}`);
const storage = () => core.app.get<Config>(CONFIG).storageDir;
const folder = () => path.join(storage(), 'recordings', app.tenantId);
const placeOf = (id: string) => path.join(folder(), `${id}.cast`);
const eventsIn = (text: string) => text.trimEnd().split('\n').slice(1).map((line) => JSON.parse(line) as [number, string, string]); // prettier-ignore
const saidIn = (text: string) => eventsIn(text).flatMap(([, kind, data]) => (kind === 'o' ? [data] : [])).join(''); // prettier-ignore
async function memberWith(...allow: Capability[]): Promise<SignedInPerson> {
  const member = await signIn(core, { platformRole: 'member' });
  await new Asking(core, owner).change([
    aGrant(member, { kind: 'container', id: app.id }, { role: 'observer', allow }),
  ]);
  return member;
}

describe('a terminal that is recorded', () => {
  it('is kept with its sizes as an asciicast, and without what is kept in confidence', async () => {
    const { client, terminal } = await open();
    expect(terminal.recorded).toBe(true);
    await client.type('echo grün 日本語\r');
    await client.says('\ngrün 日本語\r');
    client.resize(132, 43);
    await client.type(`echo before ${SECRET} after\r`);
    await client.says(`\nbefore ${SECRET} after\r`);
    await client.type('exit 0\r');
    await ended();
    expect((await list().expect(200)).body.items).toEqual([
      {
        id: terminal.id,
        containerId: app.id,
        root: false,
        openedBy: { id: owner.user.id, name: owner.user.displayName },
        startedAt: expect.any(String),
        endedAt: expect.any(String),
        bytes: statSync(placeOf(terminal.id)).size,
        cut: false,
      },
    ]);
    const { text, headers } = await read(terminal.id).expect(200);
    expect(headers['content-disposition']).toContain(`${terminal.id}.cast`);
    expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({ version: 2, width: 80, height: 24, title: 'app' });
    expect(saidIn(text)).toContain('\ngrün 日本語\r\n');
    expect(saidIn(text)).toContain('\nbefore ••• after\r\n');
    expect(text).not.toContain('hunter2');
    expect(saidIn(text)).not.toContain('hunter2');
    expect(eventsIn(text)).toContainEqual([expect.any(Number), 'r', '132x43']);
    const times = eventsIn(text).map(([at]) => at);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(readFileSync(placeOf(terminal.id), 'utf8')).toBe(text);
    expect([statSync(folder()).mode & 0o777, statSync(placeOf(terminal.id)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('is told to who looks on, and listed while it goes on', async () => {
    const { terminal } = await open();
    expect((await new Asking(core, owner).get(`containers/${app.id}/terminals`)).body.items[0].recorded).toBe(true);
    expect((await list()).body.items).toMatchObject([{ id: terminal.id, endedAt: null }]);
    expect((await read(terminal.id).expect(200)).text).toContain('"version":2');
  });

  it('is one as root only where the policy says so, and none where it asks for none', async () => {
    await core.close();
    await begin({ BAILIWICK_TERMINAL_RECORDING: 'root' });
    expect((await open()).terminal.recorded).toBe(false);
    const { terminal } = await open(owner, { root: true });
    expect(terminal.recorded).toBe(true);
    expect((await list()).body.items).toMatchObject([{ id: terminal.id, root: true }]);
    await core.close();
    await begin({});
    expect((await open(owner, { root: true })).terminal.recorded).toBe(false);
    expect(existsSync(path.join(storage(), 'recordings'))).toBe(false);
  });

  it('stops where it is as long as one may be, and says so', async () => {
    await core.close();
    await begin({ BAILIWICK_TERMINAL_RECORDING: 'all', BAILIWICK_RECORDING_MIB: '1' });
    const { client, terminal } = await open();
    await client.type('flood 3000000\r');
    await until(() => client.received > 3_000_000, { within: 10_000 });
    await client.type('exit 0\r');
    await ended();
    expect((await list()).body.items).toMatchObject([{ cut: true }]);
    const { text } = await read(terminal.id);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
    expect(saidIn(text)).toMatch(/This recording stops here: .*\r\n$/);
  });

  it('is not opened where it cannot be written down', async () => {
    writeFileSync(path.join(storage(), 'recordings'), 'in the way');
    const client = await TerminalClient.connect(core, owner);
    clients.push(client);
    expect(await client.ask({ containerId: app.id })).toMatchObject({ ok: false });
    expect([fakeEngine(core).get(app.engineId).terminals.size, await rows()]).toEqual([0, []]);
  });
});

describe('a recording', () => {
  it('is read by who may see the trail, and that is written down', async () => {
    const { terminal } = await open(await memberWith('containers.shell'));
    const member = await memberWith('containers.shell', 'containers.activity');
    expect((await list(member).expect(403)).body.params.missing).toEqual(['audit.see']);
    await read(terminal.id, member).expect(403);
    const stranger = await signIn(core, { platformRole: 'member' });
    await read(terminal.id, stranger).expect(403);
    const administrator = await signIn(core, { platformRole: 'administrator' });
    await read(terminal.id, administrator).expect(200);
    await read('tty_aaaaaaaaaaaaaaaa', administrator).expect(404);
    const trail = await new Asking(core, owner).get(`audit?target=${app.id}&action=containers.recording`);
    expect(trail.body.items).toMatchObject([
      { actor: { id: administrator.user.id }, outcome: 'done', details: { recording: terminal.id } },
    ]);
  });

  it('is there still when its container is gone', async () => {
    const { client, terminal } = await open();
    client.end();
    await ended();
    await fakeEngine(core).remove(app.engineId, { force: true });
    await until(async () => (await new Asking(core, owner).get(`containers/${app.id}`)).status === 404);
    await read(terminal.id).expect(200);
  });

  it('goes after its days, with its file; one that goes on stays', async () => {
    const { client } = await open();
    client.end();
    await ended();
    const { terminal: going } = await open();
    const store = core.app.get(RecordingsStore);
    await core.app.get(RecordingsService).purge();
    expect(await rows()).toHaveLength(2);
    const long = Date.now() - 91 * 86_400_000;
    for (const row of await rows()) await store.save({ ...row, startedAt: long, endedAt: row.endedAt && long });
    await core.app.get(RecordingsService).purge();
    expect((await rows()).map(({ id }) => id)).toEqual([going.id]);
    expect(readdirSync(folder())).toEqual([`${going.id}.cast`]);
  });

  it('of a core that was killed is whole, and ended by the next', async () => {
    const { client, terminal } = await open();
    await client.type('echo kept\r');
    await client.says('\nkept\r');
    // What a core leaves that is killed in the middle of a line.
    const before = readFileSync(placeOf(terminal.id), 'utf8');
    chmodSync(placeOf(terminal.id), 0o600);
    writeFileSync(placeOf(terminal.id), `${before}[3.1,"o","ha`);
    await core.app.get(RecordingsService).onApplicationBootstrap();
    expect(await rows()).toMatchObject([{ id: terminal.id, bytes: Buffer.byteLength(before) }]);
    expect((await rows())[0]?.endedAt).not.toBeNull();
    expect(saidIn((await read(terminal.id)).text)).toContain('\nkept\r\n');
  });
});
