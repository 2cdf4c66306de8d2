import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation, Plugin } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { finished } from '../factories/deployment.js';
import { Asking } from '../granting.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';
import { Keeper, putProbe } from './probe.js';

const FORM = { type: 'object', properties: { place: { type: 'string', minLength: 2 } }, required: ['place'] };

let core: TestApp;
let owner: SignedInPerson;
let asking: Asking;
let keeper: Keeper;

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' } });
  owner = await signIn(core);
  asking = new Asking(core, owner);
  keeper = new Keeper(core, owner);
}, 60_000);
afterAll(() => core.close());

async function worker(name: string, behaviour: object = {}): Promise<Plugin> {
  putProbe(core, {
    name,
    behaviour: { actions: { count: FORM, clean: {}, 'Not A Name': {} }, ...behaviour },
    manifest: { provides: ['actions'] },
  });
  return keeper.take(name);
}
const run = (id: string, action: string, input?: object) =>
  asking.post(`plugins/${id}/actions/${action}`, input === undefined ? {} : { input });

describe('what a plugin can do', () => {
  it('is listed while it runs, by names that are names, and is nothing when it is stopped', async () => {
    const { id } = await worker('lister');
    const { body } = await asking.get(`plugins/${id}/actions`);
    expect(body.items).toMatchObject([
      { id: 'count', title: 'Count', form: FORM },
      { id: 'clean', form: {} },
    ]);
    await keeper.act(id, 'stop');
    expect((await asking.get(`plugins/${id}/actions`)).body.items).toEqual([]);
    expect((await run(id, 'clean')).status).toBe(404);
  });

  it('is done as an operation that tells how far it is and leaves its result', async () => {
    const { id } = await worker('counter');
    const { status, body } = await run(id, 'count', { place: 'here' });
    expect(status).toBe(202);
    const done: Operation = await finished(core, owner, body.operation.id);
    expect(done).toMatchObject({
      name: 'plugins.act',
      state: 'done',
      target: { label: 'counter: Count' },
      result: { action: 'count', title: 'Count', message: 'step 2', result: { rows: 7, by: 'counter' } },
    });
  });

  it('asks for what its form asks for, and no more', async () => {
    const { id } = await worker('former');
    for (const input of [{}, { place: 'x' }, { place: 7 }])
      expect(await run(id, 'count', input)).toMatchObject({ status: 400, body: { params: { issues: [{ path: 'input.place' }] } } }); // prettier-ignore
    expect((await run(id, 'clean', { more: 1 })).status).toBe(400);
    expect((await run(id, 'none')).status).toBe(404);
    expect((await keeper.lines(id)).filter((line) => line.startsWith('runs'))).toEqual([]);
  });

  it('is ended when somebody cancels, and the plugin goes on', async () => {
    const { id } = await worker('slow', { steps: 100, stepSeconds: 0.2 });
    const { body } = await run(id, 'clean');
    await until(async () => (await keeper.lines(id)).some((line) => line.startsWith('runs')));
    await asking.post(`operations/${body.operation.id}/cancel`);
    expect(await finished(core, owner, body.operation.id)).toMatchObject({ state: 'cancelled' });
    expect(await keeper.health(id)).toMatchObject({ status: 'healthy' });
  });

  it('is staff’s to ask for', async () => {
    const { id } = await worker('served');
    const member = new Asking(core, await signIn(core, { platformRole: 'member' }));
    expect((await member.get(`plugins/${id}/actions`)).status).toBe(403);
    expect((await member.post(`plugins/${id}/actions/clean`, {})).status).toBe(403);
  });
});
