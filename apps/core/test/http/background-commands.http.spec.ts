import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BackgroundCommand, Capability } from '@bailiwick/contract';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { BackgroundCommandsStore } from '../../src/features/commands/background-commands.store.js';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const SECRET = 'hunter2-grün';
let core: TestApp;
let owner: SignedInPerson;
let app: SeenContainer;

async function begin(env: Record<string, string> = {}, more: Parameters<typeof startApp>[0] = {}): Promise<void> {
  core = await startApp({ env, ...more });
  owner = await signIn(core);
  app = await ownedOnEngine(core, owner.user, { name: 'app', image: 'python:3.12', env: { DB_PASSWORD: SECRET } });
}
beforeEach(() => begin());
afterEach(() => core.close());

const address = () => `containers/${app.id}/background-commands`;
const start = (command: string, who = owner) => new Asking(core, who).post(address(), { command });
const started = async (command: string, who = owner) =>
  (await start(command, who).expect(201)).body as BackgroundCommand;
const listed = async (who = owner) =>
  (await new Asking(core, who).get(address()).expect(200)).body.items as BackgroundCommand[];
const cancel = (id: string, who = owner) => new Asking(core, who).delete(`${address()}/${id}`);
const logOf = (id: string, who = owner, after = 0) =>
  new Asking(core, who).get(`${address()}/${id}/log?after=${after}`);
const found = async (id: string) => (await listed()).find((each) => each.id === id);
async function ended(id: string): Promise<BackgroundCommand | undefined> {
  await until(async () => (await found(id))?.endedAt, { within: 10_000, what: 'The end of the command' });
  return found(id);
}
const member = (...capabilities: Capability[]) => memberOn(core, owner, app, ...capabilities);
const trail = async (action: string) =>
  (await new Asking(core, owner).get(`audit?target=${app.id}&action=${action}`)).body.items;

describe('a command in the background', () => {
  it('runs on by itself, and what it said and how it ended is kept', async () => {
    const command = "sh -c 'echo one; sleep 1; echo two; exit 3'";
    const { id, ...first } = await started(command);
    const startedBy = { id: owner.user.id, name: owner.user.displayName };
    expect(first).toMatchObject({ containerId: app.id, command, startedBy, endedAt: null, outcome: null });
    await until(async () => (await logOf(id)).body.text === 'one\n');
    expect((await logOf(id)).body).toEqual({ from: 0, text: 'one\n', next: 4, total: 4 });
    expect(await ended(id)).toMatchObject({ outcome: 'exited', exitCode: 3, unheardSince: null });
    expect((await logOf(id, owner, 4)).body).toEqual({ from: 4, text: 'two\n', next: 8, total: 8 });
    expect((await logOf(id, owner, 8)).body).toEqual({ from: 8, text: '', next: 8, total: 8 });
    expect(await trail('containers.background')).toMatchObject([
      { outcome: 'done', details: { command, background: id }, actor: { id: owner.user.id } },
      { outcome: 'intent', details: { command } },
    ]);
    expect(await trail('containers.backgroundEnd')).toMatchObject([
      { outcome: 'done', details: { background: id, reason: 'exited', exitCode: 3 } },
    ]);
  });

  it('keeps no value that its container was told in confidence', async () => {
    const { id } = await started(`echo 'it is ${SECRET} here'`);
    await ended(id);
    expect((await logOf(id)).body.text).toBe('it is ••• here\n');
  });

  it('is ended by who cancels it, and again without complaint', async () => {
    const { id } = await started('sleep 1000');
    await cancel(id).expect(204);
    expect(await ended(id)).toMatchObject({ outcome: 'cancelled', exitCode: 143 });
    await cancel(id).expect(204);
    expect(await trail('containers.backgroundCancel')).toMatchObject([{ outcome: 'done' }, { outcome: 'intent' }]);
  });

  it('goes with its container, and says so', async () => {
    const { id } = await started('sleep 1000');
    await fakeEngine(core).kill(app.engineId, 'SIGKILL');
    expect(await ended(id)).toMatchObject({ outcome: 'container_ended', exitCode: null });
    await start('ls').expect(409);
  });

  it('is ended when its time is up', async () => {
    await core.close();
    await begin({ BAILIWICK_COMMAND_LIMIT_S: '1' });
    const { id } = await started('sleep 1000');
    expect(await ended(id)).toMatchObject({ outcome: 'overtime' });
  });

  it('leaves no trace of itself where it could not be started', async () => {
    fakeEngine(core).failCall(2);
    await start('ls').expect(503);
    expect(await listed()).toEqual([]);
    expect(readdirSync(path.join(core.config.storageDir, 'commands', app.tenantId))).toEqual([]);
  });

  it('is nobody’s to read on the disk but the core’s', async () => {
    const { id } = await started('echo hello');
    await ended(id);
    const folder = path.join(core.config.storageDir, 'commands', app.tenantId, id);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder, '0')).mode & 0o777).toBe(0o600);
  });

  it('is kept among the last twenty', async () => {
    const first = await started('true');
    await ended(first.id);
    for (let count = 0; count < 20; count++) await ended((await started('true')).id);
    await until(async () => (await listed()).length === 20, { what: 'Twenty commands' });
    expect(await found(first.id)).toBeUndefined();
    const kept = () => readdirSync(path.join(core.config.storageDir, 'commands', app.tenantId)).length;
    expect(kept()).toBe(20);
  }, 60_000);
});

