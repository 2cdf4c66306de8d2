import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { networkName } from '../../src/foundation/environments/network-plan.rules.js';
import { startApp, type TestApp } from '../app.js';
import { call, finished } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const GIB = 1024 ** 3;
let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;

const read = (text: unknown) => call(app, owner, 'POST', '/deployments/read', { body: { text } });
const specOf = async (name: string) => {
  const seen = (await fakeEngine(app).list()).find((container) => container.name === name);
  return fakeEngine(app).get(seen?.engineId ?? '').spec;
};
const bolt = (person: SignedInPerson, name: string, container: object, resources: object = {}) =>
  call(app, person, 'POST', '/containers', { body: { name, bolt_config: { container, resources } } });

beforeAll(async () => {
  app = await startApp({ env: { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_OPERATION_RETRY_DELAY_MS: '20' } });
  [owner, member] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a pasted text', () => {
  it('is read into what deploys it, and makes nothing', async () => {
    const before = (await fakeEngine(app).list()).length;
    const { status, body } = await read(
      "docker run -d --name pasted -v /etc:/x -e A=b busybox:local sh -c 'sleep 1000'",
    );
    expect(status).toBe(200);
    expect(body.notUnderstood).toEqual([{ what: '--volume /etc:/x', reason: 'host_path' }]);
    expect((await fakeEngine(app).list()).length).toBe(before);
    const deployed = await call(app, owner, 'POST', '/deployments', { body: body.input });
    expect(await finished(app, owner, deployed.body.operation.id)).toMatchObject({ state: 'done' });
    expect(await specOf('pasted')).toMatchObject({ image: 'busybox:local', env: { A: 'b' }, volumes: [] });
  });

  it('that is nothing of the kind is refused with what is wrong', async () => {
    expect(await read('hello')).toMatchObject({
      status: 400,
      body: { code: 'text_not_understood', params: { mistake: 'no_service' } },
    });
    for (const text of ['', 5, 'a'.repeat(256 * 1024 + 1)])
      expect(await read(text)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('a container said as Bolt says it', () => {
  it('is the same deployment, with a GB of 1024 MB each of 1024 KB, in the network of one’s own tenant', async () => {
    const container = { image: 'redis:7', volumes: ['cache:/data'], network: 'surge-mesh' };
    const answer = await bolt(owner, 'bolt-one', container, { cpu: '2', memory: '4GB' });
    expect(answer.status).toBe(202);
    await finished(app, owner, answer.body.operation.id);
    expect(await specOf('bolt-one')).toMatchObject({
      image: 'redis:7',
      cpus: 2,
      memoryBytes: 4 * GIB,
      network: networkName({ slug: 'default', id: owner.user.tenantId }),
      volumes: [{ name: expect.stringMatching(/^bw_default_\w{10}_cache$/), target: '/data' }],
    });
  });

  it.each([
    ['a folder of the host', { volumes: ['/etc:/x'] }, {}, 'bolt_config.container.volumes.0'],
    ['a volume that is read-only', { volumes: ['a1:/x:ro'] }, {}, 'bolt_config.container.volumes.0'],
    ['memory without a number', {}, { memory: 'lots' }, 'bolt_config.resources.memory'],
    ['no processors', {}, { cpu: '0' }, 'bolt_config.resources.cpu'],
    ['a key it does not know', { privileged: true }, {}, 'bolt_config.container'],
  ])('is refused with %s', async (_, container, resources, path) => {
    const { status, body } = await bolt(owner, 'bolt-no', { image: 'redis:7', ...container }, resources);
    expect(status).toBe(400);
    expect(body.params.issues.map((issue: { path: string }) => issue.path).join()).toContain(path);
  });

  it('needs the right to deploy any image', async () => {
    expect(await bolt(member, 'bolt-member', { image: 'redis:7' })).toMatchObject({
      status: 403,
      body: { params: { missing: ['containers.createAny'] } },
    });
  });
});
