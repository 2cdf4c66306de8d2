import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation, Plugin, PluginSyncReport, TenantId } from '@bailiwick/contract';
import { TenantsService } from '../../src/foundation/identity/tenants.service.js';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import { startApp, type TestApp } from '../app.js';
import { finished } from '../factories/deployment.js';
import { Asking } from '../granting.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';
import { Keeper, putProbe } from './probe.js';

/** Fields of SyncedUser. */
const [USERNAME, TENANT, NAME, TAG] = [1, 2, 3, 5];
const person = (username: string, tenant: string, more: Array<[number, string]> = []) => [
  [USERNAME, username],
  [TENANT, tenant],
  ...more,
];
const ALL = ['users.read', 'users.write', 'identity_tags.write'];

let core: TestApp;
let owner: SignedInPerson;
let asking: Asking;
let keeper: Keeper;
let acme: TenantId;

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' } });
  owner = await signIn(core);
  asking = new Asking(core, owner);
  keeper = new Keeper(core, owner);
  for (const slug of ['acme', 'beta']) await asking.post('tenants', { slug, name: slug });
  acme = (await core.app.get(TenantsService).findId('acme')) ?? owner.user.tenantId;
}, 60_000);
afterAll(() => core.close());

async function directory(name: string, pages: unknown[][], behaviour: object = {}, consent: object = { scopes: ALL, tenants: [acme] }): Promise<Plugin> {
  putProbe(core, { name, behaviour: { pages, ...behaviour }, manifest: { scopes: ALL, provides: ['users'] } });
  return keeper.take(name, consent);
} // prettier-ignore
async function sync(id: string, wanted: object = {}): Promise<Operation> {
  const { status, body } = await asking.post(`plugins/${id}/sync-users`, wanted);
  expect({ status, body }).toMatchObject({ status: 202 });
  return finished(core, owner, body.operation.id);
}
const reportOf = (operation: Operation) => operation.result as PluginSyncReport;
const names = async () => (await core.app.get(UsersService).list()).users.map(({ username }) => username);

