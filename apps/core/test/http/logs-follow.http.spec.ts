import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FollowLogs, LOG_CREDIT_BYTES, type LogFrameRow } from '@bailiwick/contract';
import type { FakeContainer } from '../../src/foundation/environments/fake-container.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { LogFollowService } from '../../src/features/logs/log-follow.service.js';
import { SessionsService } from '../../src/foundation/identity/sessions.service.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { ownedOnEngine } from '../owned-container.js';
import { LogViewer } from '../log-viewer.js';
import { changeRights } from '../people.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const TALKER = { name: 'talker', command: ['sleep', 'infinity'] };

let core: TestApp;
let owner: SignedInPerson;
let seen: SeenContainer;
let talker: FakeContainer;
const viewers: LogViewer[] = [];
beforeEach(async () => {
  core = await startApp();
  owner = await signIn(core);
  seen = await seenOnEngine(core, TALKER);
  talker = fakeEngine(core).get(seen.engineId);
});
afterEach(async () => {
  for (const viewer of viewers.splice(0)) viewer.close();
  await core.close();
});

async function connect(person: { cookie: string }, origin?: string): Promise<LogViewer> {
  const viewer = await LogViewer.connect(core, person, origin);
  viewers.push(viewer);
  return viewer;
}

const ask = (viewer: LogViewer, request: Partial<FollowLogs> = {}) => viewer.ask({ containerId: seen.id, ...request });
const follow = async (person: SignedInPerson, request: Partial<FollowLogs> = {}) =>
  (await connect(person)).follow({ containerId: seen.id, ...request });

