import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ContainerId, type TerminalId, Topic } from '@bailiwick/contract';
import { EntryPoints } from '../../src/foundation/access/entry-points.js';
import { startApp, type TestApp } from '../app.js';
import type { Door } from '../door.js';
import { LiveClient } from '../live-client.js';
import { LogViewer } from '../log-viewer.js';
import { openPlainSocket } from '../plain-socket.js';
import { TerminalClient } from '../terminal-client.js';
import { Cast, REACHERS, type Reacher } from '../reach/cast.js';
import { RELATIONS, Stage } from '../reach/stage.js';
import { readTable, toText } from '../reach/table.js';
import { until } from '../until.js';
import { REACH_LIVE_TABLE } from './reach-live-table.js';

const LINES = readTable(REACH_LIVE_TABLE);
const LETTERS: Readonly<Record<string, string>> = {
  forbidden: 'x',
  not_found: '-',
  invalid_request: '?',
  unauthenticated: '0',
};
const toLetter = (code: unknown): string => LETTERS[String(code)] ?? String(code);

let core: TestApp;
let cast: Cast;
let stage: Stage;

beforeAll(async () => {
  core = await startApp();
  cast = await Cast.assemble(core);
  stage = await Stage.set(core, cast);
});
afterAll(() => core.close());

const door = async (who: Reacher) => ({ cookie: (await cast.headers(who))['cookie'] ?? '' });

/** Whoever has no name is not even let onto the connection. */
async function connected<Client extends { close(): void }>(
  connect: () => Promise<Client>,
  ask: (client: Client) => Promise<string>,
): Promise<string> {
  const client = await connect().catch((error: Error) => error);
  if (client instanceof Error) return '0';
  const letter = await ask(client);
  client.close();
  return letter;
}

const join = async (who: Reacher, topic: string) => {
  const key = await door(who);
  return connected(
    () => LiveClient.connect(core, key),
    async (client) => {
      const joined = await client.ask({ topic });
      return joined.ok ? '+' : toLetter(joined.error.code);
    },
  );
};

const follow = async (who: Reacher, containerId: string) => {
  const key = await door(who);
  return connected(
    () => LogViewer.connect(core, key),
    async ({ socket }) => {
      const answer = await socket.timeout(10_000).emitWithAck('follow', { stream: 'a', containerId });
      return answer.ok ? '+' : toLetter(answer.error.code);
    },
  );
};

const openTerminal = async (who: Reacher, containerId: string) => {
  const key = await door(who);
  return connected(
    () => TerminalClient.connect(core, key),
    async (client) => {
      const answer = await client.ask({ containerId: containerId as ContainerId });
      if (answer.ok) client.end();
      return answer.ok ? '+' : toLetter(answer.error.code);
    },
  );
};

/** One terminal for all of the row: who may look on may end it as well, and does not. */
let shown: { client: TerminalClient; id: TerminalId } | undefined;
const attachTerminal = async (who: Reacher) => {
  if (!shown) {
    const { id } = await stage.thing('containers', { who: 'granted', relation: 'sibling', isFresh: false });
    const client = await TerminalClient.connect(core, await door('owner'));
    shown = { client, id: (await client.open({ containerId: id as ContainerId })).terminal.id };
  }
  const { id } = shown;
  const key = await door(who);
  return connected(
    () => TerminalClient.connect(core, key),
    async (client) => {
      const answer = await client.askToAttach({ id });
      return answer.ok ? '+' : toLetter(answer.error.code);
    },
  );
};

