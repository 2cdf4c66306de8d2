import { credentials, Metadata, status } from '@grpc/grpc-js';
import type { Description__Output } from '../generated/bailiwick/plugin/v2/Description.js';
import { LIMITS, PLUGIN_SERVICE, PluginClient } from '../protocols.js';
import { fromStruct, toStruct } from '../struct.rules.js';
import { ask, bearer, type Outcome, readAll } from './asking.js';
import { type Checks, unmet } from './checks.js';
import { answerOf, expectInTime, expectCode, within } from './expecting.js';
import type { PlayedCore } from './played-core.js';
import { troubleWith } from './schema.js';
import { checkActions, checkChannels, checkHooks, checkMetrics, checkPresets } from './v2-provided.js';
import { checkUsers } from './v2-users.js';

const READY_MS = 5000;
const ID = /^[a-z][a-z0-9-]{0,39}$/;

export type V2Client = InstanceType<typeof PluginClient>;

/** What a plugin of bailiwick.plugin.v2 is held to. */
export async function checkV2(core: PlayedCore, checks: Checks): Promise<void> {
  core.host.scopes = new Set(core.manifest.scopes);
  await core.host.start();
  const client = await started(core, checks, 'starts: its socket is there');
  if (!client) return;
  await checkTokens(core, client, checks);
  const description = await checkDescription(core, client, checks);
  await checkStart(core, client, checks);
  await checkHealth(core, client, checks);
  await checkUnknown(core, client, checks);
  const listens = core.manifest.events.length > 0 && (await checkEvents(core, client, checks));
  await checkUsers(core, client, checks);
  await checkActions(core, client, checks, description?.actions ?? []);
  await checkHooks(core, client, checks);
  await checkPresets(core, client, checks);
  await checkChannels(core, client, checks, description?.channels ?? []);
  await checkMetrics(core, client, checks);
  await checkBounds(core, client, checks);
  await checkHostAway(core, client, checks, listens);
  await checkEnd(core, client, checks);
  await checkWithoutScopes(core, checks);
  await checkTraces(core, checks);
}

async function started(core: PlayedCore, checks: Checks, title: string): Promise<V2Client | undefined> {
  let address = '';
  await checks.check(title, 'a socket at BAILIWICK_PLUGIN_SOCKET within 5 s', async () => {
    const begun = await core.start();
    if ('failed' in begun) unmet(begun.failed);
    address = begun.address;
  });
  if (address === '') return undefined;
  const channel = { ...LIMITS, 'grpc.max_send_message_length': -1 };
  return core.keep(new PluginClient(address, credentials.createInsecure(), channel));
}

async function checkTokens({ token }: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  const other = new Metadata();
  other.set('x-nebula-token', token);
  const bare = new Metadata();
  bare.set('authorization', token);
  const wrong: [string, Metadata][] = [
    ['no token', new Metadata()],
    ['a wrong token', bearer('not-the-token')],
    ['the token without "Bearer"', bare],
    ['the token as v1 shows it', other],
  ];
  for (const [what, metadata] of wrong)
    await checks.check(`refuses a call with ${what}`, 'UNAUTHENTICATED', async () => {
      const outcome = await ask(client, PLUGIN_SERVICE.Describe, {}, { metadata });
      expectCode(outcome, status.UNAUTHENTICATED);
    });
  await checks.check('refuses a stream without the token', 'UNAUTHENTICATED', async () => {
    expectCode(await readAll(client.syncUsers({ dryRun: true })), status.UNAUTHENTICATED, status.UNIMPLEMENTED);
  });
}

async function checkDescription(
  core: PlayedCore,
  client: V2Client,
  checks: Checks,
): Promise<Description__Output | undefined> {
  const { manifest, name, timeoutMs: ms } = core;
  const outcome = await ask(client, PLUGIN_SERVICE.Describe, {}, { metadata: bearer(core.token), ms });
  await checks.check('Describe answers before anything else', 'an answer', () => void answerOf(outcome));
  if (!('answer' in outcome)) return undefined;
  const { actions, channels, ...said } = outcome.answer;
  await checks.check('Describe names it as its folder', name, () => {
    if (said.name !== name) unmet(`"${said.name}"`);
  });
  await checks.check('Describe has the version of the manifest', manifest.version, () => {
    if (said.version !== manifest.version) unmet(`"${said.version}"`);
  });
  await checks.check(
    'its actions have ids, titles and forms that are right',
    `ids as ${ID}, each once; a title; forms of objects`,
    () => {
      idsOf(actions.map(({ id, title }) => ({ id, title })));
      for (const { id, form } of actions) {
        const schema = fromStruct(form);
        const trouble = Object.keys(schema).length > 0 ? troubleWith(schema) : '';
        if (trouble) unmet(`the form of ${id} ${trouble}`);
      }
    },
  );
  for (const [what, list] of [
    ['actions', actions],
    ['channels', channels],
  ] as const)
    await checks.check(
      `it has ${what} where the manifest provides them`,
      manifest.provides.includes(what) ? 'at least one' : 'none',
      () => {
        if (list.length > 0 !== manifest.provides.includes(what))
          unmet(`${list.length}, and provides is [${manifest.provides.join(', ')}]`);
      },
    );
  await checks.check('its channels have ids and titles', `ids as ${ID}, each once; a title`, () => idsOf(channels));
  return outcome.answer;
}

