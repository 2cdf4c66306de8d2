import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import {
  type CoreLogEntry,
  CoreLogMessage,
  EngineEventFrame,
  EngineEventList,
  EventStreamMessage,
  type LogFrameRow,
  LogStreamMessage,
} from '@bailiwick/contract';
import { SessionsService } from '../../src/foundation/identity/sessions.service.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { memberOn } from '../granting.js';
import { openPlainSocket, type PlainSocket, type Refusal } from '../plain-socket.js';
import { changeRights } from '../people.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const TALKER = { name: 'talker', command: ['sleep', 'infinity'] };
const LOGS = '/api/v1/logs/stream';
const EVENTS = '/api/v1/events';

let core: TestApp;
let owner: SignedInPerson;
const open: PlainSocket[] = [];
beforeEach(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterEach(async () => {
  for (const { socket } of open.splice(0)) socket.terminate();
  await core.close();
});

async function listen(path: string, person = owner): Promise<PlainSocket> {
  const opened = await openPlainSocket(core, path, person);
  if ('status' in opened) throw new Error(`refused: ${opened.status}`);
  open.push(opened);
  return opened;
}
const refusal = async (path: string, door: { cookie?: string; origin?: string }): Promise<Refusal> => {
  const answer = await openPlainSocket(core, path, door);
  if ('status' in answer) return answer;
  answer.socket.terminate();
  throw new Error('It was let in.');
};

describe('the stream of the core log', () => {
  const told = ({ messages }: PlainSocket) => messages.map((message) => CoreLogMessage.parse(message));
  const numbers = (entries: CoreLogEntry[]) =>
    entries.flatMap(({ logger, message }) => (logger === 'counter' ? Number(message.split(' ')[1]) : []));

  it('gives the last hundred entries first, and keeps delivering past what the core remembers', async () => {
    const log = core.log.for('counter');
    for (let at = 1; at <= 150; at += 1) log.info(`entry ${at}`);
    const stream = await listen(LOGS);
    await until(() => stream.messages.length === 1);
    expect(told(stream)[0]?.type).toBe('history');
    expect(told(stream)[0]?.data).toHaveLength(100);
    expect(numbers(told(stream)[0]?.data ?? []).at(-1)).toBe(150);
    for (let at = 151; at <= 900; at += 1) {
      log.info(`entry ${at}`);
      if (at % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const came = () =>
      numbers(
        told(stream)
          .slice(1)
          .flatMap(({ data }) => data),
      );
    await until(() => came().at(-1) === 900);
    expect(came()).toEqual(Array.from({ length: 750 }, (_, at) => 151 + at));
    expect(
      told(stream)
        .slice(1)
        .every(({ type }) => type === 'entries'),
    ).toBe(true);
  });

  it('is closed with 1008 when the session or the right ends', async () => {
    const [leaver, demoted] = [
      await signIn(core, { platformRole: 'administrator' }),
      await signIn(core, { platformRole: 'administrator' }),
    ];
    const [hers, theirs] = [await listen(LOGS, leaver), await listen(LOGS, demoted)];
    core.app.get(SessionsService).announceEnd({ id: leaver.actor.sessionId, userId: leaver.user.id });
    await until(() => hers.closed, { within: 1000 });
    expect(hers.closed).toEqual({ code: 1008, reason: 'signed_out' });
    await changeRights(core, demoted.user.id, { platformRole: 'member' });
    await until(() => theirs.closed, { within: 1000 });
    expect(theirs.closed).toEqual({ code: 1008, reason: 'rights_changed' });
  });

  it('is refused before the upgrade to who is not staff', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    expect(await refusal(LOGS, member)).toMatchObject({ status: 403 });
  });
});

describe('the plain log stream', () => {
  const lines = (rows: LogFrameRow[]) => rows.flatMap((row) => (row.type === 'line' ? row.text : []));
  const logMessages = ({ messages }: PlainSocket) => messages.map((message) => LogStreamMessage.parse(message));
  const talk = async (count: number) => {
    const seen = await seenOnEngine(core, TALKER);
    const { log } = fakeEngine(core).get(seen.engineId);
    for (let at = 1; at <= count; at += 1) log.write('stdout', `line ${at}`);
    return { seen, log };
  };

  it('gives the last hundred lines as history first, then what comes', async () => {
    const { seen, log } = await talk(300);
    const stream = await listen(`${LOGS}?container=${seen.id}`);
    await until(() => stream.messages.length === 1);
    log.write('stderr', 'and more');
    await until(() => stream.messages.length === 2);
    const [history, next] = logMessages(stream);
    expect(history?.type).toBe('history');
    expect(lines(history?.data ?? [])).toEqual(Array.from({ length: 100 }, (_, at) => `line ${201 + at}`));
    expect(next?.type).toBe('lines');
    expect(lines(next?.data ?? [])).toEqual(['and more']);
  });

  it('says that there is no history, so that nobody waits for it', async () => {
    const { seen, log } = await talk(0);
    const stream = await listen(`${LOGS}?container=${seen.id}`);
    await until(() => stream.messages.length === 1);
    log.write('stdout', 'first');
    await until(() => stream.messages.length === 2);
    expect(logMessages(stream).map(({ type, data }) => [type, ...lines(data)])).toEqual([
      ['history'],
      ['lines', 'first'],
    ]);
  });

  it('goes on after a cursor', async () => {
    const { seen } = await talk(10);
    const first = await listen(`${LOGS}?container=${seen.id}&tail=5`);
    await until(() => first.messages.length === 1);
    const row = logMessages(first)[0]?.data[1];
    const second = await listen(`${LOGS}?container=${seen.id}&after=${row?.type === 'line' ? row.cursor : ''}`);
    await until(() => second.messages.length > 0);
    expect(logMessages(second).flatMap(({ data }) => lines(data))).toEqual(['line 8', 'line 9', 'line 10']);
  });

  it('bounds what a client that does not read costs, and tells it what it missed', async () => {
    const { seen, log } = await talk(1);
    const stream = await listen(`${LOGS}?container=${seen.id}`);
    await until(() => stream.messages.length === 1);
    stream.socket.pause();
    const text = ' '.repeat(2000);
    for (let at = 2; at <= 20_000; at += 1) {
      log.write('stdout', `line ${at}${text}`);
      if (at % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    stream.socket.resume();
    const told = () =>
      logMessages(stream)
        .flatMap(({ data }) => data)
        .reduce((sum, row) => sum + (row.type === 'line' ? 1 : row.type === 'gap' ? (row.lines ?? NaN) : 0), 0);
    await until(() => told() >= 20_000, { within: 20_000 });
    expect(told()).toBe(20_000);
    expect(logMessages(stream).some(({ data }) => data.some(({ type }) => type === 'gap'))).toBe(true);
  }, 40_000);

  it('is closed with 1008 within a second when the right ends', async () => {
    const { seen } = await talk(1);
    const helper = await signIn(core, { platformRole: 'administrator' });
    const stream = await listen(`${LOGS}?container=${seen.id}`, helper);
    await changeRights(core, helper.user.id, { platformRole: 'member' });
    await until(() => stream.closed, { within: 1000 });
    expect(stream.closed).toEqual({ code: 1008, reason: 'not_found' });
  });

  it('is closed with 1008 when the session ends, and normally when the container goes', async () => {
    const { seen } = await talk(1);
    const helper = await signIn(core, { platformRole: 'administrator' });
    const [hers, ours] = [
      await listen(`${LOGS}?container=${seen.id}`, helper),
      await listen(`${LOGS}?container=${seen.id}`),
    ];
    core.app.get(SessionsService).announceEnd({ id: helper.actor.sessionId, userId: helper.user.id });
    await until(() => hers.closed, { within: 1000 });
    expect(hers.closed).toEqual({ code: 1008, reason: 'signed_out' });
    await fakeEngine(core).remove(seen.engineId, { force: true });
    await until(() => ours.closed);
    expect(ours.closed).toEqual({ code: 1000, reason: 'removed' });
  });

  it('is refused before the upgrade to who may not, and for what is not asked right', async () => {
    const { seen } = await talk(1);
    const member = await signIn(core, { platformRole: 'member' });
    const here = `${LOGS}?container=${seen.id}`;
    expect(await refusal(here, {})).toEqual({ status: 401, code: 'unauthenticated' });
    expect(await refusal(here, member)).toEqual({ status: 404, code: 'not_found' });
    expect(await refusal(here, { ...owner, origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(await refusal(`${LOGS}?container=nonsense`, owner)).toEqual({ status: 400, code: 'invalid_request' });
    expect(await refusal(`${here}&tail=9999`, owner)).toEqual({ status: 400, code: 'invalid_request' });
  });

  it('listens to nobody', async () => {
    const { seen } = await talk(1);
    const stream = await listen(`${LOGS}?container=${seen.id}`);
    stream.socket.send('hello');
    await until(() => stream.closed);
    expect(stream.closed?.code).toBe(1003);
  });
});

describe('the plain event stream', () => {
  const events = ({ messages }: PlainSocket) => messages.map((message) => EventStreamMessage.parse(message));

  it('gives a snapshot of each topic, then every change', async () => {
    const { id } = await seenOnEngine(core, TALKER);
    const stream = await listen(`${EVENTS}?topics=containers,environments`);
    await until(() => stream.messages.length === 2);
    expect(events(stream).map((event) => event.type === 'snapshot' && event.data.topic)).toEqual([
      'containers',
      'environments',
    ]);
    expect(stream.messages[0]).toMatchObject({ data: { items: [{ id, name: 'talker' }] } });
    const other = await seenOnEngine(core, { ...TALKER, name: 'other' });
    await until(() => stream.messages.some((message) => JSON.stringify(message).includes(other.id)));
    const change = events(stream).find(({ type }) => type === 'change');
    expect(change).toMatchObject({ type: 'change', data: { topic: 'containers', type: 'upsert', id: other.id } });
  });

  it('shows nobody what is not theirs', async () => {
    await seenOnEngine(core, TALKER);
    const member = await signIn(core, { platformRole: 'member' });
    const stream = await listen(`${EVENTS}?topics=containers`, member);
    await until(() => stream.messages.length === 1);
    expect(stream.messages[0]).toMatchObject({ type: 'snapshot', data: { items: [] } });
  });

  it('says that an operation is not to be seen, and takes that for no failure of its own', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const opened = await listen(`${EVENTS}?topics=operation:op_aaaaaaaaaaaaaaaa`, member);
    await until(() => opened.closed !== undefined);
    expect(opened.closed).toEqual({ code: 1011, reason: 'not_found' });
    expect(core.log.history(500).filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('says that it is over and closes with 1008 when the rights change', async () => {
    const helper = await signIn(core, { platformRole: 'administrator' });
    const stream = await listen(`${EVENTS}?topics=containers,operations,environments`, helper);
    await until(() => stream.messages.length === 3);
    await changeRights(core, helper.user.id, { platformRole: 'member' });
    await until(() => stream.closed, { within: 1000 });
    expect(stream.closed).toEqual({ code: 1008, reason: 'rights_changed' });
    expect(events(stream).some(({ type }) => type === 'gone')).toBe(true);
  });

  it.each(['//', '//x:y'])('knows no socket at %s', async (path) => {
    expect(await refusal(path, owner)).toEqual({ status: 404, code: 'not_found' });
  });

  it('is refused without a session and for topics nobody knows', async () => {
    expect(await refusal(EVENTS, {})).toEqual({ status: 401, code: 'unauthenticated' });
    expect(await refusal(`${EVENTS}?topics=secrets`, owner)).toEqual({ status: 400, code: 'invalid_request' });
  });
});

describe('the stream of what the engines say', () => {
  const recent = async (query: string, person = owner) =>
    EngineEventList.parse((await request(core.url).get(`${EVENTS}${query}`).set(person.headers).expect(200)).body)
      .items;
  const frames = ({ messages }: PlainSocket) => messages.map((message) => EngineEventFrame.parse(message));

  it('tells a start as {type, data: {id, name}} and nothing besides', async () => {
    const { id, engineId } = await seenOnEngine(core, TALKER);
    await fakeEngine(core).stop(engineId, 0);
    const stream = await listen(EVENTS);
    await fakeEngine(core).start(engineId);
    await until(() => stream.messages.length > 0);
    expect(stream.messages).toEqual([{ type: 'container.started', data: { id, name: 'talker' } }]);
  });

  it('tells nothing of what is not theirs, and what is, once it is', async () => {
    const seen = await seenOnEngine(core, TALKER);
    const { engineId } = seen;
    const member = await signIn(core, { platformRole: 'member' });
    const viewer = await memberOn(core, owner, seen, 'containers.see');
    const [theirs, granted] = [await listen(EVENTS, member), await listen(EVENTS, viewer)];
    await fakeEngine(core).pause(engineId);
    await until(() => granted.messages.length > 0);
    expect(frames(granted).map(({ type }) => type)).toEqual(['container.paused']);
    await fakeEngine(core).unpause(engineId);
    await until(() => granted.messages.length > 1);
    expect(theirs.messages).toEqual([]);
    expect(await recent('', member)).toEqual([]);
  });

  it('is closed with 1008 when the rights or the session change', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const leaver = await signIn(core, { platformRole: 'member' });
    const [stream, left] = [await listen(EVENTS, member), await listen(EVENTS, leaver)];
    await changeRights(core, member.user.id, { platformRole: 'administrator' });
    core.app.get(SessionsService).announceEnd({ id: leaver.actor.sessionId, userId: leaver.user.id });
    await until(() => stream.closed && left.closed, { within: 1000 });
    expect([stream.closed, left.closed]).toEqual([
      { code: 1008, reason: 'rights_changed' },
      { code: 1008, reason: 'signed_out' },
    ]);
  });

  it('is kept for an hour, the newest first, also of what is gone since', async () => {
    const { id, engineId } = await seenOnEngine(core, TALKER);
    const other = await seenOnEngine(core, { ...TALKER, name: 'other' });
    await fakeEngine(core).remove(engineId, { force: true });
    await until(async () => (await recent('')).some(({ type }) => type === 'container.removed'));
    const items = await recent('');
    expect(items[0]).toMatchObject({ type: 'container.removed', data: { id, name: 'talker' } });
    expect(items.some(({ data }) => data.id === other.id)).toBe(true);
    expect(new Set((await recent(`?container=${id}`)).map(({ data }) => data.id))).toEqual(new Set([id]));
    expect((await recent(`?container=${id}`)).find(({ type }) => type === 'container.died')).toMatchObject({
      exitCode: expect.any(Number),
    });
    expect(await recent('?limit=1')).toHaveLength(1);
    await request(core.url).get(`${EVENTS}?limit=0`).set(owner.headers).expect(400);
  });
});
