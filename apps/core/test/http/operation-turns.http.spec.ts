import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

let app: TestApp;
let owner: SignedInPerson;

beforeAll(async () => {
  const env = {
    BAILIWICK_OPERATIONS_PARALLEL: '1',
    BAILIWICK_DEPLOY_STABLE_MS: '60000',
    BAILIWICK_PRESETS_DIR: presetsFolder({ web: {} }),
  };
  app = await startApp({ env });
  owner = await signIn(app);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

const deploy = async (name: string) =>
  (await call(app, owner, 'POST', '/deployments', { body: aDeploy({ name }) })).body.operation.id as string;
const isWatched = async (id: string) => {
  const { body } = await call(app, owner, 'GET', `/operations/${id}`);
  return body.steps.find(({ name }: { name: string }) => name === 'healthy').state === 'running';
};

describe('of operations of which one works at a time', () => {
  it('one that only watches what it started holds up none of the others', async () => {
    const ids = [await deploy('first'), await deploy('second'), await deploy('third')];
    for (const id of ids) await until(() => isWatched(id));
    expect(await Promise.all(ids.map(isWatched))).toEqual([true, true, true]);
    for (const id of ids) await call(app, owner, 'POST', `/operations/${id}/cancel`);
    for (const id of ids) expect(await finished(app, owner, id)).toMatchObject({ state: 'cancelled' });
    expect(await fakeEngine(app).list()).toEqual([]);
  });
});
