import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClientReadableStream, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { type PluginId, type PluginScope, PluginScope as Scope, type TenantId } from '@bailiwick/contract';
import { PluginPackages } from '../../src/features/plugin-packages/plugin-packages.service.js';
import { PluginEvents } from '../../src/features/plugin-host/plugin-events.service.js';
import { PluginHost } from '../../src/features/plugin-host/plugin-host.service.js';
import { type HostMethod, SCOPE_OF } from '../../src/features/plugin-host/host-methods.rules.js';
import { PluginValueRow } from '../../src/features/plugin-host/plugin-value.entity.js';
import { AuditEventRow } from '../../src/foundation/audit/audit-event.entity.js';
import { TenantsService } from '../../src/foundation/identity/tenants.service.js';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import type { EventBatch__Output as EventBatch } from '../../src/generated/bailiwick/plugin/v2/EventBatch.js';
import type { HostClient } from '../../src/generated/bailiwick/plugin/v2/Host.js';
import type { ProtoGrpcType } from '../../src/generated/host.js';
import { Database } from '../../src/kernel/database/database.js';
import { LoopbackGrpc } from '../../src/kernel/grpc/loopback-grpc.js';
import { loadProto } from '../../src/kernel/grpc/protos.js';
import { fromStruct, toStruct } from '../../src/kernel/grpc/struct.rules.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: SignedInPerson;
let host: HostClient;
let acme: TenantId;
const leaves: Array<() => void> = [];

beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
  const asking = new Asking(core, owner);
  for (const slug of ['acme', 'beta']) expect((await asking.post('tenants', { slug, name: slug })).status).toBe(201);
  acme = (await core.app.get(TenantsService).findId('acme')) ?? owner.user.tenantId;
  const { bailiwick } = loadProto<ProtoGrpcType>(core.config.rootDir, 'bailiwick/plugin/v2/host.proto');
  const address = `127.0.0.1:${core.app.get(LoopbackGrpc).port}`;
  host = new bailiwick.plugin.v2.Host(address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 });
});
afterAll(async () => {
  for (const leave of leaves) leave();
  host.close();
  await core.close();
});

/** Whatever its own, and with what it shows. */
interface Plugin {
  readonly id: PluginId;
  readonly token: string;
  readonly said: string[];
}
let count = 0;
async function aPlugin({ scopes = Scope.options, tenants = null as readonly TenantId[] | null, events = ['container.*', 'plugin.*'] } = {}): Promise<Plugin> {
  const packages = core.app.get(PluginPackages);
  const name = `guest-${(count += 1)}`;
  const folder = path.join(packages.root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify({ api_version: 'v2', endpoint: '127.0.0.1:9' }));
  await packages.rescan();
  const id = packages.all().find((one) => one.name === name)?.id;
  if (!id) throw new Error('not found');
  const said: string[] = [];
  const token = `token-of-${name}-${'x'.repeat(20)}`;
  const caller = { id, name, scopes: new Set(scopes), tenants: tenants && new Set(tenants), events };
  leaves.push(await core.app.get(PluginHost).invite(caller, token, (level, text) => said.push(`${level}: ${text}`), undefined));
  return { id, token, said };
} // prettier-ignore

const withToken = (token: string): Metadata => {
  const metadata = new Metadata();
  if (token !== '') metadata.set('authorization', `Bearer ${token}`);
  return metadata;
};
type Call = (
  request: object,
  metadata: Metadata,
  done: (error: ServiceError | null, answer?: object) => void,
) => unknown;

/** Its answer, or the error it was refused with. */
function ask(
  method: Exclude<HostMethod, 'Subscribe'>,
  request: object,
  plugin: Pick<Plugin, 'token'>,
): Promise<object> {
  const call = host[method].bind(host) as unknown as Call;
  return new Promise((resolve) => {
    call(request, withToken(plugin.token), (error, answer) => resolve(error ?? answer ?? {}));
  });
}
function refusalOfSubscribing(kinds: string[], { token }: Pick<Plugin, 'token'>): Promise<object> {
  return new Promise((resolve) => {
    host.subscribe({ kinds }, withToken(token)).on('data', () => undefined).once('error', resolve); // prettier-ignore
  });
}
const METHODS = Object.keys(SCOPE_OF) as HostMethod[];
const tryOut = (method: HostMethod, plugin: Pick<Plugin, 'token'>) =>
  method === 'Subscribe' ? refusalOfSubscribing([], plugin) : ask(method, {}, plugin);

