import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditList, Plugin, PluginAnswer } from '@bailiwick/contract';
import request from 'supertest';
import { PluginPackages } from '../../src/features/plugin-packages/plugin-packages.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { signIn } from '../sign-in.js';
import { Keeper, putProbe } from './probe.js';

const settings = {
  type: 'object',
  required: ['url'],
  properties: { url: { type: 'string', format: 'uri' }, secret: { type: 'string', writeOnly: true } },
};
let core: TestApp;
let clock: ManualClock;
let owner: Asking;
let keeper: Keeper;

beforeAll(async () => {
  clock = new ManualClock();
  core = await startApp({ clock, env: { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' } });
  const person = await signIn(core);
  [owner, keeper] = [new Asking(core, person), new Keeper(core, person)];
}, 60_000);
afterAll(() => core.close());

const set = (id: string, values: object) => owner.put(`plugins/${id}/settings`, { values });
const kept = (id: string) => core.app.get(PluginPackages).all().find((plugin) => plugin.id === id)?.settings; // prettier-ignore
const find = async (name: string): Promise<Plugin> => {
  const found = (await keeper.rescan()).find((plugin) => plugin.name === name);
  if (!found) throw new Error(`${name} was not found.`);
  return found;
};

describe('the settings of a plugin', () => {
  it('are kept, start it anew, never show a secret, and leave a trail without one', async () => {
    putProbe(core, { name: 'teller', manifest: { settings } });
    const before = await keeper.take('teller');
    const { status, body } = await set(before.id, { url: 'https://a.test', secret: 'hush hush' });
    expect(status).toBe(200);
    const { item } = body as PluginAnswer;
    expect(item).toMatchObject({ status: 'healthy', settings: { url: 'https://a.test', secret: null } });
    expect(item.runtime?.pid).not.toBe(before.runtime?.pid);
    await set(before.id, { url: 'https://b.test', secret: null });
    expect(kept(before.id)).toEqual({ url: 'https://b.test', secret: 'hush hush' });
    await set(before.id, { url: 'https://b.test', secret: '' });
    expect(kept(before.id)).toEqual({ url: 'https://b.test' });
    const audit = (await owner.get('audit?action=plugins.settings')).body as AuditList;
    expect(audit.items.map(({ details }) => details)).toEqual([{ changed: ['secret'] }, { changed: ['url'] }, { changed: ['secret', 'url'] }]); // prettier-ignore
    expect(JSON.stringify(audit)).not.toContain('hush');
    expect(JSON.stringify((await owner.get('plugins')).body)).not.toContain('hush');
  }, 60_000);

  it('do not start what nobody agreed to', async () => {
    putProbe(core, { name: 'waiter', manifest: { settings } });
    const { id } = await find('waiter');
    expect((await set(id, { url: 'https://a.test' })).body).toMatchObject({ item: { status: 'unapproved', runtime: null } }); // prettier-ignore
    expect((await set(id, { url: 'nowhere' })).body).toMatchObject({ code: 'invalid_request', params: { issues: [{ path: 'values.url' }] } }); // prettier-ignore
    expect(kept(id)).toEqual({ url: 'https://a.test' });
  });

  it('that cannot be read, or are none, are refused; the plugin says so and runs all the same', async () => {
    putProbe(core, { name: 'riddle', manifest: { settings: { type: 'object', if: {} } } });
    putProbe(core, { name: 'plain' });
    const riddle = await keeper.take('riddle');
    expect(riddle).toMatchObject({
      status: 'healthy',
      settings: null,
      warnings: [expect.stringMatching(/settings cannot be set/)],
    });
    expect((await set(riddle.id, {})).status).toBe(409);
    expect((await set((await find('plain')).id, {})).status).toBe(409);
  }, 60_000);

  it('are set by who proved who they are, and by nobody who may not manage plugins', async () => {
    const { id } = await find('waiter');
    const member = await signIn(core, { platformRole: 'member' });
    const asked = request(core.url).put(`/api/v1/plugins/${id}/settings`).set(member.headers);
    expect((await asked.send({ values: {} })).status).toBe(403);
    clock.advance(6 * 60_000);
    expect((await set(id, { url: 'https://c.test' })).body).toMatchObject({ code: 'step_up_required' });
    expect(kept(id)).toEqual({ url: 'https://a.test' });
  });
});
