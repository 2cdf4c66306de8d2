import { afterEach, describe, expect, it } from '@jest/globals';
import { Metadata, status } from '@grpc/grpc-js';
import { ask, bearer, readAll } from '../src/conformance/asking.js';
import { PLUGIN_SERVICE } from '../src/protocols.js';
import { fromStruct, toStruct } from '../src/struct.rules.js';
import {
  InvalidInput,
  pagesOf,
  type PluginContext,
  type PluginDefinition,
  ScopeMissing,
  HostRefused,
} from '../src/plugin.js';
import { served, type Served, TOKEN } from './served.js';

let plugin: Served;
const start = async (definition: Partial<PluginDefinition>) => {
  plugin = await served({ version: '1.2.3', ...definition });
  return plugin;
};
afterEach(() => plugin.stop());

/** A plugin whose context is at hand. */
async function withContext(scopes: string[]): Promise<PluginContext> {
  let given: PluginContext | undefined;
  const { initialize } = await start({
    initialize: (context) => {
      given = context;
    },
  });
  expect(await initialize({ scopes, settings: { colour: 'red' } })).toMatchObject({ code: 0 });
  if (!given) throw new Error('Initialize did not come.');
  return given;
}

const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 200 && !isSo(); tries += 1) await new Promise((done) => setTimeout(done, 25));
  expect(isSo()).toBe(true);
};

