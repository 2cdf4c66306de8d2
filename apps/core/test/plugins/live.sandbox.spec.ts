import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plugin } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { LiveClient } from '../live-client.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';
import { Keeper, putProbe } from './probe.js';

let core: TestApp;
let owner: SignedInPerson;
let keeper: Keeper;
const clients: LiveClient[] = [];

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' } });
  owner = await signIn(core);
  keeper = new Keeper(core, owner);
}, 60_000);
afterAll(async () => {
  for (const client of clients) client.close();
  await core.close();
});

const connect = async (who: SignedInPerson): Promise<LiveClient> => {
  const client = await LiveClient.connect(core, who);
  clients.push(client);
  return client;
};

describe('following plugins', () => {
  it('tells of one that is found, of each step of its start, of its end, and that it is gone', async () => {
    const client = await connect(owner);
    expect((await client.join('plugins')).snapshot).toEqual([]);
    const seen = () => client.changes.map(({ item, type }) => (item as Plugin | undefined)?.status ?? type);
    const folder = putProbe(core, { name: 'walker', behaviour: { beginsAfter: 0.3 } });
    const plugin = await keeper.take('walker');
    await until(() => Promise.resolve(seen().at(-1) === 'healthy'), { within: 5000 });
    const steps = seen().filter((status, at, all) => status !== all[at - 1]);
    expect(steps.slice(0, 1)).toEqual(['unapproved']);
    expect(steps.slice(-3)).toEqual(['starting', 'initialized', 'healthy']);
    expect(client.changes.at(-1)?.item).toEqual(await keeper.look(plugin.id));
    await keeper.act(plugin.id, 'stop');
    await until(() => Promise.resolve(seen().at(-1) === 'stopped'), { within: 5000 });
    rmSync(folder, { recursive: true });
    await keeper.rescan();
    await until(() => Promise.resolve(seen().at(-1) === 'remove'), { within: 5000 });
    expect(client.changes.at(-1)).toMatchObject({ id: plugin.id, type: 'remove' });
  }, 60_000);

  it('is refused to who does not see them', async () => {
    const client = await connect(await signIn(core, { platformRole: 'member' }));
    expect(await client.ask({ topic: 'plugins' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  }, 60_000);
});
