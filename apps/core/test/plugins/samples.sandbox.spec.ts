import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { signIn } from '../sign-in.js';
import { Keeper } from './probe.js';

const SAMPLES = path.resolve(import.meta.dirname, '../../../../plugins');
const env = { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' };
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
let core: TestApp;
let keeper: Keeper;

beforeAll(async () => {
  core = await startApp({ env, storageDir });
  keeper = new Keeper(core, await signIn(core));
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
