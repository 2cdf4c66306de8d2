import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Capability, TerminalId } from '@bailiwick/contract';
import { aFakeImage } from '../../src/foundation/environments/fake-image.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { Database } from '../../src/kernel/database/database.js';
import { TerminalRow } from '../../src/features/terminals/terminal.entity.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { changeRights } from '../people.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { TerminalClient } from '../terminal-client.js';
import { until } from '../until.js';

let core: TestApp;
let owner: SignedInPerson;
let app: SeenContainer;
const clients: TerminalClient[] = [];

async function begin(env: Record<string, string> = {}): Promise<void> {
  core = await startApp({ env });
  owner = await signIn(core);
  app = await ownedOnEngine(core, owner.user, { name: 'app', image: 'app:1' });
}
beforeEach(() => begin());
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await core.close();
});

async function connect(who: SignedInPerson): Promise<TerminalClient> {
  const client = await TerminalClient.connect(core, who);
  clients.push(client);
  return client;
}
const running = () => fakeEngine(core).get(app.engineId).terminals.size;
const rows = () => core.app.get(Database).repository(TerminalRow).find();
const memberWith = (...allow: Capability[]) => memberOn(core, owner, app, ...allow);
const trail = async (action: string) =>
  (await new Asking(core, owner).get(`audit?target=${app.id}&action=${action}`)).body.items;

describe('opening a terminal', () => {
  it('is a shell as the container’s own user, found by what the image has', async () => {
    const client = await connect(owner);
    const { terminal, offset } = await client.open({ containerId: app.id });
    expect({ terminal, offset }).toMatchObject({
      terminal: { containerId: app.id, shell: 'ash', root: false, openedBy: { id: owner.user.id }, viewers: 1 },
      offset: 0,
    });
    expect(await client.type('whoami\r')).toBe(true);
    await client.says('\napp\r');
  });

  it('begins in the folder and with the shell that are asked for', async () => {
    const client = await connect(owner);
    const { terminal } = await client.open({ containerId: app.id, shell: 'sh', directory: '/srv' });
    expect(terminal.shell).toBe('sh');
    await client.type('pwd\r');
    await client.says('\n/srv\r');
    const other = await (await connect(owner)).ask({ containerId: app.id, shell: 'bash' });
    expect(other).toMatchObject({ ok: false, error: { code: 'tool_missing', params: { program: 'bash' } } });
  });

  it('as root takes its own right', async () => {
    const member = await memberWith('containers.shell');
    const refused = await (await connect(member)).ask({ containerId: app.id, root: true });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'forbidden', params: { missing: ['containers.shellRoot'] } },
    });
    const client = await connect(owner);
    await client.open({ containerId: app.id, root: true });
    await client.type('whoami\r');
    await client.says('\nroot\r');
    // Whoever may not open it as root does not look on at one either, and does not see it.
    const { body } = await new Asking(core, member).get(`containers/${app.id}/terminals`).expect(200);
    expect(body.items).toEqual([]);
  });

  it.each([
    [{ root: 'yes' }],
    [{ user: '0' }],
    [{ Privileged: true }],
    [{ env: ['A=b'] }],
    [{ shell: 'zsh -c x' }],
    [{ shell: '/bin/sh' }],
    [{ directory: '../etc' }],
    [{ directory: '/proc/self/fd/7' }],
    [{ directory: '/proc' }],
    [{ columns: 0 }],
    [{ rows: 501 }],
  ])('refuses %j', async (more) => {
    const answer = await (await connect(owner)).ask({ containerId: app.id, ...(more as object) });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    expect(running()).toBe(0);
  });

  it('is refused where it may not be, and where the container does not exist for them', async () => {
    const may = await memberWith('containers.console');
    expect(await (await connect(may)).ask({ containerId: app.id })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    const stranger = await signIn(core, { platformRole: 'member' });
    expect(await (await connect(stranger)).ask({ containerId: app.id })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(running()).toBe(0);
  });

  it('is refused where nothing runs, and where the image has no shell', async () => {
    const stopped = await ownedOnEngine(core, owner.user, { name: 'stopped' }, { started: false });
    fakeEngine(core).images.set('bare:1', aFakeImage({ isBare: true }));
    const bare = await ownedOnEngine(core, owner.user, { name: 'bare', image: 'bare:1' });
    expect(await (await connect(owner)).ask({ containerId: bare.id })).toMatchObject({
      ok: false,
      error: { code: 'shell_missing' },
    });
    expect(await (await connect(owner)).ask({ containerId: stopped.id })).toMatchObject({
      ok: false,
      error: { code: 'wrong_state' },
    });
  });

  it('takes no more than a person may have, the ones under way counted', async () => {
    await core.close();
    await begin({ BAILIWICK_TERMINALS_PER_PERSON: '2' });
    const asked = await Promise.all([1, 2, 3, 4].map(async () => (await connect(owner)).ask({ containerId: app.id })));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(2);
    expect(asked.find(({ ok }) => !ok)).toMatchObject({
      error: { code: 'too_many_terminals', params: { most: 2, reason: 'person' } },
    });
    const [first] = clients;
    first?.end();
    await first?.exit().catch(() => clients[1]?.end());
    await until(async () => (await (await connect(owner)).ask({ containerId: app.id })).ok);
  });

  it('is written down with its end, and leaves nothing behind', async () => {
    const client = await connect(owner);
    const { terminal } = await client.open({ containerId: app.id });
    expect(await rows()).toMatchObject([{ id: terminal.id, engineId: app.engineId }]);
    await client.type('exit 3\r');
    expect(await client.exit()).toEqual({ reason: 'exited', exitCode: 3 });
    await until(async () => (await trail('containers.terminalEnd')).length > 0);
    expect(await trail('containers.terminalEnd')).toMatchObject([
      { outcome: 'done', details: { terminal: terminal.id, reason: 'exited', exitCode: 3 } },
    ]);
    expect(await trail('containers.terminal')).toMatchObject([
      { outcome: 'done', details: { shell: 'ash', root: false, terminal: terminal.id } },
      { outcome: 'intent' },
    ]);
    expect([running(), await rows()]).toEqual([0, []]);
  });
});

