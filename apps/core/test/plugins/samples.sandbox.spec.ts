import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PluginSyncReport } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { finished } from '../factories/deployment.js';
import { Asking } from '../granting.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { Keeper } from './probe.js';

const SAMPLES = path.resolve(import.meta.dirname, '../../../../plugins');
const env = { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' };
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
let core: TestApp;
let owner: SignedInPerson;
let asking: Asking;
let keeper: Keeper;

beforeAll(async () => {
  core = await startApp({ env, storageDir });
  owner = await signIn(core);
  asking = new Asking(core, owner);
  keeper = new Keeper(core, owner);
}, 60_000);
afterAll(async () => {
  await core.close();
  rmSync(storageDir, { recursive: true, force: true });
});

/** Built before, as `npm run plugin:build` does it. */
function install(name: string): void {
  const folder = path.join(storageDir, 'plugins', 'installed', name);
  mkdirSync(path.dirname(folder), { recursive: true });
  cpSync(path.join(SAMPLES, name), folder, { recursive: true });
}

describe('a sample', () => {
  it.each([
    ['csv-directory', 'healthy', ''],
    ['name-policy', 'healthy', 'Names match [a-z][a-z0-9-]{2,62}.'],
    ['sample-sync', 'healthy', ''],
    ['event-webhook', 'degraded', 'No address is set.'],
    ['ldap-directory', 'degraded', 'No directory is set.'],
  ])('works shut in: %s', async (name, status, message) => {
    install(name);
    const plugin = await keeper.take(name);
    expect(plugin).toMatchObject({ status, message, error: null, runtime: { isSandboxed: true } });
    expect(await keeper.act(plugin.id, 'stop')).toMatchObject({ status: 'stopped', runtime: null });
    expect((await keeper.lines(plugin.id)).filter((line) => /Error|Traceback/.test(line))).toEqual([]);
  });
});

it('people of a sample are told first and then brought', async () => {
  install('csv-directory');
  const { id } = await keeper.take('csv-directory', { scopes: ['users.write', 'identity_tags.write'] });
  const sync = async (wanted: object) => {
    const { status, body } = await asking.post(`plugins/${id}/sync-users`, wanted);
    expect({ status, body }).toMatchObject({ status: 202 });
    return (await finished(core, owner, body.operation.id)).result as PluginSyncReport;
  };
  expect(await sync({})).toMatchObject({ dryRun: true, created: 3, refused: 0 });
  expect(await sync({ dryRun: false })).toMatchObject({ dryRun: false, created: 3, refused: 0 });
  expect(await sync({ dryRun: false })).toMatchObject({ created: 0, updated: 0, unchanged: 3, refused: 0 });
});
