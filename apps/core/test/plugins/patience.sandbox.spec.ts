import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plugin } from '@bailiwick/contract';
import request from 'supertest';
import { startApp, type TestApp } from '../app.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';
import { Keeper, putProbe, type Probe } from './probe.js';

const env = { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' };
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
let core: TestApp;
let keeper: Keeper;

const begin = async () => {
  core = await startApp({ env, storageDir });
  keeper = new Keeper(core, await signIn(core));
};
beforeAll(begin, 60_000);
afterAll(async () => {
  await core.close();
  rmSync(storageDir, { recursive: true, force: true });
});

async function take(probe: Probe): Promise<Plugin> {
  putProbe(core, probe);
  return keeper.take(probe.name);
}
const answersAsEver = async () => {
  const since = performance.now();
  await request(core.url).get('/healthz').expect(200);
  return performance.now() - since;
};

describe('a plugin that', () => {
  it('uses up its memory is killed and started again, after three deaths it is disabled, and stays so', async () => {
    const plugin = await take({ name: 'glutton', behaviour: { then: ['eat'] }, manifest: { memory_mb: 64 } });
    const gone = await keeper.untilStatus(plugin.id, 'disabled');
    expect(gone).toMatchObject({ isEnabled: false, consecutiveCrashes: 3, restartCount: 2, runtime: null });
    expect(gone.error).toBe('Its memory was used up.');
    const said = await keeper.lines(plugin.id);
    expect(said.filter((line) => line === 'Its memory was used up.')).toHaveLength(3);
    await core.close();
    await begin();
    expect(await keeper.look(plugin.id)).toMatchObject({ status: 'disabled', isEnabled: false, runtime: null });
    putProbe(core, { name: 'glutton' });
    await keeper.rescan();
    expect(await keeper.look(plugin.id)).toMatchObject({ status: 'disabled' });
    expect(await keeper.act(plugin.id, 'start')).toMatchObject({ status: 'healthy', isEnabled: true, error: null, restartCount: 0 }); // prettier-ignore
  }, 60_000);

  it('ends at once is started again twice and then disabled', async () => {
    const plugin = await take({ name: 'quitter', behaviour: { exits: true } });
    const gone = await keeper.untilStatus(plugin.id, 'disabled');
    expect(gone).toMatchObject({ consecutiveCrashes: 3, isEnabled: false });
    expect(gone.error).toMatch(/ended with code 7 before it was ready/);
  }, 60_000);

  it('does not answer is degraded, then unresponsive and started again; the core answers as ever meanwhile', async () => {
    const plugin = await take({ name: 'sleeper', behaviour: { health: 'slow', after: 1, seconds: 20 } });
    expect(plugin.status).toBe('healthy');
    const checking = keeper.health(plugin.id);
    for (let time = 0; time < 20; time += 1) expect(await answersAsEver()).toBeLessThan(250);
    expect(await checking).toMatchObject({ status: 'degraded', message: 'It did not answer in time.' });
    await keeper.health(plugin.id);
    expect(await keeper.health(plugin.id)).toMatchObject({ status: 'unresponsive' });
    expect(await keeper.untilStatus(plugin.id, 'healthy')).toMatchObject({ restartCount: 1, consecutiveTimeouts: 0 });
  }, 60_000);

  it('says twice that it is not well is started again', async () => {
    const plugin = await take({ name: 'patient', behaviour: { health: 'unwell', after: 1 } });
    expect(await keeper.health(plugin.id)).toMatchObject({ status: 'degraded', message: 'not well' });
    expect(await keeper.health(plugin.id)).toMatchObject({ status: 'unresponsive' });
    const again = await keeper.untilStatus(plugin.id, 'healthy');
    expect(again.runtime?.pid).not.toBe(plugin.runtime?.pid);
  }, 60_000);

  it('answers with 64 MiB is told that this is too much, and takes none of the core’s memory', async () => {
    const before = process.memoryUsage().rss;
    const plugin = await take({ name: 'talker', behaviour: { health: 'huge' }, manifest: { memory_mb: 512, timeout_seconds: 5 } }); // prettier-ignore
    expect(plugin).toMatchObject({ status: 'degraded', message: 'Its answer is larger than 4 MiB.' });
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
    await keeper.act(plugin.id, 'stop');
  }, 60_000);

  it('forks without end is held at its number of processes, and all of them go with it', async () => {
    const plugin = await take({ name: 'rabbit', behaviour: { then: ['fork'] } });
    await until(async () => (await keeper.lines(plugin.id)).some((line) => line.startsWith('fork REFUSED')), { within: 15_000 }); // prettier-ignore
    expect(await answersAsEver()).toBeLessThan(500);
    const cgroup = (await keeper.look(plugin.id)).runtime?.cgroupPath ?? '';
    expect(existsSync(cgroup)).toBe(true);
    await keeper.act(plugin.id, 'stop');
    expect(existsSync(cgroup)).toBe(false);
  }, 60_000);

  it('is not shut in, outside production, is the core’s own user and says so', async () => {
    const bare = await startApp({ env: { BAILIWICK_PLUGIN_SANDBOX: 'off' } });
    putProbe(bare, { name: 'bare' });
    const plugin = await new Keeper(bare, await signIn(bare)).take('bare');
    expect(plugin).toMatchObject({ status: 'healthy', runtime: { isSandboxed: false } });
    await bare.close();
  }, 60_000);

  it('says another name than its folder’s does not come up', async () => {
    const plugin = await take({ name: 'impostor', behaviour: { name: 'glutton' } });
    expect(plugin).toMatchObject({ error: 'It says that it is "glutton".', runtime: null });
    await keeper.act(plugin.id, 'stop');
  }, 60_000);

  it('puts a link where its socket should be is not followed', async () => {
    const plugin = await take({ name: 'pointer', behaviour: { link: '/var/run/docker.sock' } });
    expect(plugin.error).toBe('What stands in the place of its socket is none of its own.');
    await keeper.act(plugin.id, 'stop');
  }, 60_000);

  it('writes a million lines is written down in part, and the rest is counted', async () => {
    const plugin = await take({ name: 'shouter', behaviour: { lines: 200_000 }, manifest: { timeout_seconds: 5 } });
    await until(async () => (await keeper.lines(plugin.id)).some((line) => /lines came too fast/.test(line)), { within: 20_000 }); // prettier-ignore
    expect(await answersAsEver()).toBeLessThan(500);
    await keeper.act(plugin.id, 'stop');
  }, 60_000);

  it('has not been agreed to does not run, and gets no more than was agreed to', async () => {
    putProbe(core, { name: 'asker', manifest: { scopes: ['users.read', 'events.emit'], network: true } });
    const found = (await keeper.rescan()).find(({ name }) => name === 'asker');
    expect(found).toMatchObject({ status: 'unapproved', runtime: null, consent: null });
    await expect(keeper.act(found?.id ?? '', 'start')).rejects.toThrow(/Nobody has agreed/);
    await expect(keeper.take('asker', { scopes: ['users.write'] })).rejects.toThrow(/not asked for/);
    const taken = await keeper.take('asker', { scopes: ['users.read'] });
    expect(taken).toMatchObject({
      status: 'healthy',
      consent: { scopes: ['users.read'], network: false, tenants: null },
      wantsMore: true,
    });
  }, 60_000);

  it('is stopped stays so when the core comes back, and one that runs comes back with it', async () => {
    const [stays, goes] = [await take({ name: 'stays' }), await take({ name: 'goes' })];
    expect(await keeper.act(goes.id, 'stop')).toMatchObject({ status: 'stopped', isEnabled: false });
    expect(await keeper.lines(goes.id)).toContain('told to end');
    await core.close();
    expect(existsSync(stays.runtime?.cgroupPath ?? '')).toBe(false);
    await begin();
    expect(await keeper.untilStatus(stays.id, 'healthy')).toMatchObject({ isEnabled: true });
    expect(await keeper.look(goes.id)).toMatchObject({ status: 'stopped', isEnabled: false });
  }, 60_000);
});
