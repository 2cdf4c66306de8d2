import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const FIRST = 29_410;
let core: TestApp;
let owner: SignedInPerson;
let stranger: Server;

beforeAll(async () => {
  core = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_PORT_RANGE: `${FIRST}-${FIRST + 2}`,
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: { config: { ports: [{ containerPort: 80, label: 'Web' }] } } }),
    },
  });
  owner = await signIn(core);
  stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(FIRST + 1, '127.0.0.1', resolve));
});
afterEach(() => checkInvariants(core));
afterAll(async () => {
  await new Promise((resolve) => stranger.close(resolve));
  await core.close();
});

const deploy = (name: string) => call(core, owner, 'POST', '/deployments', { body: aDeploy({ name }) });
const deployed = async (name: string) => {
  const { status, body } = await deploy(name);
  expect({ status, body }).toMatchObject({ status: 202 });
  return finished(core, owner, body.operation.id);
};

describe('the range of host ports', () => {
  it('is handed out to the last free one, never one of another program, and says when nothing is left', async () => {
    const [one, two] = [await deployed('one'), await deployed('two')];
    const portOf = ({ result }: { result?: unknown }) =>
      (result as { ports: { hostPort: number }[] }).ports[0]?.hostPort;
    expect([portOf(one), portOf(two)].sort()).toEqual([FIRST, FIRST + 2]);
    const third = await deploy('three');
    expect({ status: third.status, code: third.body.code, params: third.body.params }).toMatchObject({
      status: 409,
      code: 'ports_exhausted',
      params: { range: `${FIRST}-${FIRST + 2}` },
    });
    const review = await call(core, owner, 'POST', '/deployments/review', { body: aDeploy({ name: 'three' }) });
    expect(review.body.ports).toMatchObject([{ containerPort: 80, hostPort: null }]);
    expect(review.body.checks).toContainEqual(
      expect.objectContaining({ check: 'ports', outcome: 'blocked', code: 'ports_exhausted' }),
    );

    const gone = await call(core, owner, 'DELETE', `/containers/${one.target.containerId}`, { body: { force: true } });
    await finished(core, owner, gone.body.operation.id);
    expect(portOf(await deployed('three'))).toBe(portOf(one));
  });
});
