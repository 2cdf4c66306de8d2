import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { transform } from 'esbuild';
import { checkPlugin } from '../src/conformance/conformance.js';
import { pluginOf, removePlugins } from './broken-plugins.js';
import { blockOf } from './paper.js';

afterAll(removePlugins);

const USERS = { provides: ['users'] };
const READS = "import { readFileSync } from 'node:fs'; const token = readFileSync(3, 'utf8'); const place = { name: process.env.BAILIWICK_PLUGIN_NAME, address: 'unix:' + process.env.BAILIWICK_PLUGIN_SOCKET, token };"; // prettier-ignore
const serve = (definition: string) => `await servePlugin({ version: '1.0.0', ${definition} });`;

/** What does not pass, by its title, with what came. */
async function failuresOf(folder: string): Promise<Record<string, string>> {
  const { checks } = await checkPlugin(folder);
  return Object.fromEntries(checks.filter(({ isPassed }) => !isPassed).map(({ title, came }) => [title, came]));
}

describe('a plugin that is as it is to be', () => {
  it('passes with nothing but a version', async () => {
    const { passed, failed, name, apiVersion } = await checkPlugin(await pluginOf(serve('')));
    expect({ failed, name, apiVersion }).toEqual({ failed: 0, name: 'tried', apiVersion: 'v2' });
    expect(passed).toBeGreaterThanOrEqual(25);
  });

  it('passes with everything there is', async () => {
    const definition = `
      initialize: (context) => { context.events.subscribe([], () => undefined); },
      health: () => ({ status: 'degraded', message: 'half of it', numbers: { a: 1 } }),
      async *syncUsers(asked) { yield* sdk.pagesOf([{ username: 'ada', tenant: 'default' }, { username: 'grace', tenant: 'default' }], asked); },
      actions: { go: { title: 'Go', async *run() { yield { done: 0.5 }; return { done: true }; } } },
      channels: { pager: { title: 'Pager' } },
      sendNotice: () => undefined,
      presets: () => [],
      metrics: () => [{ name: 'things', help: 'How many', value: 1 }],
      hooks: { deploy: { validate: () => undefined, after: () => undefined }, access: { before: () => ({ refused: 'no' }) } },`;
    const manifest = {
      provides: ['users', 'actions', 'presets', 'channels', 'metrics'],
      scopes: ['events.read'],
      events: ['container.*'],
      hooks: { deploy: { validate: {}, after: {} }, access: { before: { on_failure: 'closed' } } },
    };
    expect(await failuresOf(await pluginOf(serve(definition), manifest))).toEqual({});
  });

  it('passes as v1', async () => {
    const code = "await serveV1({ syncUsers: ({ limit }) => ({ users: [{ username: 'ada' }, { username: 'grace' }].slice(0, limit > 0 ? limit : 10) }) });"; // prettier-ignore
    const { passed, failed } = await checkPlugin(await pluginOf(code, { api_version: 'v1' }));
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThanOrEqual(25);
  });
});

describe('the paper for authors', () => {
  it('has a plugin in TypeScript that passes', async () => {
    const code = blockOf('ts').replace(/^import .*$/m, '');
    const plain = await transform(code, { loader: 'ts', format: 'esm' });
    const manifest = JSON.parse(blockOf('json')) as object;
    expect(await failuresOf(await pluginOf(plain.code, manifest))).toEqual({});
  });
});

