import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ContainerSettingsRow } from '../../src/features/container-settings/container-settings.entity.js';
import { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { aFakeImage } from '../../src/foundation/environments/fake-image.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { Database } from '../../src/kernel/database/database.js';
import { startApp, type TestApp } from '../app.js';
import { call, finished } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const MIB = 1024 ** 2;
let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;

const wishFor = (name: string, more: object = {}) => ({
  image: 'busybox:local',
  name,
  options: { command: ['sh', '-c', 'sleep 1000'] },
  ...more,
});
const deploy = async (person: SignedInPerson, wish: object) => {
  const answer = await call(app, person, 'POST', '/deployments', { body: wish });
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return finished(app, person, answer.body.operation.id);
};
const specOf = async (name: string) => {
  const seen = (await fakeEngine(app).list()).find((container) => container.name === name);
  return fakeEngine(app).get(seen?.engineId ?? '').spec;
};
const refusalOf = async (wish: object) => {
  const { status, body } = await call(app, owner, 'POST', '/deployments', { body: wish });
  return { status, paths: (body.params?.issues ?? []).map(({ path }: { path: string }) => path) };
};

beforeAll(async () => {
  app = await startApp({ env: { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_OPERATION_RETRY_DELAY_MS: '20' } });
  [owner, member] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a deploy of an image of one’s choice', () => {
  it('runs with what was named and nothing of a preset', async () => {
    const wish = wishFor('chosen', {
      ports: [{ containerPort: 8080, web: true }, { containerPort: 53, protocol: 'udp', hostPort: 25_353, ip: '127.0.0.1' }], // prettier-ignore
      volumes: [{ name: 'data', target: '/data' }],
      memoryBytes: 64 * MIB,
      cpus: 0.25,
      profile: 'strict',
      options: { command: ['sh', '-c', 'sleep 1000'], user: '1000:1000', workingDir: '/data', stdinOpen: true },
    });
    const operation = await deploy(owner, wish);
    expect(operation).toMatchObject({ state: 'done', error: null });
    const spec = await specOf('chosen');
    expect(spec).toMatchObject({
      image: 'busybox:local',
      user: '1000:1000',
      workingDir: '/data',
      stdinOpen: true,
      profile: 'strict',
      memoryBytes: 64 * MIB,
      cpus: 0.25,
      volumes: [{ name: expect.stringMatching(/^bw_default_\w{10}_data$/), target: '/data' }],
    });
    expect(spec.ports).toEqual(
      expect.arrayContaining([
        { ip: '127.0.0.1', hostPort: 25_353, containerPort: 53, protocol: 'udp' },
        { ip: expect.any(String), hostPort: expect.any(Number), containerPort: 8080, protocol: 'tcp' },
      ]),
    );
    const result = operation.result as { ports: Array<{ containerPort: number; web: boolean }> };
    expect(result.ports.find(({ containerPort }) => containerPort === 8080)).toMatchObject({ web: true });
    const { body } = await call(app, owner, 'GET', `/containers/${operation.target.containerId}`);
    expect(body).toMatchObject({ name: 'chosen', preset: null, managed: true });
  });

  it('runs under the strict profile as anybody but root, also where that is known only once it is fetched', async () => {
    const look = async (wish: Record<string, unknown>) => {
      const { body } = await call(app, owner, 'POST', '/deployments/review', { body: wishFor('looked-at', wish) });
      return body.checks.find(({ check }: { check: string }) => check === 'user');
    };
    expect(await look({})).toMatchObject({ outcome: 'warning', code: 'runs_as_root' });
    expect(await look({ profile: 'strict' })).toMatchObject({ outcome: 'blocked', code: 'root_refused' });
    expect(await look({ profile: 'strict', options: { user: '1000' } })).toMatchObject({ outcome: 'ok', code: 'user_fine' }); // prettier-ignore
    fakeEngine(app).images.set('nobody:1', aFakeImage({ user: 'nobody' }));
    expect(await look({ profile: 'strict', image: 'nobody:1' })).toMatchObject({ outcome: 'ok', code: 'user_fine' });
    expect(await look({ profile: 'strict', image: 'fetched:1' })).toMatchObject({ code: 'user_not_known' });

    for (const image of ['busybox:local', 'fetched:1']) {
      const refused = await deploy(owner, wishFor('as-root', { profile: 'strict', image }));
      expect(refused).toMatchObject({
        state: 'failed',
        failedStep: 'pull',
        error: { code: 'root_refused', params: { image }, hint: expect.stringContaining('number') },
      });
      expect(await fakeEngine(app).findByName('as-root')).toBeUndefined();
    }
    const asNobody = await deploy(owner, wishFor('as-nobody', { profile: 'strict', image: 'nobody:1' }));
    const asRoot = await deploy(owner, wishFor('as-root'));
    const seen = async ({ target }: typeof asRoot) => (await call(app, owner, 'GET', `/containers/${target.containerId}`)).body; // prettier-ignore
    expect(await seen(asNobody)).toMatchObject({ user: 'nobody', runsAsRoot: false });
    expect(await seen(asRoot)).toMatchObject({ user: '', runsAsRoot: true });
    const { imageId } = await seen(asRoot);
    expect({ imageId, result: asRoot.result }).toMatchObject({
      imageId: expect.stringMatching(/^sha256:/),
      result: { imageId },
    });
  });

  it('does not become root by a change under the strict profile', async () => {
    fakeEngine(app).images.set('nobody:2', aFakeImage({ user: 'nobody' }));
    const { target } = await deploy(owner, wishFor('stays', { profile: 'strict', image: 'nobody:2' }));
    const path = `/containers/${target.containerId}/configuration`;
    const change = { image: 'busybox:local' };
    const { body } = await call(app, owner, 'POST', `${path}/review`, { body: { change } });
    expect(body.checks).toContainEqual(expect.objectContaining({ outcome: 'blocked', code: 'root_refused' }));
    for (const refused of [change, { user: '0' }]) {
      await call(app, owner, 'PUT', path, { body: { change: refused } });
      const { body: applied } = await call(app, owner, 'POST', `${path}/apply`, { body: {} });
      expect(await finished(app, owner, applied.operation.id)).toMatchObject({
        state: 'failed',
        error: { code: 'root_refused' },
      });
    }
    expect(await specOf('stays')).toMatchObject({ image: 'nobody:2', user: null });
  });

  it('is small, compatible and kept up where nobody says otherwise', async () => {
    await deploy(owner, wishFor('plain'));
    expect(await specOf('plain')).toMatchObject({
      memoryBytes: 512 * MIB,
      memorySwapBytes: 512 * MIB,
      cpus: 1,
      pids: 256,
      profile: 'compat',
      user: null,
      workingDir: null,
      restart: { name: 'unless-stopped', maximumRetryCount: 0 },
    });
  });

  it('takes a name without a tag for the latest, never for an id', async () => {
    const { body } = await call(app, owner, 'POST', '/deployments/review', {
      body: wishFor('cafe', { image: 'cafe' }),
    });
    expect(body.image).toBe('cafe:latest');
  });

  it('is looked at before it runs', async () => {
    const wish = wishFor('looked-at', { ports: [{ containerPort: 80, hostPort: 28_123 }], profile: 'strict', options: { user: '1000' } }); // prettier-ignore
    const { status, body } = await call(app, owner, 'POST', '/deployments/review', { body: wish });
    expect(status).toBe(200);
    expect(body).toMatchObject({ image: 'busybox:local', profile: 'strict', ports: [{ hostPort: 28_123 }] });
    expect(body.checks.every(({ outcome }: { outcome: string }) => outcome === 'ok')).toBe(true);
  });

  it('counts for the disk quota and is told that its storage does not enforce it', async () => {
    const GIB = 1024 ** 3;
    const quota = { containers: null, cpus: null, memoryBytes: null, diskBytes: 3 * GIB };
    await call(app, owner, 'PUT', `/quotas/${owner.user.id}`, { body: quota });
    const wish = wishFor('disk-one', { diskBytes: 2 * GIB });
    const { body } = await call(app, owner, 'POST', '/deployments/review', { body: wish });
    expect(body.disk).toEqual({ bytes: 2 * GIB, enforced: false });
    await deploy(owner, wish);
    expect(await specOf('disk-one')).toMatchObject({ diskBytes: null });
    const more = await call(app, owner, 'POST', '/deployments', { body: wishFor('disk-two', { diskBytes: 2 * GIB }) });
    expect(more).toMatchObject({ status: 409, body: { code: 'quota_exceeded', params: { exceeded: [{ what: 'diskBytes', limit: 3 * GIB, used: 2 * GIB }] } } }); // prettier-ignore
    await call(app, owner, 'PUT', `/quotas/${owner.user.id}`, { body: { ...quota, diskBytes: null } });
  });

  it('has its domain name and launch address among its settings from the beginning', async () => {
    const wish = wishFor('named', { domainName: 'Shop.Example.org', launchUrl: 'https://shop.example.org/' });
    const { target, result } = await deploy(owner, wish);
    const { body } = await call(app, owner, 'GET', `/containers/${target.containerId}/settings`);
    expect(body.saved).toMatchObject({ domainName: 'shop.example.org', launchUrl: 'https://shop.example.org/' });
    expect(body.savedBy).toBe(owner.user.displayName);
    expect(result).toMatchObject({ address: 'https://shop.example.org/' });
    const shown = await call(app, owner, 'GET', `/containers/${target.containerId}`);
    expect(shown.body.address).toBe('https://shop.example.org/');
  });

  it('leaves no settings behind where it comes to nothing', async () => {
    const wish = wishFor('futile', { domainName: 'futile.example.org', options: { command: ['sh', '-c', 'exit 3'] } });
    const { state, target } = await deploy(owner, wish);
    expect(state).toBe('failed');
    const rows = app.app.get(Database).repository(ContainerSettingsRow);
    expect((await rows.find()).filter(({ containerId }) => containerId === target.containerId)).toEqual([]);
  });

  it('is installed first and started then, as its protocol says', async () => {
    const wish = wishFor('installed', {
      protocol: 'node-npm',
      installCommand: ['npm', 'ci', '; reboot'],
      volumes: [{ name: 'app', target: '/srv' }],
      options: { command: ['sh', '-c', 'sleep 1000'] },
    });
    const answer = await call(app, owner, 'POST', '/deployments', { body: wish });
    await finished(app, owner, answer.body.operation.id);
    const { entrypoint, command } = await specOf('installed');
    expect(entrypoint?.slice(0, 2)).toEqual(['sh', '-c']);
    expect(entrypoint?.join()).not.toContain('reboot');
    expect(command).toEqual(['node-npm', '/srv', '3', 'npm', 'ci', '; reboot', 'sh', '-c', 'sleep 1000']);
  });

  it('gets graphics processors where its engine has them, for whom it may', async () => {
    const wish = wishFor('drawn', { gpus: 2 });
    expect(await refusalOf(wish)).toEqual({ status: 400, paths: ['gpus'] });
    const { body } = await call(app, owner, 'POST', '/deployments/review', { body: wish });
    expect(body.checks).toContainEqual(expect.objectContaining({ check: 'answers', outcome: 'blocked' }));
    for (const gpus of [0, 17, '2', 'all', [{ Driver: 'nvidia' }]])
      expect(await refusalOf(wishFor('drawn', { gpus }))).toEqual({ status: 400, paths: ['gpus'] });

    const engine = new FakeEngine(new SystemClock());
    engine.gpus = true;
    const equipped = await startApp({ engine, env: { BAILIWICK_DEPLOY_STABLE_MS: '0' } });
    const [staff, tenant] = await Promise.all([signIn(equipped), signIn(equipped, { platformRole: 'member' })]);
    const made = await call(equipped, staff, 'POST', '/deployments', { body: wish });
    expect(await finished(equipped, staff, made.body.operation.id)).toMatchObject({ state: 'done', error: null });
    const [{ engineId = '' } = {}] = await engine.list();
    expect(engine.get(engineId).spec).toMatchObject({ gpus: 2 });
    const grant = aGrant(tenant, { kind: 'tenant', id: tenant.user.tenantId }, { role: 'none', allow: ['containers.create', 'containers.createAny'] }); // prettier-ignore
    await new Asking(equipped, staff).change([grant]);
    expect(await call(equipped, tenant, 'POST', '/deployments', { body: wishFor('mine', { gpus: 1 }) })).toMatchObject({
      status: 403,
      body: { params: { missing: ['containers.useGpu'] } },
    });
    await equipped.close();
  });

  it('needs a right of its own', async () => {
    for (const route of ['/deployments', '/deployments/review'])
      expect(await call(app, member, 'POST', route, { body: wishFor('refused') })).toMatchObject({
        status: 403,
        body: { params: { missing: ['containers.createAny'] } },
      });
  });

  it.each([
    ['a preset beside it', { preset: 'web' }, 'image'],
    ['an id', { image: `sha256:${'a'.repeat(64)}` }, 'image'],
    ['a bare id', { image: 'deadbeef0123' }, 'image'],
    ['a long bare id', { image: 'a'.repeat(64) }, 'image'],
    ['an image with a space', { image: 'busybox local' }, 'image'],
    ['an answer to no question', { answers: { a: 'b' } }, 'answers.a'],
    ['a volume without a place', { volumes: [{ name: 'data' }] }, 'volumes.0.target'],
    ['a volume over the engine’s own', { volumes: [{ name: 'data', target: '/proc/x' }] }, 'volumes.0.target'],
    ['two volumes of one name', { volumes: [{ name: 'a', target: '/a' }, { name: 'a', target: '/b' }] }, 'volumes.1'], // prettier-ignore
    ['two volumes in one place', { volumes: [{ name: 'a', target: '/a' }, { name: 'b', target: '//a/' }] }, 'volumes.1'], // prettier-ignore
    ['a port twice', { ports: [{ containerPort: 80 }, { containerPort: 80 }] }, 'ports.1'],
    ['a foreign address', { ports: [{ containerPort: 80, ip: '203.0.113.9' }] }, 'ports.0.ip'],
    ['a name for an address', { ports: [{ containerPort: 80, ip: 'localhost' }] }, 'ports.0.ip'],
    ['an installation and nothing to start', { installCommand: ['make'], options: {} }, 'options.command'],
    ['a program of its own for a protocol', { protocol: 'node-npm', options: { entrypoint: ['a'] } }, 'options.entrypoint'], // prettier-ignore
    ['root under strict', { profile: 'strict', options: { user: '00:1' } }, 'options.user'],
    ['a user by name', { options: { user: 'root' } }, 'options.user'],
    ['a start in /proc by a way round', { options: { workingDir: '/a/../proc' } }, 'options.workingDir'],
    ['a start in /proc', { options: { workingDir: '//proc/self/fd/8' } }, 'options.workingDir'],
  ])('is refused with %s', async (_, more, path) => {
    const { status, paths } = await refusalOf(wishFor('never', more));
    expect(status).toBe(400);
    expect(paths).toContain(path);
    expect((await fakeEngine(app).list()).some(({ name }) => name === 'never')).toBe(false);
  });

  it('is neither a preset nor an image and says so', async () => {
    expect(await refusalOf({ name: 'nothing' })).toEqual({ status: 400, paths: ['image'] });
  });
});