describe('a served plugin', () => {
  it.each([
    ['no token', new Metadata()],
    ['another token', bearer('another')],
    ['the token without its word', (() => { const own = new Metadata(); own.set('authorization', TOKEN); return own; })()], // prettier-ignore
  ])('refuses a call with %s', async (_, metadata) => {
    const { client } = await start({});
    expect(await ask(client, PLUGIN_SERVICE.Describe, {}, { metadata })).toMatchObject({
      code: status.UNAUTHENTICATED,
    });
    expect(await ask(client, PLUGIN_SERVICE.ReadMetrics, {}, { metadata })).toMatchObject({
      code: status.UNAUTHENTICATED,
    });
    expect(await readAll(client.syncUsers({}, metadata))).toMatchObject({ code: status.UNAUTHENTICATED });
  });

  it('says what it is', async () => {
    const form = { type: 'object', properties: { name: { type: 'string' } } };
    const { client, metadata } = await start({
      actions: { preview: { title: 'Preview', form, run: async () => ({}) } },
      channels: { pager: { title: 'Pager' } },
    });
    const said = await ask(client, PLUGIN_SERVICE.Describe, {}, { metadata });
    if (!('answer' in said)) throw new Error(said.details);
    expect(said.answer).toMatchObject({ name: 'tested', version: '1.2.3', channels: [{ id: 'pager' }] });
    expect(fromStruct(said.answer.actions[0]?.form)).toEqual(form);
  });

  it('answers nothing but Describe before Initialize', async () => {
    const { client, metadata, initialize } = await start({});
    expect(await ask(client, PLUGIN_SERVICE.Health, {}, { metadata })).toMatchObject({
      code: status.FAILED_PRECONDITION,
    });
    await initialize();
    expect(await ask(client, PLUGIN_SERVICE.Health, {}, { metadata })).toMatchObject({
      code: 0,
      answer: { status: 'STATUS_HEALTHY' },
    });
  });

  it('answers UNIMPLEMENTED to what it does not do', async () => {
    const { client, metadata, initialize } = await start({});
    await initialize();
    const code = status.UNIMPLEMENTED;
    expect(await ask(client, PLUGIN_SERVICE.ListPresets, {}, { metadata })).toMatchObject({ code });
    expect(await ask(client, PLUGIN_SERVICE.HookDeploy, { moment: 'HOOK_MOMENT_BEFORE' }, { metadata })).toMatchObject({
      code,
    });
    expect(await readAll(client.syncUsers({}, metadata))).toMatchObject({ code });
    expect(await readAll(client.runAction({ action: 'x' }, metadata))).toMatchObject({ code });
  });

  it('hands on users in pages', async () => {
    const people = ['ada', 'grace', 'linus'].map((username) => ({ username, tenant: 'default', isActive: false }));
    const { client, metadata, initialize } = await start({ syncUsers: (asked) => pagesOf(people, asked) });
    await initialize();
    const read = await readAll(client.syncUsers({ dryRun: true, limit: 2 }, metadata));
    expect(read).toMatchObject({ code: 0, answer: [{ users: [{ username: 'ada', isActive: false }, { username: 'grace' }], cursor: '2' }] }); // prettier-ignore
  });

  it('tells how far an action is, and what came of it', async () => {
    const { client, metadata, initialize } = await start({
      actions: {
        count: {
          title: 'Count',
          async *run({ input }) {
            yield { done: 0.5, message: 'half' };
            return { counted: input['to'] ?? 0 };
          },
        },
        fails: { title: 'Fails', run: async () => Promise.reject(new InvalidInput('to is missing.')) },
      },
    });
    await initialize();
    const run = (action: string) =>
      readAll(client.runAction({ action, input: toStruct({ to: 3 }), operationId: 'op_1' }, metadata));
    const counted = await run('count');
    if (!('answer' in counted)) throw new Error(counted.details);
    expect(counted.answer[0]).toMatchObject({ done: 0.5, message: 'half', result: null });
    expect(fromStruct(counted.answer[1]?.result)).toEqual({ counted: 3 });
    expect(await run('fails')).toEqual({ code: status.INVALID_ARGUMENT, details: 'to is missing.' });
    expect(await run('none')).toMatchObject({ code: status.NOT_FOUND });
    expect(await run('constructor')).toMatchObject({ code: status.NOT_FOUND });
  });

  it('is told when an action is cancelled', async () => {
    let wasTold = false;
    const { client, metadata, initialize } = await start({
      actions: {
        wait: {
          title: 'Wait',
          async *run({ signal }) {
            yield { message: 'waits' };
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            wasTold = true;
          },
        },
      },
    });
    await initialize();
    await readAll(client.runAction({ action: 'wait' }, metadata), 1);
    await until(() => wasTold);
  });

  it('lets a deploy be, or says why not', async () => {
    const { client, metadata, initialize } = await start({
      hooks: { deploy: { validate: ({ containerName }) => (containerName === 'bad' ? { refused: 'x'.repeat(600), field: 'name' } : undefined) } }, // prettier-ignore
    });
    await initialize();
    const hook = (containerName: string, moment: 'HOOK_MOMENT_VALIDATE' | 'HOOK_MOMENT_UNSPECIFIED') =>
      ask(client, PLUGIN_SERVICE.HookDeploy, { moment, containerName }, { metadata });
    expect(await hook('good', 'HOOK_MOMENT_VALIDATE')).toMatchObject({ answer: { isRefused: false } });
    const no = { isRefused: true, reason: 'x'.repeat(500), field: 'name' };
    expect(await hook('bad', 'HOOK_MOMENT_VALIDATE')).toMatchObject({ answer: no });
    expect(await hook('bad', 'HOOK_MOMENT_UNSPECIFIED')).toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('is asked again after a change, and is not ready where it could not begin', async () => {
    const { client, metadata, initialize } = await start({
      initialize: ({ settings }) => {
        if (settings['broken']) throw new InvalidInput('broken is set.');
      },
    });
    expect(await initialize()).toMatchObject({ code: 0 });
    expect(await initialize({ settings: { broken: true } })).toEqual({ code: status.INVALID_ARGUMENT, details: 'broken is set.' }); // prettier-ignore
    expect(await ask(client, PLUGIN_SERVICE.Health, {}, { metadata })).toMatchObject({
      code: status.FAILED_PRECONDITION,
    });
    expect(await initialize()).toMatchObject({ code: 0 });
  });

  it('refuses more than 4 MiB and goes on', async () => {
    const { client, metadata, initialize } = await start({ presets: () => [{ big: 'x'.repeat(5 * 1024 * 1024) }] });
    await initialize();
    expect(await ask(client, PLUGIN_SERVICE.ListPresets, {}, { metadata })).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
    expect(await ask(client, PLUGIN_SERVICE.Health, {}, { metadata })).toMatchObject({ code: 0 });
  });

  it('puts away what it holds once', async () => {
    let times = 0;
    const { client, metadata, initialize } = await start({
      shutdown: () => {
        times += 1;
      },
    });
    await initialize();
    await ask(client, PLUGIN_SERVICE.Shutdown, {}, { metadata });
    await ask(client, PLUGIN_SERVICE.Shutdown, {}, { metadata });
    expect(times).toBe(1);
  });
});

describe('what a plugin asks of the core', () => {
  it('carries what it was given', async () => {
    const context = await withContext(['users.read']);
    expect(context.settings).toEqual({ colour: 'red' });
    expect([...context.scopes]).toEqual(['users.read']);
    expect(context.name).toBe('tested');
  });

  it('reads users, roles and containers, page by page', async () => {
    const context = await withContext(['users.read', 'roles.read', 'containers.read']);
    const names: string[] = [];
    for await (const { username } of context.users.list('default')) names.push(username);
    for await (const { name, createdAt } of context.containers.list()) names.push(`${name} ${createdAt.getTime()}`);
    expect(names).toEqual(['ada', 'grace', 'linus', 'web-1 1000', 'web-2 1000']);
    expect(await context.roles.list()).toEqual([{ tag: 'user', description: 'Everybody' }]);
  });

  it('writes users, and what is left out stays left out', async () => {
    const context = await withContext(['users.write', 'identity_tags.write']);
    expect(await context.users.sync({ username: 'ada', tenant: 'default', isActive: false })).toEqual({ outcome: 'created', id: 'usr_ada' }); // prettier-ignore
    await context.users.setRoleTag('ada', 'default', '');
    expect(plugin.host.synced[0]).toMatchObject({ username: 'ada', isActive: false });
    expect(plugin.host.synced[0]).not.toHaveProperty('email');
  });

  it('keeps values', async () => {
    const { storage } = await withContext(['storage']);
    expect(await storage.get('a')).toBeUndefined();
    await storage.set('a', 'one');
    await storage.set('b', new Uint8Array([1]));
    expect((await storage.get('a'))?.toString()).toBe('one');
    await storage.delete('b');
    expect(await storage.keys()).toEqual(['a']);
  });

  it('names the scope that is missing, and tells it from another refusal', async () => {
    const context = await withContext(['users.read']);
    await expect(context.storage.get('a')).rejects.toThrow(ScopeMissing);
    await expect(context.storage.get('a')).rejects.toMatchObject({ scope: 'storage', method: 'GetValue' });
    await expect(context.events.emit('done')).rejects.toMatchObject({ scope: 'events.emit' });
    plugin.host.scopes.clear();
    const refused = await context.users
      .list('default')
      .next()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HostRefused);
  });

  it('waits for a core that is away for a moment', async () => {
    const context = await withContext(['roles.read']);
    await context.roles.list();
    plugin.host.stop();
    const asked = context.roles.list();
    await new Promise((done) => setTimeout(done, 300));
    await plugin.host.start();
    expect(await asked).toHaveLength(1);
  });

  it('is told where the core named no place to ask it at', async () => {
    let given: PluginContext | undefined;
    const { client, metadata } = await start({
      initialize: (context) => {
        given = context;
      },
    });
    expect(await ask(client, PLUGIN_SERVICE.Initialize, { scopes: ['storage'] }, { metadata })).toMatchObject({
      code: 0,
    });
    given?.events.subscribe([], () => undefined).close();
    await expect(given?.storage.keys()).rejects.toMatchObject({ code: status.UNAVAILABLE });
  });

  it('never has more than six calls under way', async () => {
    const context = await withContext(['roles.read']);
    const lists = await Promise.all(Array.from({ length: 40 }, () => context.roles.list()));
    expect(lists).toHaveLength(40);
  });

  it('listens, and comes again when the core was away', async () => {
    const context = await withContext(['events.read']);
    const heard: string[] = [];
    let leftOut = 0;
    const subscription = context.events.subscribe(['container.*'], {
      onEvent: ({ kind, data }) => {
        heard.push(`${kind} ${JSON.stringify(data['name'])}`);
        if (kind === 'container.died') throw new Error('cannot');
      },
      onLeftOut: (count) => {
        leftOut += count;
      },
    });
    const { host } = plugin;
    await until(() => host.listening === 1);
    const event = (kind: string) => ({ kind, atMs: 1, tenant: 'default', data: toStruct({ name: 'web' }) });
    host.tell([event('container.died'), event('user.created'), event('container.started')], 7);
    await until(() => heard.length === 2);
    expect(leftOut).toBe(7);
    host.stop();
    await host.start();
    await until(() => host.listening === 1);
    host.tell([event('container.stopped')]);
    await until(() => heard.length === 3);
    expect(heard).toEqual(['container.died "web"', 'container.started "web"', 'container.stopped "web"']);
    subscription.close();
    await until(() => host.listening === 0);
    expect(host.logged.some((line) => line.includes('container.died: cannot'))).toBe(true);
  });

  it('does not come again where it may not listen', async () => {
    const context = await withContext([]);
    context.events.subscribe([], () => undefined);
    await until(() => plugin.host.logged.some((line) => line.includes('events.read')));
    expect(plugin.host.asked.filter(({ method }) => method === 'Subscribe')).toHaveLength(1);
  });

  it('writes its log, and to its own output where the core is away', async () => {
    const context = await withContext([]);
    context.log.info('hello');
    await until(() => plugin.host.logged.includes('hello'));
  });
});