describe('a plugin that is not', () => {
  // Each waits most of its time.
  it.concurrent.each([
    ['ends at once', 'console.log("no luck"); process.exit(3);', {}, 'starts: its socket is there', 'ended with 3'],
    [
      'has another version',
      "await servePlugin({ version: '2.0.0' });",
      {},
      'Describe has the version of the manifest',
      '2.0.0',
    ],
    [
      'is another',
      `${READS} await servePlugin({ version: '1.0.0' }, { ...place, name: 'other' });`,
      {},
      'Describe names it as its folder',
      'other',
    ],
    ['has no actions', serve(''), { provides: ['actions'] }, 'it has actions where the manifest provides them', '0'],
    [
      'has an id that cannot be',
      serve("actions: { Go: { title: 'Go', run: async () => undefined } },"),
      { provides: ['actions'] },
      'its actions have ids, titles and forms that are right',
      'Go',
    ],
    [
      'is not ready in time',
      serve('initialize: () => new Promise((done) => setTimeout(done, 7000)),'),
      {},
      'Initialize with its settings answers',
      'DEADLINE_EXCEEDED',
    ],
    [
      'is unwell',
      serve("health: () => ({ status: 'unhealthy', message: 'broken' }),"),
      {},
      'Health says how it is',
      'broken',
    ],
    [
      'gives more than the limit',
      serve(
        "async *syncUsers() { yield { users: [{ username: 'ada', tenant: 'default' }, { username: 'grace', tenant: 'default' }] }; },",
      ),
      USERS,
      'a limit is kept',
      '2 users',
    ],
    [
      'names people as nobody can be',
      serve("async *syncUsers() { yield { users: [{ username: 'A B', tenant: 'default' }] }; },"),
      USERS,
      'every user has a name and a tenant that can be',
      'A B',
    ],
    [
      'hands somebody on twice',
      serve("async *syncUsers() { yield { users: [1, 2].map(() => ({ username: 'ada', tenant: 'default' })) }; },"),
      USERS,
      'nobody comes twice',
      'ada',
    ],
    [
      'writes in a dry run',
      serve(
        "initialize(context) { this.context = context; }, async *syncUsers() { await this.context.users.sync({ username: 'ada', tenant: 'default' }); },",
      ),
      { ...USERS, scopes: ['users.write'] },
      'a dry run writes nothing',
      'SyncUser',
    ],
    [
      'is late with its hook',
      serve('hooks: { deploy: { before: () => new Promise((done) => setTimeout(done, 400)) } },'),
      { hooks: { deploy: { before: { deadline_ms: 100 } } } },
      'HookDeploy answers before',
      'it took',
    ],
    [
      'refuses without a reason',
      serve("hooks: { access: { before: () => ({ refused: ' ' }) } },"),
      { hooks: { access: { before: {} } } },
      'HookAccess answers before',
      'without a reason',
    ],
    [
      'does what it does not name',
      serve('metrics: () => [],'),
      {},
      'ReadMetrics, which it does not provide, is refused',
      'an answer',
    ],
    [
      'has presets that are none',
      serve("presets: () => [{ id: 'x' }],"),
      { provides: ['presets'] },
      'its presets are as presets/*.json have them',
      'presets[0]',
    ],
    [
      'has metrics without names',
      serve("metrics: () => [{ name: 'A-b', help: 'x', value: 1 }],"),
      { provides: ['metrics'] },
      'its metrics have names, words and numbers',
      'A-b',
    ],
    [
      'does not listen',
      serve(''),
      { events: ['container.*'], scopes: ['events.read'] },
      'it listens to the events it names',
      'no Subscribe',
    ],
    [
      'asks for more than it names',
      serve('initialize: (context) => { void context.roles.list().catch(() => undefined); },'),
      {},
      'it asks the core for nothing the manifest does not name',
      'ListRoles',
    ],
    [
      'cannot do without its scopes',
      serve('initialize: async (context) => { void context.roles.list(); },'),
      { scopes: ['roles.read'] },
      'it works on when the core refuses what it asks',
      'UNAVAILABLE',
    ],
    [
      'cannot be set',
      serve(''),
      {
        settings: {
          type: 'object',
          required: ['code'],
          properties: { code: { type: 'string', pattern: '^[0-9]{4}$' } },
        },
      },
      'there are settings that fit its schema',
      'give it a "default"',
    ],
    [
      'does not end',
      `${serve('')} process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => undefined);`,
      {},
      'SIGTERM ends it',
      'killed',
    ],
    ['ends badly', `${serve('')} process.removeAllListeners('SIGTERM');`, {}, 'SIGTERM ends it', 'SIGTERM'],
    [
      'tells its token',
      `${READS} console.log(token); await servePlugin({ version: '1.0.0' }, place);`,
      {},
      'its token stands nowhere in what it wrote out',
      'the token',
    ],
    [
      'writes into its folder',
      `import { writeFileSync } from 'node:fs'; writeFileSync('state.json', '{}'); ${serve('')}`,
      {},
      'it leaves its own folder as it is',
      'a change',
    ],
    [
      'takes any token',
      "const server = new sdk.grpc.Server(); server.addService(sdk.V1_SERVICE, { Health: (call, answer) => answer(null, {}), SyncUsers: (call, answer) => answer(null, {}) }); server.bindAsync('unix:' + process.env.BAILIWICK_PLUGIN_SOCKET, sdk.grpc.ServerCredentials.createInsecure(), () => undefined); process.on('SIGTERM', () => process.exit(0));",
      { api_version: 'v1' },
      'Health refuses a call with no token',
      'an answer',
    ],
    [
      'says that it is not well',
      'await serveV1({ health: () => ({ ok: false }), syncUsers: () => ({ users: [] }) });',
      { api_version: 'v1' },
      'Health says that it is well',
      'ok: false',
    ],
    [
      'has users that are none',
      "await serveV1({ syncUsers: () => ({ users: ['ada'] }) });",
      { api_version: 'v1' },
      'its users are objects with a name',
      '"ada"',
    ],
  ] as [string, string, object, string, string][])('%s: it is said', async (_, code, manifest, title, came) => {
    // prettier-ignore
    const failures = await failuresOf(await pluginOf(code, manifest));
    expect(failures[title]).toContain(came);
  });
});