function idsOf(list: { id: string; title: string }[]): void {
  const ids = new Set<string>();
  for (const { id, title } of list) {
    if (!ID.test(id)) unmet(`the id "${id}"`);
    if (ids.has(id)) unmet(`${id} twice`);
    if (title.trim() === '') unmet(`${id} has no title`);
    ids.add(id);
  }
}

const initialize = ({ host, token, settings }: PlayedCore, client: V2Client, scopes: string[]) => {
  const asked = { scopes, settings: toStruct(settings), tenants: [], hostAddress: host.address, coreVersion: '0.1.0' };
  return ask(client, PLUGIN_SERVICE.Initialize, asked, { metadata: bearer(token), ms: READY_MS });
};

async function checkStart(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  const { scopes } = core.manifest;
  await checks.check(
    'Initialize with nothing set answers',
    'an answer, or INVALID_ARGUMENT that says what is missing',
    async () => {
      const asked = { scopes, settings: toStruct({}), hostAddress: core.host.address, coreVersion: '0.1.0' };
      const outcome = await ask(client, PLUGIN_SERVICE.Initialize, asked, {
        metadata: bearer(core.token),
        ms: READY_MS,
      });
      expectCode(outcome, status.OK, status.INVALID_ARGUMENT);
      if ('details' in outcome && outcome.details.trim() === '') unmet('INVALID_ARGUMENT without a word');
    },
  );
  await checks.check('Initialize with its settings answers', 'an answer within 5 s', async () =>
    answerOf(await initialize(core, client, scopes)),
  );
  await checks.check('Initialize may come again, as after a start of the core', 'an answer within 5 s', async () =>
    answerOf(await initialize(core, client, scopes)),
  );
}

const health = (core: PlayedCore, client: V2Client) =>
  ask(client, PLUGIN_SERVICE.Health, {}, { metadata: bearer(core.token), ms: core.timeoutMs });

async function checkHealth(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  await checks.check('Health says how it is', 'healthy or degraded, with words where it is degraded', async () => {
    const said = answerOf(await health(core, client));
    if (said.status !== 'STATUS_HEALTHY' && said.status !== 'STATUS_DEGRADED') unmet(`${said.status} ${said.message}`);
    if (said.status === 'STATUS_DEGRADED' && said.message === '') unmet('degraded, without a word');
    const odd = Object.entries(said.numbers).find(([, value]) => !Number.isFinite(value));
    if (odd) unmet(`the number ${odd[0]} is ${odd[1]}`);
  });
  await checks.check('Health answers eight calls at once', 'eight answers', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => health(core, client)));
    for (const one of all) answerOf(one);
  });
  await checks.check('Health is quick', 'less than 1 s', () => within(1000, () => health(core, client)));
}

async function checkUnknown(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  const unknown = { ...PLUGIN_SERVICE.Health, path: '/bailiwick.plugin.v2.Plugin/NoSuchMethod' };
  await checks.check('a method that does not exist is refused', 'UNIMPLEMENTED', async () => {
    expectCode(await ask(client, unknown, {}, { metadata: bearer(core.token) }), status.UNIMPLEMENTED);
  });
}

/** A kind that the pattern means. */
const kindOf = (pattern: string) => pattern.replace(/\*$/, 'conformance');

