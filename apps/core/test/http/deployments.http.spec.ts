import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let viewer: SignedInPerson;

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        web: { config: { ports: [{ containerPort: 80, label: 'Web', web: true }] } },
      }),
    },
  });
  [owner, member, viewer] = await Promise.all([
    signIn(app),
    signIn(app, { platformRole: 'member' }),
    signIn(app, { platformRole: 'viewer' }),
  ]);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a deploy', () => {
  it('ends with a running container of whoever deployed it', async () => {
    const { status, body } = await call(app, member, 'POST', '/deployments', { body: aDeploy({ name: 'first' }) });
    expect(status).toBe(202);
    const operation = await finished(app, member, body.operation.id);
    expect(operation).toMatchObject({ state: 'done', error: null, result: { name: 'first' } });
    expect(operation.steps.map(({ state }) => state)).toEqual(Array(7).fill('done'));
    const seen = await call(app, member, 'GET', `/containers/${operation.target.containerId}`);
    expect(seen.body).toMatchObject({ name: 'first', state: 'running', managed: true });
    expect(fakeEngine(app).networks.has('bw_default')).toBe(true);
  });

  it('is refused to a viewer', async () => {
    const { status } = await call(app, viewer, 'POST', '/deployments', { body: aDeploy({ name: 'nope' }) });
    expect(status).toBe(403);
  });

  it('cannot be seen by another member', async () => {
    const { body } = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ name: 'private' }) });
    expect((await call(app, member, 'GET', `/operations/${body.operation.id}`)).status).toBe(404);
    await finished(app, owner, body.operation.id);
  });
});