describe('a manifest that is not right', () => {
  it.each([
    [{ api_version: 'v3' }, 'api_version: is "v1" or "v2"'],
    [{ scopes: ['users.read', 'users.all'] }, 'scopes: there is no scope "users.all"'],
    [{ name: 'other' }, 'name: it is "other", and the folder is "tried"'],
    [{ command: undefined }, 'command: say how it runs'],
    [{ command: ['node', 'main.mjs'] }, 'command: main.mjs is not there; is it built?'],
    [{ command: ['plugin.mjs'] }, 'command: plugin.mjs may not be run; chmod +x it.'],
    [{ command: ['../sh', '-c', 'x'] }, 'command.0'],
    [{ events: ['container.*'] }, 'events: needs the scope events.read.'],
    [{ settings: { type: 'string' } }, 'settings: is a JSON Schema with "type": "object".'],
    [{ settings: { type: 'object', unevaluatedProperties: false } }, 'settings: cannot be checked'],
    [
      { pages: [{ place: 'navigation', title: 'A', file: 'a.html' }] },
      'a.html is named in plugin.json and is not there.',
    ],
    [{ api_version: 'v1', hooks: { deploy: { after: {} } } }, 'hooks: v1 has none'],
    [{ memory_mb: 1 }, 'memory_mb'],
    [{ colour: 'red' }, 'colour: no such field'],
  ])('%j: it is said in words', async (manifest, words) => {
    const failures = await failuresOf(await pluginOf('', manifest));
    expect(failures['plugin.json is right']).toContain(words);
  });

  it('is named where it is not JSON, not there, or beside a link', async () => {
    const folder = await pluginOf(serve(''));
    symlinkSync('/etc/passwd', path.join(folder, 'people.csv'));
    expect((await failuresOf(folder))['plugin.json is right']).toContain('people.csv is a link');
    writeFileSync(path.join(folder, 'plugin.json'), '{');
    expect((await failuresOf(folder))['plugin.json is right']).toContain('is not JSON');
    rmSync(path.join(folder, 'plugin.json'));
    expect((await failuresOf(folder))['plugin.json is right']).toContain('There is no plugin.json');
  });
});