/** Whether it listens. */
async function checkEvents(core: PlayedCore, client: V2Client, checks: Checks): Promise<boolean> {
  const { host, manifest } = core;
  const listens = await checks.check(
    'it listens to the events it names',
    'Subscribe within 3 s of Initialize',
    async () => {
      const until = Date.now() + 3000;
      while (host.listening === 0 && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
      if (host.listening === 0) unmet('no Subscribe');
    },
  );
  await checks.check('5,000 events and a gap leave it answering', 'Health answers', async () => {
    const kinds = manifest.events.map(kindOf);
    const events = Array.from({ length: 500 }, (_, at) => ({
      kind: kinds[at % kinds.length] ?? '',
      atMs: Date.now(),
      tenant: 'default',
      data: toStruct({ id: `ct_${at}`, name: `web-${at}` }),
    }));
    for (let batch = 0; batch < 10; batch += 1) host.tell(events, batch === 9 ? 120 : 0);
    answerOf(await health(core, client));
  });
  return listens;
}

async function checkBounds(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  const metadata = bearer(core.token);
  const send = (input: object) =>
    readAll(client.runAction({ action: 'conformance', input }, metadata, { deadline: Date.now() + core.timeoutMs }));
  const lives = async (outcome: Outcome<unknown>) => {
    expectInTime(outcome);
    answerOf(await health(core, client));
  };
  await checks.check('a message of more than 4 MiB is refused', 'RESOURCE_EXHAUSTED, and Health answers', async () => {
    const outcome = await send({ fields: { big: { stringValue: 'x'.repeat(5 * 1024 * 1024) } } });
    expectCode(outcome, status.RESOURCE_EXHAUSTED);
    await lives(outcome);
  });
  await checks.check('a key __proto__ does no harm', 'any answer, and Health answers', async () => {
    const fields = Object.defineProperty({}, '__proto__', {
      value: { structValue: { fields: { polluted: { boolValue: true } } } },
      enumerable: true,
    });
    await lives(await send({ fields }));
  });
  await checks.check('what nests 90 deep does no harm', 'any answer, and Health answers', async () => {
    let value: object = { boolValue: true };
    for (let depth = 0; depth < 90; depth += 1) value = { structValue: { fields: { in: value } } };
    await lives(await send({ fields: { in: value } }));
  });
  await checks.check('a hundred calls at once leave it answering', 'Health answers', async () => {
    await Promise.all(Array.from({ length: 100 }, () => health(core, client)));
    answerOf(await health(core, client));
  });
}

async function checkHostAway(core: PlayedCore, client: V2Client, checks: Checks, listens: boolean): Promise<void> {
  const { host } = core;
  await checks.check('it goes on while the core is away', 'Health answers', async () => {
    host.stop();
    await new Promise((done) => setTimeout(done, 1000));
    answerOf(await health(core, client));
  });
  await checks.check('it goes on when the core is back', 'Health answers', async () => {
    await host.start();
    answerOf(await health(core, client));
  });
  if (!listens) return;
  await checks.check('it listens again when the core is back', 'Subscribe within 15 s', async () => {
    const until = Date.now() + 15_000;
    while (host.listening === 0 && Date.now() < until) await new Promise((done) => setTimeout(done, 100));
    if (host.listening === 0) unmet('no Subscribe');
  });
}

async function checkEnd(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  await checks.check('Shutdown answers', 'an answer within 5 s', async () =>
    answerOf(await ask(client, PLUGIN_SERVICE.Shutdown, {}, { metadata: bearer(core.token), ms: READY_MS })),
  );
  await ends(core, checks, 'SIGTERM ends it');
}

const ends = (core: PlayedCore, checks: Checks, title: string) =>
  checks.check(title, 'an end with 0 within 5 s', async () => {
    const how = await core.end();
    if (how === undefined) unmet('no end; it was killed');
    if (how !== 0) unmet(`an end with ${how}`);
  });

/** A person may agree to nothing of what it wants. */
async function checkWithoutScopes(core: PlayedCore, checks: Checks): Promise<void> {
  core.host.scopes = new Set();
  const client = await started(core, checks, 'starts a second time');
  if (!client) return;
  await checks.check('Initialize without any scope answers', 'an answer within 5 s', async () =>
    answerOf(await initialize(core, client, [])),
  );
  await checks.check('it works on when the core refuses what it asks', 'Health answers; no crash', async () => {
    if (core.manifest.provides.includes('users')) {
      const deadline = Date.now() + core.timeoutMs;
      expectInTime(await readAll(client.syncUsers({ dryRun: true, limit: 1 }, bearer(core.token), { deadline }), 1));
    }
    await new Promise((done) => setTimeout(done, 500));
    answerOf(await health(core, client));
  });
  await ends(core, checks, 'SIGTERM alone ends it, without Shutdown');
}

async function checkTraces(core: PlayedCore, checks: Checks): Promise<void> {
  const { host, manifest, output, token } = core;
  await checks.check('it shows its token in every call to the core', 'authorization: Bearer <token>', () => {
    const strange = host.asked.find(({ isKnown }) => !isKnown);
    if (strange) unmet(`${strange.method} without it`);
  });
  await checks.check(
    'it asks the core for nothing the manifest does not name',
    `[${manifest.scopes.join(', ')}]`,
    () => {
      const beyond = host.asked.find(({ scope }) => scope && !manifest.scopes.includes(scope));
      if (beyond) unmet(`${beyond.method}, which needs ${beyond.scope}`);
    },
  );
  await checks.check('its token stands nowhere in what it wrote out', 'no token', () => {
    if (output.includes(token) || host.logged.some((line) => line.includes(token))) unmet('the token');
  });
  await checks.check('it leaves its own folder as it is', 'no change', () => {
    if (core.wroteIntoItsFolder()) unmet('a change; only /tmp is there to write to');
  });
}