describe('people from a plugin', () => {
  it('are only told of at first; then they are there, as members, and a second time nothing changes', async () => {
    const pages = [[person('ada', 'acme', [[NAME, 'Ada'], [TAG, 'tester']]), person('bob', 'acme')], [person('cyd', 'acme')]]; // prettier-ignore
    const { id } = await directory('people', pages, { cursor: 'after cyd' });
    const before = await names();
    const dry = await sync(id);
    expect(dry.state).toBe('done');
    expect(reportOf(dry)).toMatchObject({ dryRun: true, created: 3, updated: 0, refused: 0, message: 'page of 1' });
    expect(await names()).toEqual(before);
    expect(reportOf(await sync(id, { dryRun: false }))).toMatchObject({
      dryRun: false,
      created: 3,
      cursor: 'after cyd',
    });
    const made = (await core.app.get(UsersService).list()).users.filter(({ tenantId }) => tenantId === acme);
    expect(made.map(({ username }) => username).toSorted()).toEqual(['ada', 'bob', 'cyd']);
    for (const user of made) expect(user).toMatchObject({ platformRole: 'member', passwordHash: null });
    expect(reportOf(await sync(id, { dryRun: false }))).toMatchObject({ created: 0, unchanged: 3, rows: [] });
  }, 60_000);

  it('beyond its tenants, of staff, with a wrong name or an unknown role are refused one by one, and the others come', async () => {
    const pages = [[
      person('dan', 'acme'),
      person('eve', 'beta'),
      person('fay', 'default'),
      person('Not A Name', 'acme'),
      person('gil', 'acme', [[TAG, 'king']]),
      person(owner.user.username, 'default'),
    ]]; // prettier-ignore
    const { id } = await directory('mixed', pages);
    const report = reportOf(await sync(id, { dryRun: false }));
    expect(report).toMatchObject({ created: 1, refused: 5 });
    expect(report.rows.filter(({ outcome }) => outcome === 'created')).toMatchObject([{ username: 'dan' }]);
    for (const { reason } of report.rows.filter(({ outcome }) => outcome === 'refused')) expect(reason).not.toBe('');
    expect(await names()).not.toContain('eve');
  }, 60_000);

  it('are no more than the limit', async () => {
    const pages = [Array.from({ length: 50 }, (_, n) => person(`many-${n}`, 'acme'))];
    const { id } = await directory('many', pages);
    expect(reportOf(await sync(id, { dryRun: false, limit: 7 }))).toMatchObject({ created: 7, refused: 0 });
    expect((await asking.post(`plugins/${id}/sync-users`, { limit: 10_001 })).status).toBe(400);
    expect((await asking.post(`plugins/${id}/sync-users`, { limit: -1 })).status).toBe(400);
  }, 60_000);

  it('are brought by nobody who was not allowed to, and by no plugin that brings none', async () => {
    const reader = await directory('reader', [[person('hal', 'acme')]], {}, { scopes: ['users.read'] });
    expect((await asking.post(`plugins/${reader.id}/sync-users`, { dryRun: false })).body).toMatchObject({ code: 'wrong_state', message: expect.stringContaining('users.write') }); // prettier-ignore
    expect(reportOf(await sync(reader.id))).toMatchObject({ dryRun: true, created: 1 });
    putProbe(core, { name: 'other' });
    const other = await keeper.take('other');
    expect((await asking.post(`plugins/${other.id}/sync-users`, {})).status).toBe(409);
    const member = new Asking(core, await signIn(core, { platformRole: 'member' }));
    expect((await member.post(`plugins/${reader.id}/sync-users`, {})).status).toBe(403);
  }, 60_000);

  it('stop coming when somebody cancels', async () => {
    const pages = Array.from({ length: 40 }, (_, n) => [person(`slow-${n}`, 'acme')]);
    const { id } = await directory('slow', pages, { pageSeconds: 0.3 });
    const { body } = await asking.post(`plugins/${id}/sync-users`, { dryRun: false });
    await until(async () => (await names()).includes('slow-1'), { within: 10_000 });
    expect((await asking.post(`operations/${body.operation.id}/cancel`)).status).toBeLessThan(300);
    expect(await finished(core, owner, body.operation.id)).toMatchObject({ state: 'cancelled' });
    expect(await names()).not.toContain('slow-39');
    expect((await keeper.look(id)).status).toBe('healthy');
  }, 60_000);

  it('that do not come fail the operation with the plugin’s fault, and count against it', async () => {
    const { id } = await directory('silent', [[person('ivy', 'acme')]], { pageSeconds: 5 });
    expect(await sync(id, { dryRun: false })).toMatchObject({ state: 'failed', error: { code: 'plugin_failed' } });
    expect((await keeper.look(id)).consecutiveTimeouts).toBeGreaterThan(0);
  }, 60_000);
});

it('a plugin of the first version is asked as ever, in Python on plain grpcio', async () => {
  const folder = putProbe(core, { name: 'old', manifest: { api_version: 'v1', scopes: ALL } });
  cpSync(path.join(import.meta.dirname, 'old.py'), path.join(folder, 'plugin.py'));
  const plugin = await keeper.take('old', { scopes: ALL, tenants: [acme] });
  expect(plugin).toMatchObject({ status: 'healthy', message: 'as ever' });
  expect(await keeper.health(plugin.id)).toMatchObject({ numbers: { synced: 3 } });
  const users = [{ username: 'jon' }, { username: 'kim' }];
  expect(reportOf(await sync(plugin.id, { users: [{ username: 'root', db_name: 'system.db' }] }))).toMatchObject({ created: 0, refused: 1 }); // prettier-ignore
  expect(reportOf(await sync(plugin.id, { users }))).toMatchObject({ dryRun: true, created: 2 });
  expect(reportOf(await sync(plugin.id, { users, dryRun: false }))).toMatchObject({ created: 2, refused: 0 });
  expect(await keeper.lines(plugin.id)).toContain("asked ['cursor', 'dry_run', 'limit', 'users'] dry False");
  expect(await names()).toEqual(expect.arrayContaining(['jon', 'kim']));
}, 60_000);