const write = (from: number, to: number, text = '') => {
  for (let at = from; at <= to; at += 1) talker.log.write(at % 5 === 0 ? 'stderr' : 'stdout', `line ${at}${text}`);
};
const numbersIn = (rows: LogFrameRow[]) =>
  rows.flatMap((row) => (row.type === 'line' ? Number(row.text.split(' ')[1]) : []));
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);
describe('following a log', () => {
  it('begins with the last lines and goes on with what is written', async () => {
    write(1, 50);
    const viewer = await follow(owner, { tail: 10 });
    await until(() => viewer.numbers.length === 10);
    write(51, 55);
    await until(() => viewer.has(55));
    expect(viewer.numbers).toEqual(upTo(55, 41));
  });

  it('begins with nothing but what comes for tail 0', async () => {
    write(1, 50);
    const viewer = await follow(owner, { tail: 0 });
    write(51, 52);
    await until(() => viewer.has(52));
    expect(viewer.numbers).toEqual([51, 52]);
  });

  it('follows a container that never said a word from its first one on', async () => {
    const viewer = await follow(owner);
    write(1, 3);
    await until(() => viewer.numbers.length === 3);
    expect(viewer.rows[0]).toMatchObject({ type: 'line', stream: 'stdout', text: 'line 1' });
  });

  it('reads one stream from the engine for all readers, and gives each its own beginning', async () => {
    write(1, 300);
    const viewers = await Promise.all([5, 100, 300].map((tail) => follow(owner, { tail })));
    write(301, 400);
    await until(() => viewers.every((viewer) => viewer.has(400)));
    expect(viewers.map(({ numbers }) => numbers)).toEqual([upTo(400, 296), upTo(400, 201), upTo(400)]);
    expect(core.app.get(LogFollowService).open).toBe(1);
  });

  it('goes on right after any line, without gap or duplicate, however often the connection is cut', async () => {
    const all: number[] = [];
    let after: string | undefined;
    let written = 0;
    for (let cut = 0; cut < 25; cut += 1) {
      write(written + 1, (written += 40));
      const viewer = await follow(owner, after === undefined ? { tail: 2000 } : { after });
      write(written + 1, (written += 40));
      await until(() => viewer.numbers.length >= 20 + cut);
      viewer.close();
      all.push(...viewer.numbers);
      after = viewer.cursor;
    }
    const end = await follow(owner, { after: after ?? '' });
    await until(() => end.has(written) || all.includes(written));
    expect([...all, ...end.numbers]).toEqual(upTo(written));
  });

  it('resumes far behind what the shared stream still holds, at the pace of the reader', async () => {
    write(1, 1);
    const first = await follow(owner);
    await until(() => first.numbers.length === 1);
    first.close();
    const watcher = await follow(owner);
    write(2, 60_000, ' and some more text to fill the tail with more than it can hold at once');
    await until(() => watcher.numbers.length + watcher.missed >= 60_000, { within: 20_000 });
    const late = await follow(owner, { after: first.cursor });
    await until(() => late.has(60_000), { within: 20_000 });
    expect(late.missed).toBe(0);
    expect(late.numbers).toEqual(upTo(60_000, 2));
  }, 60_000);

  it('says that lines are gone when the engine rotated them away, and goes on with what it keeps', async () => {
    write(1, 3);
    const first = await follow(owner);
    await until(() => first.has(3));
    first.close();
    for (let at = 4; at <= 2400; at += 1) talker.log.write('stdout', `line ${at} ${'x'.repeat(16_000)}`);
    const late = await follow(owner, { after: first.cursor });
    await until(() => late.has(2400), { within: 20_000 });
    expect(late.rows[0]).toEqual({ type: 'gap', lines: null, reason: 'rotated' });
    expect(late.numbers[0]).toBeGreaterThan(4);
    expect(late.numbers).toEqual(upTo(2400, late.numbers[0]));
  }, 40_000);

  it('begins anew when the container was made anew', async () => {
    write(1, 3);
    const first = await follow(owner);
    await until(() => first.has(3));
    const stranger = await seenOnEngine(core, { ...TALKER, name: 'other' });
    fakeEngine(core).get(stranger.engineId).log.write('stdout', 'line 7');
    const other = await follow(owner, { containerId: stranger.id, after: first.cursor });
    await until(() => other.has(7));
    expect(other.rows[0]).toEqual({ type: 'gap', lines: null, reason: 'unknown' });
  });

  it('sends rows in frames of at most 64 KiB', async () => {
    write(1, 3000, ' '.repeat(200));
    const viewer = await follow(owner, { tail: 2000 });
    await until(() => viewer.has(3000));
    expect(Math.max(...viewer.frameBytes)).toBeLessThanOrEqual(64 * 1024);
    expect(viewer.frameBytes.length).toBeLessThan(15);
  });

  it('sends a line larger than a frame whole', async () => {
    const text = 'é'.repeat(100_000);
    const viewer = await follow(owner);
    talker.log.write('stdout', text);
    write(2, 2);
    await until(() => viewer.rows.length === 2);
    expect(viewer.rows[0]).toMatchObject({ text });
  });

  it('refuses what is not a cursor, not a stream name and not a container', async () => {
    const viewer = await connect(owner);
    expect(await ask(viewer, { after: 'x' })).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    expect(await ask(viewer, { stream: '../..' })).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    expect(await ask(viewer, { containerId: 'ct_aaaaaaaaaaaaaaaa' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('bounds how many logs one connection follows', async () => {
    const viewer = await connect(owner);
    for (let at = 0; at < 8; at += 1) expect(await ask(viewer, { stream: `s${at}` })).toEqual({ ok: true });
    expect(await ask(viewer, { stream: 's8' })).toMatchObject({ ok: false, error: { code: 'busy' } });
    viewer.socket.emit('unfollow', { stream: 's3' });
    expect(await ask(viewer, { stream: 's8' })).toEqual({ ok: true });
  });
});

describe('a reader that stalls', () => {
  it('is never sent more than its credit, then told exactly how many lines it missed', async () => {
    const stalled = await follow(owner);
    stalled.stalls = true;
    const quick = await follow(owner);
    const text = ' '.repeat(150);
    for (let burst = 0; burst < 40; burst += 1) {
      write(burst * 1000 + 1, burst * 1000 + 1000, text);
      await until(() => quick.has(burst * 1000 + 1000));
    }
    expect(quick.missed).toBe(0);
    expect(quick.numbers).toEqual(upTo(40_000));
    expect(stalled.frameBytes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(LOG_CREDIT_BYTES);

    stalled.stalls = false;
    stalled.socket.emit('credit', { stream: 'a', bytes: LOG_CREDIT_BYTES });
    await until(() => stalled.has(40_000));
    expect(stalled.missed).toBeGreaterThan(0);
    expect(stalled.numbers.length + stalled.missed).toBe(40_000);
    const gap = stalled.rows.findIndex(({ type }) => type === 'gap');
    const before = numbersIn(stalled.rows.slice(0, gap));
    const after = numbersIn(stalled.rows.slice(gap));
    expect(before).toEqual(upTo(before.length));
    expect(after).toEqual(upTo(40_000, before.length + stalled.missed + 1));
  }, 60_000);

  it('gains nothing by acknowledging what it was never sent', async () => {
    const viewer = await follow(owner);
    viewer.stalls = true;
    viewer.socket.emit('credit', { stream: 'a', bytes: Number.MAX_SAFE_INTEGER });
    await ask(viewer, { stream: 'b', tail: 0 });
    write(1, 20_000, ' '.repeat(100));
    await until(() => viewer.frameBytes.length > 3);
    await ask(viewer, { stream: 'c', tail: 0 });
    expect(viewer.frameBytes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(2 * LOG_CREDIT_BYTES);
  });
});

describe('what happens to the container', () => {
  it('is shown between the lines, and the next run is followed by itself', async () => {
    write(1, 3);
    const viewer = await follow(owner);
    await until(() => viewer.numbers.length === 3);
    for (let run = 1; run <= 5; run += 1) {
      await fakeEngine(core).stop(seen.engineId, 1);
      await until(() => viewer.events.filter((event) => event === 'stopped').length === run);
      await fakeEngine(core).start(seen.engineId);
      write(run * 10, run * 10 + 2);
      await until(() => viewer.has(run * 10 + 2));
    }
    expect(viewer.events).toEqual(Array.from({ length: 5 }, () => ['stopped', 'started']).flat());
    expect(viewer.numbers).toEqual([1, 2, 3, ...[1, 2, 3, 4, 5].flatMap((run) => upTo(run * 10 + 2, run * 10))]);
    expect(viewer.rows.find(({ type }) => type === 'event')).toMatchObject({ event: 'stopped', exitCode: 137 });
  });

  it('is told at once for one that does not run', async () => {
    write(1, 2);
    await fakeEngine(core).stop(seen.engineId, 1);
    const viewer = await follow(owner);
    await until(() => viewer.events.length === 1);
    expect(viewer.rows.map(({ type }) => type)).toEqual(['line', 'line', 'event']);
  });

  it('ends the stream when it is removed', async () => {
    write(1, 2);
    const viewer = await follow(owner);
    await until(() => viewer.numbers.length === 2);
    await fakeEngine(core).remove(seen.engineId, { force: true });
    await until(() => viewer.ended.length > 0);
    expect(viewer.events.at(-1)).toBe('removed');
    expect(viewer.ended).toEqual([{ stream: 'a', reason: 'removed' }]);
  });

  it('loses no line and doubles none when the engine goes and comes back', async () => {
    write(1, 10);
    const viewer = await follow(owner);
    await until(() => viewer.numbers.length === 10);
    fakeEngine(core).goOffline();
    write(11, 20);
    await until(() => viewer.events.includes('engine_offline'));
    expect(await ask(await connect(owner))).toMatchObject({ ok: false, error: { code: 'engine_unavailable' } });
    fakeEngine(core).goOnline();
    write(21, 30);
    await until(() => viewer.has(30));
    expect(viewer.numbers).toEqual(upTo(30));
    expect(viewer.events).toEqual(['engine_offline', 'resumed']);
  }, 20_000);

  it('opens a stream again that went silent while its container writes on', async () => {
    core.app.get(LogFollowService).quietMs = 100;
    write(1, 2);
    const viewer = await follow(owner);
    await until(() => viewer.numbers.length === 2);
    // As engines were seen to do after a rotation: the stream stays open and says nothing.
    const { poke } = talker.log;
    talker.log.poke = () => undefined;
    write(3, 4);
    talker.log.poke = poke;
    await until(() => viewer.has(4));
    expect(viewer.numbers).toEqual([1, 2, 3, 4]);
  });

  it('opens a stream again that never began', async () => {
    write(1, 2);
    const first = await follow(owner);
    await until(() => first.has(2));
    first.close();
    write(3, 4);
    await core.app.get(LogFollowService).onModuleDestroy(); // as after a start of the core: no stream is open
    const { log } = talker;
    const read = log.read.bind(log);
    let mute = 1;
    log.read = async function* (options, signal, isOver) {
      if (!options.follow || mute-- <= 0) return yield* read(options, signal, isOver);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    const viewer = await follow(owner, { after: first.cursor });
    await until(() => viewer.has(4), { within: 15_000 });
    expect(viewer.numbers).toEqual([3, 4]);
    expect(mute).toBeLessThan(1);
  }, 30_000);
});

describe('who may follow', () => {
  it('is whoever may read the log of that container', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    expect(await ask(await connect(member))).toMatchObject({ ok: false, error: { code: 'not_found' } });
    seen = await ownedOnEngine(core, member.user, { ...TALKER, name: 'owned' });
    expect(await ask(await connect(member))).toEqual({ ok: true });
  });

  it('is nobody without a session or from another site', async () => {
    await expect(connect({ ...owner, cookie: '' })).rejects.toThrow();
    await expect(connect(owner, 'https://evil.example')).rejects.toThrow();
  });

  it('is cut within a second when the rights are lost', async () => {
    const helper = await signIn(core, { platformRole: 'administrator' });
    const viewer = await follow(helper);
    write(1, 1);
    await until(() => viewer.numbers.length === 1);
    await changeRights(core, helper.user.id, { platformRole: 'member' });
    await until(() => viewer.ended.length > 0, { within: 1000 });
    expect(viewer.ended).toEqual([{ stream: 'a', reason: 'not_found' }]);
    write(2, 2);
    const watcher = await follow(owner);
    await until(() => watcher.has(2));
    expect(viewer.numbers).toEqual([1]);
  });

  it('is cut within a second when the session ends', async () => {
    const viewer = await follow(owner);
    const sessions = core.app.get(SessionsService);
    const { sessionId: id, userId } = owner.actor;
    sessions.announceEnd({ id, userId });
    await until(() => viewer.ended.length > 0, { within: 1000 });
    await until(() => !viewer.socket.connected, { within: 1000 });
  });
});
