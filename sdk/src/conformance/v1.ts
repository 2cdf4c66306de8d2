import { credentials, Metadata, status } from '@grpc/grpc-js';
import type { Struct } from '../generated/google/protobuf/Struct.js';
import type { JsonObject, JsonValue } from '../json.js';
import { LIMITS, V1_SERVICE, V1Client } from '../protocols.js';
import { fromStruct, toStruct } from '../struct.rules.js';
import { ask, bearer } from './asking.js';
import { type Checks, unmet } from './checks.js';
import { isObject } from './example.rules.js';
import { answerOf, expectInTime, expectCode, within } from './expecting.js';
import type { PlayedCore } from './played-core.js';

type Client = InstanceType<typeof V1Client>;
const WELL: JsonValue[] = ['ok', 'healthy'];
const FLAGS = ['is_active'];
const WORDS = ['username', 'db_name', 'role_tag', 'email'];

const tokenOf = (token: string) => {
  const metadata = new Metadata();
  metadata.set('x-nebula-token', token);
  return metadata;
};

/** What a plugin of nebula.plugin.v1 is held to. */
export async function checkV1(core: PlayedCore, checks: Checks): Promise<void> {
  let address = '';
  await checks.check('starts: its socket is there', 'a socket at BAILIWICK_PLUGIN_SOCKET within 5 s', async () => {
    const begun = await core.start();
    if ('failed' in begun) unmet(begun.failed);
    address = begun.address;
  });
  if (address === '') return;
  const channel = { ...LIMITS, 'grpc.max_send_message_length': -1 };
  const client = core.keep(new V1Client(address, credentials.createInsecure(), channel));
  await checkTokens(core, client, checks);
  await checkHealth(core, client, checks);
  await checkUsers(core, client, checks);
  await checkBounds(core, client, checks);
  await checkEnd(core, checks);
}

async function checkTokens({ token }: PlayedCore, client: Client, checks: Checks): Promise<void> {
  const wrong: [string, Metadata][] = [
    ['no token', new Metadata()],
    ['a wrong token', tokenOf('not-the-token')],
    ['the token as v2 shows it', bearer(token)],
  ];
  for (const [what, metadata] of wrong) {
    await checks.check(`Health refuses a call with ${what}`, 'UNAUTHENTICATED', async () =>
      expectCode(await ask(client, V1_SERVICE.Health, {}, { metadata }), status.UNAUTHENTICATED),
    );
    await checks.check(`SyncUsers refuses a call with ${what}`, 'UNAUTHENTICATED', async () =>
      expectCode(
        await ask(client, V1_SERVICE.SyncUsers, toStruct({ dry_run: true }), { metadata }),
        status.UNAUTHENTICATED,
      ),
    );
  }
}

const health = ({ token, timeoutMs: ms }: PlayedCore, client: Client) =>
  ask(client, V1_SERVICE.Health, {}, { metadata: tokenOf(token), ms });
const sync = ({ token, timeoutMs: ms }: PlayedCore, client: Client, asked: JsonObject) =>
  ask(client, V1_SERVICE.SyncUsers, toStruct(asked), { metadata: tokenOf(token), ms });

async function checkHealth(core: PlayedCore, client: Client, checks: Checks): Promise<void> {
  await checks.check(
    'Health answers with an object',
    'an object',
    async () => void fromStruct(answerOf(await health(core, client))),
  );
  await checks.check('Health says that it is well', 'no status, or "ok" or "healthy"; no ok: false', async () => {
    const said = fromStruct(answerOf(await health(core, client)));
    if (said['status'] !== undefined && !WELL.includes(said['status']))
      unmet(`status ${JSON.stringify(said['status'])}`);
    if (said['ok'] === false) unmet('ok: false');
  });
  await checks.check('Health is quick', 'less than 1 s', () => within(1000, () => health(core, client)));
  await checks.check('Health answers eight calls at once', 'eight answers', async () => {
    for (const one of await Promise.all(Array.from({ length: 8 }, () => health(core, client)))) answerOf(one);
  });
  const unknown = { ...V1_SERVICE.Health, path: '/nebula.plugin.v1.PluginService/NoSuchMethod' };
  await checks.check('a method that does not exist is refused', 'UNIMPLEMENTED', async () =>
    expectCode(await ask(client, unknown, {}, { metadata: tokenOf(core.token) }), status.UNIMPLEMENTED),
  );
}

