import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeployReview, Plugin } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';
import { Keeper, putProbe } from './probe.js';

const HOOKS = { deploy: { validate: { deadline_ms: 300, on_failure: 'open' }, after: {} } };
const CLOSED = { deploy: { before: { deadline_ms: 300, on_failure: 'closed' } } };

let core: TestApp;
let owner: SignedInPerson;
let keeper: Keeper;

beforeAll(async () => {
  core = await startApp({
    env: {
      BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap',
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: {} }),
    },
  });
  owner = await signIn(core);
  keeper = new Keeper(core, owner);
}, 60_000);
afterAll(() => core.close());

async function hooked(name: string, hooks: object, consent: object = { scopes: [] }): Promise<Plugin> {
  putProbe(core, { name, manifest: { hooks } });
  return keeper.take(name, consent);
}
const deploy = (name: string, as = owner) => call(core, as, 'POST', '/deployments', { body: { ...aDeploy(), name } });
const review = async (name: string): Promise<DeployReview> =>
  (await call(core, owner, 'POST', '/deployments/review', { body: { ...aDeploy(), name } })).body as DeployReview;
const aboutPlugins = async (name: string) => (await review(name)).checks.filter(({ check }) => check === 'plugins');

describe('a plugin that is asked about deploys', () => {
  it('is not mentioned where there is none', async () => {
    expect(await aboutPlugins('bad-0')).toEqual([]);
  });

  it('shows in the review that it does not agree, at its field, and refuses the deploy itself', async () => {
    await hooked('namer', HOOKS);
    expect(await aboutPlugins('good-1')).toMatchObject([{ outcome: 'ok', code: 'plugins_agree' }]);
    const issues = [{ path: 'name', message: 'bad is no name here' }];
    expect(await aboutPlugins('bad-1')).toMatchObject([
      {
        outcome: 'blocked',
        code: 'plugin_refused',
        params: { plugin: 'namer', reason: 'bad is no name here', issues },
      },
    ]);
    expect(await deploy('bad-1')).toMatchObject({ status: 409, body: { code: 'plugin_refused', params: { plugin: 'namer', issues } } }); // prettier-ignore
    expect((await deploy('good-1')).status).toBe(202);
  });

  it('is told when it ended', async () => {
    const { body } = await deploy('good-2');
    await finished(core, owner, body.operation.id);
    const { id = '' } = (await keeper.rescan()).find(({ name }) => name === 'namer') ?? {};
    await until(async () => (await keeper.lines(id)).includes('hook 3'));
  });

  it('that is late lets it pass where its manifest says open, within its deadline', async () => {
    const since = performance.now();
    expect((await deploy('late-1')).status).toBe(202);
    expect(performance.now() - since).toBeLessThan(1500);
  });

  it('that has to agree refuses while it is late, and while the core had to disable it; stopped by a person it is not asked', async () => {
    const guard = await hooked('guard', CLOSED);
    expect(await deploy('late-2')).toMatchObject({ status: 409, body: { code: 'plugin_refused', params: { plugin: 'guard' } } }); // prettier-ignore
    expect((await deploy('good-3')).status).toBe(202);
    putProbe(core, { name: 'guard', behaviour: { exits: true }, manifest: { hooks: CLOSED } });
    await keeper.rescan();
    await keeper.untilStatus(guard.id, 'disabled');
    expect(await deploy('good-4')).toMatchObject({ status: 409, body: { params: { plugin: 'guard' } } });
    await keeper.act(guard.id, 'stop');
    expect((await deploy('good-4')).status).toBe(202);
  }, 60_000);

  it('is asked about its own tenants only', async () => {
    const tenant = (await call(core, owner, 'POST', '/tenants', { body: { slug: 'acme', name: 'Acme' } })).body.item;
    const namer = (await keeper.rescan()).find(({ name }) => name === 'namer');
    await keeper.take('namer', { scopes: [], tenants: [tenant.id] });
    expect(await aboutPlugins('bad-5')).toEqual([]);
    expect((await deploy('bad-5')).status).toBe(202);
    expect(namer?.name).toBe('namer');
  });
});
