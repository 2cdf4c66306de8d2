import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plugin } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';
import { Keeper, putProbe } from './probe.js';

let core: TestApp;
let keeper: Keeper;
let plugin: Plugin;
let said: string[];
let secret: string;

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_ENV: 'production', BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' } }); // prettier-ignore
  keeper = new Keeper(core, await signIn(core));
  secret = path.join(core.config.storageDir, 'keys', 'secret-key');
  const places = [core.config.storageDir, path.join(core.config.storageDir, 'databases', 'system.db'), secret, '/root', '/home', '/var', '/sys', '/etc/shadow', '/etc/passwd']; // prettier-ignore
  putProbe(core, { name: 'neighbour' });
  await keeper.take('neighbour');
  putProbe(core, { name: 'burglar', behaviour: { attack: true, places, port: Number(new URL(core.url).port) } });
  plugin = await keeper.take('burglar');
  await until(async () => (said = await keeper.lines(plugin.id)).includes('attacks over'), { within: 20_000 });
}, 60_000);
afterAll(() => core.close());

const ofAttack = (what: string) => said.filter((line) => line.startsWith(`${what} `));

describe('a plugin that means harm, in production', () => {
  it('runs, as nobody else', () => {
    expect(plugin).toMatchObject({ status: 'healthy', runtime: { isSandboxed: true } });
    const uid = /^user (\d+) (\d+) \[\]$/.exec(said.find((line) => line.startsWith('user ')) ?? '');
    expect(Number(uid?.[1])).toBeGreaterThanOrEqual(60_600);
    expect(uid?.[1]).toBe(uid?.[2]);
  });

  it.each([
    'environ of others',
    'engine',
    'core',
    'ptrace',
    'unshare',
    'mount',
    'keyctl',
    'setuid',
    'write own folder',
    'write usr',
    'write root',
    'fill tmp',
    'other sockets',
  ])('gets nothing by: %s', (what) => {
    expect(ofAttack(what)).toEqual([expect.stringMatching(/ REFUSED /)]);
  });

  it('reads nothing of the host: no database, no key, no home, no password file', () => {
    expect(existsSync(path.join(core.config.storageDir, 'databases', 'system.db'))).toBe(true);
    const read = said.filter((line) => line.startsWith('read '));
    expect(read).toHaveLength(9);
    for (const line of read) expect(line).toMatch(/ REFUSED No such file or directory$/);
  });

  it('finds no word of the core in its environment', () => {
    const variables = said.find((line) => line.startsWith('variables '));
    expect(variables?.match(/BAILIWICK_\w+/g)).toEqual([
      'BAILIWICK_HOST_SOCKET',
      'BAILIWICK_PLUGIN_NAME',
      'BAILIWICK_PLUGIN_SOCKET',
      'BAILIWICK_PLUGIN_TOKEN_FD',
    ]);
    expect(variables?.match(/'\w+'/g)).toHaveLength(8);
  });

  it('is in a group of its own', () => {
    const { pid, cgroupPath } = plugin.runtime ?? {};
    expect(cgroupPath).toContain(plugin.id);
    expect(readFileSync(`/proc/${pid}/cgroup`, 'utf8')).toContain(`/bailiwick-plugins/${plugin.id}`);
  });
});

describe('a plugin that asks the core from inside', () => {
  it('is answered on its own socket, by what was agreed to, and only with its own token', async () => {
    const asks = ['ListRoles', 'ListContainers', 'ListUsers', 'NoSuchThing'];
    putProbe(core, { name: 'asker', behaviour: { asks }, manifest: { scopes: ['roles.read', 'containers.read', 'users.read'] } }); // prettier-ignore
    const asker = await keeper.take('asker', { scopes: ['roles.read'] });
    expect(asker.status).toBe('healthy');
    expect((await keeper.lines(asker.id)).filter((line) => line.startsWith('host '))).toEqual([
      'host ListRoles as itself OK',
      'host ListRoles as another UNAUTHENTICATED',
      'host ListContainers as itself PERMISSION_DENIED',
      'host ListContainers as another UNAUTHENTICATED',
      'host ListUsers as itself PERMISSION_DENIED',
      'host ListUsers as another UNAUTHENTICATED',
      'host NoSuchThing as itself UNIMPLEMENTED',
      'host NoSuchThing as another UNIMPLEMENTED',
    ]);
  });
});

describe('the folder of a plugin', () => {
  it('with a link in it is refused, and says which', async () => {
    putProbe(core, { name: 'linked', link: '/etc/shadow' });
    const found = (await keeper.rescan()).find(({ name }) => name === 'linked');
    expect(found).toMatchObject({ status: 'broken', error: expect.stringMatching(/linked is a link/), manifest: null });
    await expect(keeper.take('linked')).rejects.toThrow(/wrong_state/);
  });

  it('that is broken is shown with its error and breaks nothing else', async () => {
    writeFileSync(path.join(putProbe(core, { name: 'broken' }), 'plugin.json'), '{"api_version":');
    const all = await keeper.rescan();
    expect(all.find(({ name }) => name === 'broken')).toMatchObject({ status: 'broken', error: expect.stringMatching(/no JSON/) }); // prettier-ignore
    expect(all.find(({ name }) => name === 'neighbour')).toMatchObject({ status: 'healthy' });
  });
});

describe('a rescan', () => {
  it('brings a new plugin without touching those that did not change, and starts anew the one that did', async () => {
    const before = await keeper.look(plugin.id);
    const neighbour = (await keeper.rescan()).find(({ name }) => name === 'neighbour');
    putProbe(core, { name: 'newcomer' });
    writeFileSync(path.join(core.config.storageDir, 'plugins/installed/neighbour/more.txt'), 'changed');
    const all = await keeper.rescan();
    expect(all.find(({ name }) => name === 'newcomer')?.status).toBe('unapproved');
    expect(all.find(({ id }) => id === plugin.id)?.runtime?.pid).toBe(before.runtime?.pid);
    const after = all.find(({ name }) => name === 'neighbour');
    expect(after?.status).toBe('healthy');
    expect(after?.runtime?.pid).not.toBe(neighbour?.runtime?.pid);
  });

  it('ends a plugin whose folder is gone', async () => {
    const cgroup = (await keeper.rescan()).find(({ name }) => name === 'neighbour')?.runtime?.cgroupPath ?? '';
    expect(existsSync(cgroup)).toBe(true);
    rmSync(path.join(core.config.storageDir, 'plugins/installed/neighbour'), { recursive: true });
    expect((await keeper.rescan()).map(({ name }) => name)).not.toContain('neighbour');
    expect(existsSync(cgroup)).toBe(false);
  });
});