async function checkUsers(core: PlayedCore, client: Client, checks: Checks): Promise<void> {
  let users: JsonValue[] = [];
  const answered = await checks.check(
    'SyncUsers as a dry run answers with users',
    'a list under "users", or nothing there',
    async () => {
      const said = fromStruct(answerOf(await sync(core, client, { dry_run: true, limit: 100 })));
      const list = said['users'] ?? [];
      if (!Array.isArray(list)) unmet(`users is ${JSON.stringify(list).slice(0, 80)}`);
      users = list;
    },
  );
  if (!answered) return;
  await checks.check('its users are objects with a name', '{username, db_name, role_tag, email, is_active}', () => {
    for (const user of users) {
      if (!isObject(user)) return unmet(JSON.stringify(user));
      if (typeof user['username'] !== 'string' || user['username'] === '') return unmet(JSON.stringify(user));
    }
  });
  await checks.check('what it says of them is of the right kind', 'words, and true or false for is_active', () => {
    for (const user of users.filter(isObject)) {
      const odd = WORDS.find((field) => user[field] != null && typeof user[field] !== 'string');
      const flag = FLAGS.find((field) => user[field] != null && typeof user[field] !== 'boolean');
      if (odd ?? flag) unmet(`${odd ?? flag}: ${JSON.stringify(user[odd ?? flag ?? ''])}`);
    }
  });
  await checks.check('a limit is kept', 'one user at most', async () => {
    const said = fromStruct(answerOf(await sync(core, client, { dry_run: true, limit: 1 })));
    const list = said['users'];
    if (Array.isArray(list) && list.length > 1) unmet(`${list.length} users`);
  });
  await checks.check(
    'an empty question is answered',
    'an object',
    async () => void answerOf(await sync(core, client, {})),
  );
  await checks.check(
    'users and fields it does not know are taken',
    'an object',
    async () =>
    void answerOf(await sync(core, client, { dry_run: true, limit: 5, users: ['ada', { username: 'grace' }], new_field: { a: [1, null] } })), // prettier-ignore
  );
  await checks.check('the same question twice has the same answer', 'the same users', async () => {
    const again = fromStruct(answerOf(await sync(core, client, { dry_run: true, limit: 100 })));
    if (inOrder(again['users'] ?? []) !== inOrder(users)) unmet('other users');
  });
}

/** The fields of an object come in any order. */
const inOrder = (value: JsonValue): string =>
  JSON.stringify(value, (_, one: JsonValue) =>
    isObject(one) ? Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)) : one,
  );

async function checkBounds(core: PlayedCore, client: Client, checks: Checks): Promise<void> {
  const metadata = tokenOf(core.token);
  const send = (fields: NonNullable<Struct['fields']>) =>
    ask(client, V1_SERVICE.SyncUsers, { fields }, { metadata, ms: core.timeoutMs });
  await checks.check('a message of more than 4 MiB is refused', 'RESOURCE_EXHAUSTED, and Health answers', async () => {
    expectCode(await send({ big: { stringValue: 'x'.repeat(5 * 1024 * 1024) } }), status.RESOURCE_EXHAUSTED);
    answerOf(await health(core, client));
  });
  await checks.check('a key __proto__ does no harm', 'any answer, and Health answers', async () => {
    const own = { dry_run: { boolValue: true } };
    Object.defineProperty(own, '__proto__', { value: { stringValue: 'polluted' }, enumerable: true });
    expectInTime(await send(own));
    answerOf(await health(core, client));
  });
  await checks.check('what nests 90 deep does no harm', 'any answer, and Health answers', async () => {
    let value: object = { boolValue: true };
    for (let depth = 0; depth < 90; depth += 1) value = { structValue: { fields: { in: value } } };
    expectInTime(await send({ in: value }));
    answerOf(await health(core, client));
  });
  await checks.check('words of the wrong kind do no harm', 'any answer, and Health answers', async () => {
    expectInTime(await sync(core, client, { dry_run: 'perhaps', limit: 'many', users: 7 }));
    expectInTime(await sync(core, client, { dry_run: true, limit: -1 }));
    answerOf(await health(core, client));
  });
  await checks.check('calls that are cancelled leave it answering', 'Health answers', async () => {
    for (let times = 0; times < 10; times += 1)
      client.syncUsers(toStruct({ dry_run: true }), metadata, () => undefined).cancel();
    answerOf(await health(core, client));
  });
  await checks.check('a hundred calls at once leave it answering', 'Health answers', async () => {
    await Promise.all(Array.from({ length: 100 }, () => health(core, client)));
    answerOf(await health(core, client));
  });
}

async function checkEnd(core: PlayedCore, checks: Checks): Promise<void> {
  await checks.check('SIGTERM ends it', 'an end with 0 within 5 s', async () => {
    const how = await core.end();
    if (how === undefined) unmet('no end; it was killed');
    if (how !== 0) unmet(`an end with ${how}`);
  });
  await checks.check('its token stands nowhere in what it wrote out', 'no token', () => {
    if (core.output.includes(core.token)) unmet('the token');
  });
  await checks.check('it leaves its own folder as it is', 'no change', () => {
    if (core.wroteIntoItsFolder()) unmet('a change; only /tmp is there to write to');
  });
}