describe('a terminal', () => {
  it('is as large as its window', async () => {
    const client = await connect(owner);
    await client.open({ containerId: app.id, columns: 90, rows: 20 });
    await client.type('stty size\r');
    await client.says('\n20 90\r');
    client.resize(132, 43);
    await client.type('stty size\r');
    await client.says('\n43 132\r');
  });

  it('carries every character both ways', async () => {
    const text = 'zażółć gęślą jaźń — привет — 日本語 — 👩‍💻';
    const client = await connect(owner);
    await client.open({ containerId: app.id });
    await client.type(`echo ${text}\r`);
    await client.says(`\n${text}\r`);
  });

  it('survives its connection, and shows exactly what was missed', async () => {
    const first = await connect(owner);
    const { terminal } = await first.open({ containerId: app.id });
    await first.type('echo one\r');
    await first.says('\none\r\n$ ');
    first.close();
    await until(async () => (await new Asking(core, owner).get('me/terminals')).body.items[0]?.viewers === 0);
    const second = await connect(owner);
    const { offset } = await second.attach({ id: terminal.id, after: first.received });
    expect(offset).toBe(first.received);
    await second.type('echo two\r');
    await second.says('\ntwo\r');
    const whole = await connect(owner);
    await whole.attach({ id: terminal.id });
    await whole.says('\ntwo\r\n$ ');
    await until(() => first.bytes.length + second.bytes.length === whole.bytes.length);
    expect(whole.text).toBe(first.text + second.text);
  });

  it('keeps the last 256 KiB for who comes back, and says how much is gone', async () => {
    const client = await connect(owner);
    const { terminal } = await client.open({ containerId: app.id });
    client.close();
    const other = await connect(owner);
    await other.attach({ id: terminal.id });
    await other.type('flood 1000000\r');
    await until(() => other.received > 1_000_000, { within: 10_000 });
    const back = await connect(owner);
    const { offset } = await back.attach({ id: terminal.id, after: 2 });
    expect(offset).toBe(other.received - 256 * 1024);
    await until(() => back.received === 256 * 1024);
  });

  it('waits for who controls it once 128 KiB were not shown, and goes on', async () => {
    const client = await connect(owner);
    await client.open({ containerId: app.id });
    await client.says('$ ');
    client.stalls = true;
    await client.type('flood 2000000\r');
    await until(() => client.received >= 128 * 1024);
    const [terminal] = fakeEngine(core).get(app.engineId).terminals.values();
    await until(() => terminal?.isPaused() === true);
    expect(client.received).toBeLessThan(128 * 1024 + 32 * 1024 + 100);
    client.stalls = false;
    client.acknowledge(client.received);
    await until(() => client.received > 2_000_000, { within: 10_000 });
  });

  it('does not wait for who only looks on', async () => {
    const first = await connect(owner);
    const { terminal } = await first.open({ containerId: app.id });
    const second = await connect(owner);
    await second.attach({ id: terminal.id });
    second.stalls = true;
    await first.type('flood 2000000\r');
    await until(() => first.received > 2_000_000, { within: 10_000 });
    expect(second.received).toBeLessThan(200_000);
    second.stalls = false;
    second.acknowledge(second.received);
    await until(() => second.notices.some(({ type }) => type === 'skipped'));
  });

  it('is typed to by one, until another takes control', async () => {
    const mate = await memberWith('containers.shell');
    const first = await connect(owner);
    const { terminal } = await first.open({ containerId: app.id, columns: 80, rows: 24 });
    const second = await connect(mate);
    await second.attach({ id: terminal.id, columns: 100, rows: 30 });
    expect(await second.type('echo mine\r')).toBe(false);
    second.takeControl();
    await until(() => first.notices.some((notice) => notice.type === 'viewers' && notice.viewers[1]?.controls && notice.columns === 100)); // prettier-ignore
    expect(await first.type('echo no\r')).toBe(false);
    expect(await second.type('stty size\r')).toBe(true);
    await first.says('\n30 100\r');
    expect(first.text).not.toContain('echo');
    second.close();
    await until(async () => first.type('echo back\r'));
    expect(await trail('containers.terminalJoin')).toMatchObject([
      { actor: { id: mate.user.id }, details: { terminal: terminal.id } },
    ]);
  });

  it('ends for everybody with the right of who opened it, and for one with theirs', async () => {
    const [opener, mate] = [await memberWith('containers.shell'), await memberWith('containers.shell')];
    const first = await connect(opener);
    const { terminal } = await first.open({ containerId: app.id });
    const second = await connect(mate);
    await second.attach({ id: terminal.id });
    await changeRights(core, mate.user.id, { active: false });
    expect(await second.exit()).toMatchObject({ reason: expect.stringMatching(/signed_out|not_found|rights_changed/) });
    expect(await second.type('echo x\r')).toBe(false);
    expect(first.exits).toEqual([]);
    const third = await connect(owner);
    await third.attach({ id: terminal.id });
    await changeRights(core, opener.user.id, { active: false });
    await third.exit();
    await until(() => running() === 0);
  });

  it('ends with its container, in words', async () => {
    const client = await connect(owner);
    await client.open({ containerId: app.id });
    fakeEngine(core).get(app.engineId).kill('SIGKILL');
    expect(await client.exit()).toEqual({ reason: 'container_ended', exitCode: null });
    await until(async () => (await rows()).length === 0);
  });

  it('ends when nobody comes back, and when nothing happens, after a warning', async () => {
    await core.close();
    await begin({ BAILIWICK_TERMINAL_KEEP_S: '1', BAILIWICK_TERMINAL_IDLE_S: '2' });
    const left = await connect(owner);
    await left.open({ containerId: app.id });
    left.close();
    const idle = await connect(owner);
    await idle.open({ containerId: app.id });
    expect(running()).toBe(2);
    await until(() => running() === 1, { within: 4000 });
    expect(await idle.exit()).toEqual({ reason: 'idle', exitCode: null });
    expect(idle.notices.some((notice) => notice.type === 'idle' && notice.endsAt !== null)).toBe(true);
    await until(() => running() === 0);
  });

  it('is listed for who may open one there, and ended by them', async () => {
    const mate = await memberWith('containers.shell');
    const client = await connect(owner);
    const { terminal } = await client.open({ containerId: app.id });
    const asMate = new Asking(core, mate);
    expect((await asMate.get(`containers/${app.id}/terminals`).expect(200)).body.items).toMatchObject([
      { id: terminal.id, openedBy: { name: owner.user.displayName } },
    ]);
    expect((await asMate.get('me/terminals').expect(200)).body.items).toEqual([]);
    await asMate.delete(`containers/${app.id}/terminals/${terminal.id}`).expect(204);
    expect(await client.exit()).toEqual({ reason: 'ended', exitCode: null });
    expect(running()).toBe(0);
    await asMate.delete(`containers/${app.id}/terminals/${terminal.id}`).expect(404);
  });

  it('is nobody’s to see from elsewhere', async () => {
    const client = await connect(owner);
    const { terminal } = await client.open({ containerId: app.id });
    const stranger = await signIn(core, { platformRole: 'member' });
    const answer = await (await connect(stranger)).askToAttach({ id: terminal.id });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const unknown = await (await connect(stranger)).askToAttach({ id: 'tty_aaaaaaaaaaaaaaaa' });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('that an engine would not end is ended as soon as it does, without anybody asking', async () => {
    await core.close();
    await begin({ BAILIWICK_OPERATION_RETRY_DELAY_MS: '50' });
    const client = await connect(owner);
    const { terminal } = await client.open({ containerId: app.id });
    fakeEngine(core).failCall(1);
    await new Asking(core, owner).delete(`containers/${app.id}/terminals/${terminal.id}`).expect(204);
    expect(await rows()).toMatchObject([{ id: terminal.id }]);
    await until(() => running() === 0);
    await until(async () => (await rows()).length === 0);
  });

  it('left by a core that was killed is ended by the next', async () => {
    const client = await connect(owner);
    await client.open({ containerId: app.id });
    const [terminal] = fakeEngine(core).get(app.engineId).terminals.values();
    const [row] = await rows();
    if (!terminal || !row) throw new Error('There is no terminal.');
    // As if the core that held it were another one.
    const id = 'tty_bbbbbbbbbbbbbbbb' as TerminalId;
    const orphan = fakeEngine(core).get(app.engineId).openTerminal({ argv: ['sh'], root: false, workingDir: null, columns: 80, rows: 24 }, new AbortController().signal); // prettier-ignore
    orphan.resume();
    await core.app.get(Database).transaction((own) => own.save(TerminalRow, { ...row, id, pid: orphan.mark.pid, execId: orphan.mark.execId })); // prettier-ignore
    expect(running()).toBe(2);
    fakeEngine(core).goOffline();
    await until(async () => (await new Asking(core, owner).get(`environments/${localEnvironment(core)}`)).body.state !== 'online'); // prettier-ignore
    fakeEngine(core).goOnline();
    await until(() => orphan.code !== null, { within: 10_000 });
    await until(async () => (await rows()).length === 1);
    expect(terminal.code).toBeNull();
  });
});