describe('the door of the host', () => {
  it.each(METHODS)('does not open %s to who shows no token, or a wrong one', async (method) => {
    for (const token of ['', 'wrong', 'bw_pat_none'])
      expect(await tryOut(method, { token })).toMatchObject({ code: status.UNAUTHENTICATED });
  });

  it.each(METHODS.filter((method) => SCOPE_OF[method] !== null))('opens %s only with its scope', async (method) => {
    const scope = SCOPE_OF[method];
    const plugin = await aPlugin({ scopes: Scope.options.filter((one) => one !== scope) });
    expect(await tryOut(method, plugin)).toMatchObject({ code: status.PERMISSION_DENIED, details: expect.stringContaining(scope ?? '') }); // prettier-ignore
  });

  it('is closed again when the plugin is gone', async () => {
    const plugin = await aPlugin();
    expect(await ask('ListRoles', {}, plugin)).toHaveProperty('roles');
    leaves.pop()?.();
    expect(await ask('ListRoles', {}, plugin)).toMatchObject({ code: status.UNAUTHENTICATED });
  });

  it('takes no message of more than 4 MiB, and none that is nested too deep', async () => {
    const plugin = await aPlugin();
    const large = { key: 'k', value: Buffer.alloc(5 * 1024 * 1024) };
    expect(await ask('SetValue', large, plugin)).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    let deep: object = { stringValue: 'x' };
    for (let level = 0; level < 33; level += 1) deep = { structValue: { fields: { in: deep } } };
    const request = { event: 'deep', data: { fields: { deep } } };
    expect(await ask('EmitEvent', request, plugin)).toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('writes what the plugin says into its log', async () => {
    const plugin = await aPlugin({ scopes: [] });
    await ask('WriteLog', { level: 3, message: 'careful' }, plugin);
    expect(plugin.said).toEqual(['warn: careful']);
  });
});

describe('people, through a plugin', () => {
  it('come, change and stay as they are, with a row of the trail that names the plugin, and never as staff', async () => {
    const plugin = await aPlugin();
    const wanted = { username: 'ada', tenant: 'acme', displayName: 'Ada', email: 'ada@example.test', roleTag: 'tester' }; // prettier-ignore
    const made = await ask('SyncUser', wanted, plugin);
    expect(made).toMatchObject({ outcome: 1, id: expect.stringMatching(/^usr_/) });
    expect(await ask('SyncUser', wanted, plugin)).toMatchObject({ outcome: 3 });
    expect(await ask('SyncUser', { username: 'ada', tenant: 'acme', isActive: false }, plugin)).toMatchObject({ outcome: 2 }); // prettier-ignore
    const users = core.app.get(UsersService);
    const ada = (await users.list()).users.find(({ username }) => username === 'ada');
    expect(ada).toMatchObject({ displayName: 'Ada', platformRole: 'member', roleTag: 'tester', active: false, passwordHash: null, tenantId: acme }); // prettier-ignore
    expect(await users.homeOfUser(ada?.id ?? owner.user.id)).toEqual({ kind: 'tenant', slug: 'acme' });
    await until(async () => (await trail(ada?.id ?? '')).length === 2, { what: 'the trail' });
    for (const row of await trail(ada?.id ?? '')) expect(row.actorName).toMatch(/^plugin guest-/);
  });

  const trail = async (id: string) => core.app.get(Database).repository(AuditEventRow).findBy({ targetId: id });

  it('are told page by page, without staff', async () => {
    const plugin = await aPlugin();
    for (const username of ['bob', 'cyd']) await ask('SyncUser', { username, tenant: 'acme' }, plugin);
    const first = await ask('ListUsers', { tenant: 'acme', limit: 2 }, plugin);
    expect(first).toMatchObject({ users: [{ username: 'ada' }, { username: 'bob' }], nextCursor: 'bob' });
    expect(await ask('ListUsers', { tenant: 'acme', limit: 2, cursor: 'bob' }, plugin)).toMatchObject({ users: [{ username: 'cyd' }], nextCursor: '' }); // prettier-ignore
    const here = (await ask('ListUsers', { tenant: 'default' }, plugin)) as { users?: Array<{ username: string }> };
    expect((here.users ?? []).map(({ username }) => username)).not.toContain(owner.user.username);
    expect(await ask('ListUsers', { tenant: 'acme', limit: 2001 }, plugin)).toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });

  it('that are staff are touched by no plugin', async () => {
    const plugin = await aPlugin();
    const staff = { username: owner.user.username, tenant: 'default' };
    expect(await ask('SyncUser', { ...staff, isActive: false }, plugin)).toMatchObject({
      code: status.PERMISSION_DENIED,
    });
    expect(await ask('SetIdentityTag', { ...staff, roleTag: 'tester' }, plugin)).toMatchObject({
      code: status.NOT_FOUND,
    });
    expect((await core.app.get(UsersService).get(owner.user.id)).active).toBe(true);
  });

  it('of a tenant out of its reach do not exist for it', async () => {
    const plugin = await aPlugin({ tenants: [acme] });
    expect(await ask('ListUsers', { tenant: 'acme' }, plugin)).toHaveProperty('users');
    for (const tenant of ['beta', 'default', 'none']) {
      expect(await ask('ListUsers', { tenant }, plugin)).toMatchObject({ code: status.NOT_FOUND });
      expect(await ask('SyncUser', { username: 'eve', tenant }, plugin)).toMatchObject({ code: status.NOT_FOUND });
      expect(await ask('SetIdentityTag', { username: 'ada', tenant }, plugin)).toMatchObject({
        code: status.NOT_FOUND,
      });
      expect(await ask('ListContainers', { tenant }, plugin)).toMatchObject({ code: status.NOT_FOUND });
      expect(await ask('EmitEvent', { event: 'x', tenant }, plugin)).toMatchObject({ code: status.NOT_FOUND });
    }
  });

  it('get a tag only with that scope, and only one of the catalogue', async () => {
    const [bare, whole] = [await aPlugin({ scopes: ['users.write'] }), await aPlugin()];
    const wanted = { username: 'fay', tenant: 'acme', roleTag: 'tester' };
    expect(await ask('SyncUser', wanted, bare)).toMatchObject({ code: status.PERMISSION_DENIED });
    expect(await ask('SyncUser', { ...wanted, roleTag: 'king' }, whole)).toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
    expect(await ask('SyncUser', { ...wanted, username: 'Not a name!' }, whole)).toMatchObject({ code: status.INVALID_ARGUMENT }); // prettier-ignore
    expect(await ask('SyncUser', { username: 'fay', tenant: 'acme' }, bare)).toMatchObject({ outcome: 1 });
    expect(await ask('SetIdentityTag', { username: 'fay', tenant: 'acme', roleTag: 'tester' }, whole)).toEqual({});
    await ask('UpsertRole', { tag: 'cook', description: 'Cooks.' }, whole);
    expect(await ask('ListRoles', {}, whole)).toMatchObject({ roles: expect.arrayContaining([{ tag: 'cook', description: 'Cooks.' }]) }); // prettier-ignore
    expect(await ask('UpsertRole', { tag: 'tester', description: 'Rules.' }, whole)).toMatchObject({ code: status.FAILED_PRECONDITION }); // prettier-ignore
  });
});

describe('what a plugin keeps', () => {
  it('is its own, sealed, and of bounded size', async () => {
    const [one, other] = [await aPlugin(), await aPlugin()];
    await ask('SetValue', { key: 'cursor', value: Buffer.from('42') }, one);
    expect(await ask('GetValue', { key: 'cursor' }, one)).toMatchObject({ isThere: true, value: Buffer.from('42') });
    expect(await ask('GetValue', { key: 'cursor' }, other)).toMatchObject({ isThere: false });
    expect(await ask('ListKeys', { prefix: 'cur' }, one)).toMatchObject({ keys: ['cursor'] });
    const row = await core.app.get(Database).repository(PluginValueRow).findOneBy({ pluginId: one.id });
    expect(Buffer.from(row?.value ?? '', 'base64url').toString()).not.toContain(Buffer.from('42').toString('base64'));
    const large = { key: 'large', value: Buffer.alloc(64 * 1024 + 1) };
    expect(await ask('SetValue', large, one)).toMatchObject({ code: status.INVALID_ARGUMENT });
    await ask('DeleteValue', { key: 'cursor' }, one);
    expect(await ask('GetValue', { key: 'cursor' }, one)).toMatchObject({ isThere: false });
  });
});

describe('containers and events', () => {
  const listening: Array<ClientReadableStream<EventBatch>> = [];
  afterAll(() => listening.forEach((stream) => stream.cancel()));

  /** What it hears from now on, as `kind@tenant`. */
  async function listen({ token }: Plugin, kinds: string[] = []) {
    const heard: Array<{ kind: string; tenant: string; data: object }> = [];
    const stream = host.subscribe({ kinds }, withToken(token));
    stream.on('data', ({ events = [] }: EventBatch) => {
      for (const { kind = '', tenant = '', data } of events) heard.push({ kind, tenant, data: fromStruct(data) });
    });
    stream.on('error', () => undefined);
    listening.push(stream);
    await new Promise((resolve) => stream.once('metadata', resolve));
    return heard;
  }

  it('are told within its tenants only', async () => {
    const [near, far] = [await aPlugin({ tenants: [acme] }), await aPlugin()];
    const speaker = await aPlugin();
    const [heardNear, heardFar] = [await listen(near), await listen(far)];
    const member = { ...owner.user, tenantId: acme };
    const inAcme = await ownedOnEngine(core, member, { name: 'web', image: 'nginx:stable' });
    await ownedOnEngine(core, owner.user, { name: 'db', image: 'postgres:16' });
    await ask('EmitEvent', { event: 'ping', tenant: 'acme', data: toStruct({ n: 1 }) }, speaker);
    await ask('EmitEvent', { event: 'ping', tenant: 'default', data: toStruct({ n: 2 }) }, speaker);
    await until(() => heardFar.filter(({ kind }) => kind.endsWith('.ping')).length === 2);
    await until(() => heardNear.some(({ kind }) => kind.endsWith('.ping')));
    expect(new Set(heardNear.map(({ tenant }) => tenant))).toEqual(new Set(['acme']));
    expect(heardFar.filter(({ kind }) => kind.startsWith('container.')).map(({ tenant }) => tenant)).toEqual(expect.arrayContaining(['acme', 'default'])); // prettier-ignore
    expect(heardFar.find(({ data }) => 'n' in data && data.n === 2)?.kind).toMatch(/^plugin\.guest-\d+\.ping$/);
    expect(await ask('ListContainers', {}, near)).toMatchObject({ containers: [{ id: inAcme.id, tenant: 'acme', name: 'web', state: 'running' }] }); // prettier-ignore
    expect(((await ask('ListContainers', {}, far)) as { containers: unknown[] }).containers.length).toBeGreaterThan(1);
  });

  it('are refused beyond the kinds its manifest names', async () => {
    const plugin = await aPlugin({ events: ['container.*'] });
    expect(await refusalOfSubscribing(['person.changed'], plugin)).toMatchObject({ code: status.PERMISSION_DENIED });
    expect(await refusalOfSubscribing(['*'], plugin)).toMatchObject({ code: status.PERMISSION_DENIED });
  });

  it('that nobody takes are left out and counted, and cost no more memory than that', async () => {
    const [slow, speaker] = [await aPlugin({ events: ['plugin.*'] }), await aPlugin()];
    const stream = host.subscribe({ kinds: [] }, withToken(slow.token));
    listening.push(stream);
    await new Promise((resolve) => stream.once('metadata', resolve));
    stream.on('error', () => undefined).pause();
    const said = core.app.get(PluginEvents);
    const caller = { id: speaker.id, name: 'speaker', scopes: new Set<PluginScope>(), tenants: null, events: [] };
    for (let event = 0; event < 100_000; event += 1) {
      said.emit(caller, 'flood', null, { text: 'x'.repeat(200) });
      if (event % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    let [leftOut, told] = [0, 0];
    stream.on('data', (batch: EventBatch) => {
      leftOut += Number(batch.leftOut ?? 0);
      told += batch.events?.length ?? 0;
    });
    stream.resume();
    await until(() => leftOut + told === 100_000, { within: 15_000, what: 'Telling or counting every one' });
    expect(leftOut).toBeGreaterThan(50_000);
  }, 60_000);
});