/** Nobody is answered; what comes after it on the same connection is, and by then a refusal would have come. */
interface Sent {
  readonly connect: (key: Door) => Promise<LiveClient | LogViewer | TerminalClient>;
  readonly body: unknown;
  /** What is answered on that connection. */
  readonly next: string;
}
const toLive = (key: Door) => LiveClient.connect(core, key);
const toLogs = (key: Door) => LogViewer.connect(core, key);
const toTerminal = (key: Door) => TerminalClient.connect(core, key);
const SENT: Readonly<Record<string, Sent>> = {
  leave: { connect: toLive, body: { topic: 'containers' }, next: 'join' },
  unfollow: { connect: toLogs, body: { stream: 'a' }, next: 'follow' },
  credit: { connect: toLogs, body: { stream: 'a', bytes: 1 }, next: 'follow' },
  frame: { connect: toTerminal, body: Buffer.from([2, 0, 0, 0, 1]), next: 'open' },
  control: { connect: toTerminal, body: {}, next: 'open' },
  end: { connect: toTerminal, body: {}, next: 'open' },
};
const sentAs = (message: string): Sent => {
  const sent = SENT[message];
  if (!sent) throw new Error(`Nobody knows how ${message} is sent.`);
  return sent;
};
const send = async (who: Reacher, message: string) => {
  const key = await door(who);
  const { connect, body, next } = sentAs(message);
  return connected<LiveClient | LogViewer | TerminalClient>(
    () => connect(key),
    async ({ socket }) => {
      const refusals: Array<{ code: string }> = [];
      socket.on('exception', (refusal: { code: string }) => refusals.push(refusal));
      socket.emit(message, body);
      await socket.timeout(10_000).emitWithAck(next, {});
      return refusals[0] ? toLetter(refusals[0].code) : '+';
    },
  );
};

const plain = async (who: Reacher, address: string) => {
  const opened = await openPlainSocket(core, address, await door(who));
  if ('status' in opened) return toLetter(opened.code);
  await until(() => opened.messages.length > 0 || opened.closed !== undefined);
  const letter = opened.messages.length > 0 ? '+' : toLetter(opened.closed?.reason);
  opened.socket.terminate();
  return letter;
};

function ask(how: string, who: Reacher, what: string): Promise<string> {
  switch (how) {
    case 'JOIN':
      return join(who, what);
    case 'FOLLOW':
      return follow(who, what);
    case 'OPEN':
      return openTerminal(who, what);
    case 'ATTACH':
      return attachTerminal(who);
    case 'SEND':
      return send(who, what);
    case 'EVENTS':
      return plain(who, `/api/v1/events?topics=${encodeURIComponent(what)}`);
    default:
      return plain(who, `/api/v1/logs/stream?container=${encodeURIComponent(what)}`);
  }
}

/** The five letters of what names a thing, or the one of what does not. */
async function cell(route: string, who: Reacher): Promise<string> {
  const [how = '', what = ''] = route.split(' ');
  const [kind = ''] = what.split(':');
  const noun = ['container', 'access:id', 'usage:id'].includes(what)
    ? 'containers'
    : what === 'operation:id' && 'operations';
  if (!noun) return ask(how, who, what);
  let letters = '';
  for (const relation of RELATIONS) {
    const { id } = await stage.thing(noun, { who, relation, isFresh: false });
    letters += await ask(how, who, what === kind ? id : `${kind}:${id}`);
  }
  return letters;
}

describe('the table of who follows what', () => {
  it('has a row for every topic and every message there is', () => {
    const topics = [...Topic.options[0].options, 'operation:id', 'access:id', 'usage:id'];
    const rowsOf = (how: string) => LINES.flatMap(({ route }) => (route.startsWith(`${how} `) ? route.split(' ').slice(1) : [])); // prettier-ignore
    expect(rowsOf('JOIN').sort()).toEqual([...topics].sort());
    expect(rowsOf('EVENTS').sort()).toEqual([...topics].sort());
    const messages = core.app
      .get(EntryPoints)
      .list()
      .flatMap(({ name }) => (name.startsWith('message ') ? [name.slice('message '.length)] : []));
    expect([...rowsOf('SEND'), 'join', 'follow', 'open', 'attach'].sort()).toEqual(messages.sort());
  });

  it.each(LINES)('holds for $route', async ({ route, cells }) => {
    const letters: string[] = [];
    for (const who of REACHERS) letters.push(await cell(route, who));
    expect(`${route}\n${toText(letters)}`).toBe(`${route}\n${toText(cells)}`);
  });
});