describe('a command that goes on past the core', () => {
  const clock = new ManualClock();
  const folders: string[] = [];
  let engine: FakeEngine;
  let storageDir: string;
  beforeEach(async () => {
    await core.close();
    engine = new FakeEngine(new SystemClock());
    storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    folders.push(storageDir);
    await begin({}, { clock, engine, storageDir });
  });
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  async function restart(): Promise<void> {
    core = await startApp({ clock, engine, storageDir });
    owner = await openSession(core, owner.user);
  }
  async function over(id: BackgroundCommand['id']): Promise<void> {
    const row = await core.app.get(BackgroundCommandsStore).find(id);
    const mark = { execId: row?.execId ?? '', pid: row?.pid ?? 0, born: null };
    await until(async () => !(await engine.findProgram(app.engineId, mark))?.runs, { what: 'The end of its program' });
  }

  it('ended by itself where it did so while the core was down, however long that was', async () => {
    const { id } = await started("sh -c 'sleep 1; exit 3'");
    await core.close();
    await pause(1200);
    clock.advance(2 * 86_400_000);
    await restart();
    expect(await ended(id)).toMatchObject({ outcome: 'exited', exitCode: 3 });
  });

  it('is ended where it ran too long meanwhile', async () => {
    const { id } = await started('sleep 1000');
    await core.close();
    clock.advance(2 * 86_400_000);
    await restart();
    expect(await ended(id)).toMatchObject({ outcome: 'overtime' });
  });

  it('ended by itself where somebody cancels it before that was noticed', async () => {
    const { id } = await started("sh -c 'sleep 2; exit 0'");
    await core.close();
    await restart();
    await over(id);
    await cancel(id).expect(204);
    expect(await ended(id)).toMatchObject({ outcome: 'exited', exitCode: 0 });
  });
});

describe('who starts commands in the background', () => {
  it('runs what is on the list; who may open a shell runs anything', async () => {
    const some = await member('containers.run');
    const { body } = await start('/bin/ls', some).expect(400);
    expect(body).toMatchObject({ code: 'command_refused', params: { reason: 'path' } });
    expect((await start('sleep 1', some).expect(400)).body.params).toMatchObject({ reason: 'not_allowed' });
    await start('ls -la', some).expect(201);
    const more = await member('containers.run', 'containers.shell');
    await start('sleep 1', more).expect(201);
    const choice = async (who: SignedInPerson) =>
      (await new Asking(core, who).get(`containers/${app.id}/commands`)).body.anything;
    expect([await choice(some), await choice(more)]).toEqual([false, true]);
  });

  it.each(['ls; id', 'ls | sort', 'ls && id', 'ls > x', 'echo $(id)', 'echo `id`', 'ls &', 'ls\nid', '-a ls'])(
    'is never read by a shell: %j',
    async (command) => {
      expect((await start(command).expect(400)).body.code).toMatch(/command_refused|invalid_request/);
      expect(await listed()).toEqual([]);
    },
  );

  it('needs the right, and sees and cancels only what is theirs', async () => {
    const none = await member('containers.logs');
    await start('ls', none).expect(403);
    const [one, other] = [await member('containers.run'), await member('containers.run')];
    const { id } = await started('ls', one);
    await ended(id);
    expect(await listed(other)).toEqual([]);
    expect(await listed(one)).toHaveLength(1);
    await logOf(id, other).expect(404);
    await cancel(id, other).expect(404);
    await logOf(id, one).expect(200);
    // Whoever may open a shell could do the same and more.
    await logOf(id, await member('containers.run', 'containers.shell')).expect(200);
  });

  it('has at most so many, and the panel as well', async () => {
    await core.close();
    await begin({ BAILIWICK_COMMANDS_PER_PERSON: '2', BAILIWICK_COMMANDS_TOTAL: '3' });
    const two = await Promise.all([started('sleep 1000'), started('sleep 1000')]);
    expect((await start('ls').expect(409)).body).toMatchObject({
      code: 'too_many_commands',
      params: { reason: 'person', most: 2 },
    });
    const friend = await member('containers.run', 'containers.shell');
    await started('sleep 1000', friend);
    expect((await start('ls', friend).expect(409)).body.params).toEqual({ reason: 'panel', most: 3 });
    await cancel(two[0].id).expect(204);
    await ended(two[0].id);
    await start('ls').expect(201);
  });

  it('reads no log of another container', async () => {
    const { id } = await started('ls');
    const other = await ownedOnEngine(core, owner.user, { name: 'other', image: 'python:3.12' });
    await new Asking(core, owner).get(`containers/${other.id}/background-commands/${id}/log`).expect(404);
  });
});
