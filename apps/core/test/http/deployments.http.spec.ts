import { createServer } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FLAGS } from '@bailiwick/contract';
import { AccessBook } from '../../src/foundation/access/access-book.js';
import { EnvironmentsService } from '../../src/foundation/environments/environments.service.js';
import { networkName } from '../../src/foundation/environments/network-plan.rules.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { aFakeImage } from '../../src/foundation/environments/fake-image.js';
import { fakeEngine } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const HOUR_MS = 3_600_000;
const clock = new ManualClock();
const web = [{ containerPort: 80, label: 'Web', web: true }];
/** The eight switches in their order. */
const flags = (letters: string) =>
  Object.fromEntries(Object.keys(FLAGS).map((flag, position) => [flag, letters[position] === 'T']));
const folder = presetsFolder({
  web: { config: { ports: web } },
  'fixed-port': { config: { ports: [{ containerPort: 80, label: 'Web', suggestedHostPort: 28_080 }] } },
  crash: {
    config: { command: ['sh', '-c', 'echo starting; echo {{password}}; exit 3'], env: { P: '{{password}}' } },
    questions: [{ type: 'secret', name: 'password', label: 'Password', required: false }],
  },
  locked: { config: { profile: 'strict', user: '1000:1000' } },
  sick: { config: { image: 'sick:1', health: { command: ['true'] } } },
  fetched: { config: { image: 'fetched:1', volumes: [{ name: 'data', target: '/data' }] } },
  database: {
    config: { env: { USER: '{{user}}', PASS: '{{password}}' }, volumes: [{ name: 'data', target: '/data' }] },
    questions: [
      { type: 'text', name: 'user', label: 'User', default: 'app', pattern: '^[a-z]+$' },
      { type: 'secret', name: 'password', label: 'Password', required: false, length: 32 },
    ],
  },
  asking: {
    config: { ports: web, env: { HEAP: '{{heap}}', DOOR: '{{door}}' } },
    questions: [
      { type: 'size', name: 'heap', label: 'Heap', default: '2g' },
      { type: 'port', name: 'door', label: 'Door', containerPort: 80 },
    ],
  },
  game: { roles: { moderator: flags('TFTFTFFT'), user: flags('TFTFFTFF') } },
  'lost-game': { config: { image: 'lost:1' }, roles: { user: flags('FFFFFFFF') } },
  closed: { selfService: false, config: { ports: web } },
  weighty: { config: { cpuShares: 512, diskBytes: 2 ** 30 } },
  greedy: { config: { memoryBytes: 64 * 1024 ** 3 } },
});

let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let viewer: SignedInPerson;

const engine = () => fakeEngine(app);
const deploy = async (person: SignedInPerson, wish: object) => {
  const answer = await call(app, person, 'POST', '/deployments', { body: aDeploy(wish) });
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return finished(app, person, answer.body.operation.id);
};
const review = async (wish: object) =>
  (await call(app, owner, 'POST', '/deployments/review', { body: aDeploy(wish) })).body;
const checkOf = async (wish: object, check: string) =>
  (await review(wish)).checks.find((line: { check: string }) => line.check === check);
const made = async (name: string) => (await engine().list()).find((container) => container.name === name);

beforeAll(async () => {
  app = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_SESSION_IDLE_MIN: '1440',
      BAILIWICK_SESSION_MAX_H: '720',
      BAILIWICK_PRESETS_DIR: folder,
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
    const operation = await deploy(member, { name: 'first' });
    expect(operation).toMatchObject({ state: 'done', error: null, result: { name: 'first' } });
    expect(operation.steps.map(({ name }) => name)).toEqual([
      'validate',
      'pull',
      'network',
      'volumes',
      'create',
      'start',
      'healthy',
    ]);
    expect(operation.steps.every(({ state, attempts }) => state === 'done' && attempts === 1)).toBe(true);
    const { body } = await call(app, member, 'GET', `/containers/${operation.target.containerId}`);
    expect(body).toMatchObject({ name: 'first', state: 'running', managed: true, owner: { id: member.user.id } });
    expect(engine().networks.has(networkName({ slug: 'default', id: member.user.tenantId }))).toBe(true);
  });

  it('publishes a random port that stays held over a stop and is free after a delete', async () => {
    const operation = await deploy(owner, { name: 'random' });
    const { containerId, ports } = operation.result as { containerId: string; ports: Array<{ hostPort: number }> };
    const hostPort = ports[0]?.hostPort;
    expect(hostPort).toBeGreaterThanOrEqual(49_152);
    const again = aDeploy({ name: 'other', ports: [{ containerPort: 80, protocol: 'tcp', hostPort: hostPort ?? 0 }] });
    await call(app, owner, 'POST', `/containers/${containerId}/stop`, { body: {} });
    const refused = await call(app, owner, 'POST', '/deployments', { body: again });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'port_conflict', params: { usedBy: { kind: 'container', name: 'random' } } },
    });
    const deletion = await call(app, owner, 'DELETE', `/containers/${containerId}`, { body: {} });
    await finished(app, owner, deletion.body.operation.id);
    expect(await deploy(owner, again)).toMatchObject({ state: 'done' });
  });

  it('pulls an image that is missing, with progress', async () => {
    engine().setPullTime(800);
    const { body } = await call(app, owner, 'POST', '/deployments', {
      body: aDeploy({ preset: 'fetched', name: 'slow' }),
    });
    let seen: number | null = null;
    await until(async () => {
      const { body: now } = await call(app, owner, 'GET', `/operations/${body.operation.id}`);
      seen = now.steps.find(({ name }: { name: string }) => name === 'pull').percent;
      return seen !== null && seen > 0 && seen < 100;
    });
    engine().setPullTime(0);
    expect(await finished(app, owner, body.operation.id)).toMatchObject({ state: 'done' });
  });

  it('generates secrets and hands them out once, to whoever deployed', async () => {
    const operation = await deploy(member, { preset: 'database', name: 'database-one' });
    expect(operation.result).toMatchObject({ generated: [{ name: 'password', label: 'Password' }] });
    const route = `/operations/${operation.id}/secrets`;
    expect((await call(app, owner, 'GET', route)).status).toBe(404);
    const { status, body } = await call(app, member, 'GET', route);
    expect(status).toBe(200);
    expect(body.secrets).toEqual([{ name: 'password', label: 'Password', value: expect.stringMatching(/^\w{32}$/) }]);
    const container = await made('database-one');
    expect(engine().get(container?.engineId ?? '').spec.env).toMatchObject({
      USER: 'app',
      PASS: body.secrets[0].value,
    });
    expect((await call(app, member, 'GET', route)).status).toBe(404);
    for (const table of [
      'operations',
      'operation_steps',
      'operation_secrets',
      'containers',
      'idempotency_keys',
      'audit_events',
    ])
      expect(JSON.stringify(await rowsOf(table))).not.toContain(body.secrets[0].value);
  });

  it('keeps generated secrets from whoever would use them up unseen', async () => {
    const { id } = await deploy(member, { preset: 'database', name: 'database-unseen' });
    const route = `/operations/${id}/secrets`;
    const url = `${app.url}/api/v1${route}`;
    const headers = { cookie: member.cookie };
    expect((await fetch(url, { method: 'HEAD', headers })).status).toBe(405);
    expect((await fetch(url, { headers: { ...headers, 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await call(app, member, 'GET', route)).status).toBe(200);
  });

  it('forgets generated secrets after an hour', async () => {
    const { id } = await deploy(member, { preset: 'database', name: 'database-two' });
    clock.advance(HOUR_MS + 1);
    expect((await call(app, member, 'GET', `/operations/${id}/secrets`)).status).toBe(404);
  });

  it('takes what was typed in confidence and never shows it', async () => {
    const answers = { user: 'me', password: 'typed in confidence' };
    const { id } = await deploy(member, { preset: 'database', name: 'database-three', answers });
    expect(engine().get((await made('database-three'))?.engineId ?? '').spec.env).toMatchObject({
      PASS: answers.password,
    });
    expect((await call(app, member, 'GET', `/operations/${id}/secrets`)).status).toBe(404);
  });
});

describe('the weight and the disk of a preset', () => {
  it('count where nobody says otherwise', async () => {
    const wish = { preset: 'weighty', name: 'weighty' };
    const { body } = await call(app, owner, 'POST', '/deployments/review', { body: aDeploy(wish) });
    expect(body.disk).toEqual({ bytes: 2 ** 30, enforced: false });
    const { body: accepted } = await call(app, owner, 'POST', '/deployments', { body: aDeploy(wish) });
    expect(await finished(app, owner, accepted.operation.id)).toMatchObject({ state: 'done' });
    const seen = await fakeEngine(app).findByName('weighty');
    expect(fakeEngine(app).get(seen?.engineId ?? '').spec.cpuShares).toBe(512);
    const chosen = { ...wish, name: 'weighty-two', diskBytes: 2 ** 29, options: { cpuShares: 100 } };
    const { body: other } = await call(app, owner, 'POST', '/deployments/review', { body: aDeploy(chosen) });
    expect(other.disk).toEqual({ bytes: 2 ** 29, enforced: false });
    expect(JSON.parse(other.written.json).options.cpuShares).toBe(100);
  });
});

describe('what is chosen beyond a preset', () => {
  const options = {
    entrypoint: ['sh', '-c'],
    command: ['sleep 1000 # {{password}}'],
    labels: { team: 'shop' },
    cpuQuota: { quotaUs: 25_000 },
    pids: 99,
    restart: { name: 'on-failure', maximumRetryCount: 2 },
  };

  it('is what the container is started with, word for word, and counts for the quota', async () => {
    const operation = await deploy(member, { name: 'chosen', options });
    expect(operation).toMatchObject({ state: 'done' });
    const container = await made('chosen');
    expect(await engine().inspect(container?.engineId ?? '')).toMatchObject({
      entrypoint: options.entrypoint,
      command: options.command,
      labels: { team: 'shop', 'bailiwick.op': operation.id },
      limits: { pids: 99, cpus: 0.25 },
      restartPolicy: options.restart,
    });
  });

  it('is an environment that is kept as a secret and never shown again, also when it is tried again', async () => {
    const env = { GREETING: 'a long confidence', MODE: 'x' };
    const wish = { preset: 'database', name: 'with-env', options: { env } };
    const looked = await review(wish);
    expect(looked.envNames).toEqual(expect.arrayContaining(['GREETING', 'MODE']));
    engine().failPull('busybox:local', 'unknown');
    engine().images.delete('busybox:local');
    const failed = await deploy(member, wish);
    expect(failed.state).toBe('failed');
    engine().put({ name: 'brings-it', image: 'busybox:local' });
    const { body } = await call(app, member, 'POST', `/operations/${failed.id}/retry`);
    expect(await finished(app, member, body.operation.id)).toMatchObject({ state: 'done' });
    const container = await made('with-env');
    const { env: lines } = await engine().inspect(container?.engineId ?? '');
    expect(lines).toEqual(expect.arrayContaining(['GREETING=a long confidence', 'MODE=x']));
    const rows = [await rowsOf('operations'), await rowsOf('containers')];
    for (const told of [looked, failed, body, ...rows]) expect(JSON.stringify(told)).not.toContain('a long confidence');
  });

  it.each<[string, string, object]>([
    ['options.env', 'a name no environment takes', { env: { 'A B': 'x' } }],
    ['options.labels', 'a label that steers another program', { labels: { 'traefik.enable': 'true' } }],
    ['options.labels', 'one of our own in other letters', { labels: { 'Bailiwick.id': 'ct_x' } }],
    ['options.memorySwapBytes', 'less memory with swap than without', { memorySwapBytes: 8 * 1024 ** 2 }],
    ['options.shmBytes', 'more shared memory than memory', { shmBytes: 1024 ** 3 }],
    ['options.cpuset', 'processors by no number', { cpuset: 'all' }],
    ['options.restart', 'tries of a policy that counts none', { restart: { name: 'always', maximumRetryCount: 3 } }],
    ['options', 'what is nobody’s to choose', { privileged: true }],
  ])('is refused at %s for %s', async (path, _what, wrong) => {
    const { status, body } = await call(app, member, 'POST', '/deployments', {
      body: { ...aDeploy({ name: 'wrong' }), options: wrong },
    });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_request' });
    expect(body.params.issues[0].path).toContain(path);
  });

  it('is looked at before: a processor the host does not have is in the way', async () => {
    expect(await checkOf({ name: 'x1', options: { cpuset: '0-400' } }, 'memory')).toMatchObject({
      outcome: 'blocked',
      code: 'cpus_exceed_host',
    });
  });
});

describe('a deploy that fails', () => {
  it('says with which words the container ended, and leaves nothing behind', async () => {
    const operation = await deploy(owner, { preset: 'crash', name: 'crashing' });
    expect(operation).toMatchObject({
      state: 'failed',
      failedStep: 'healthy',
      error: { code: 'start_failed', params: { exitCode: 3, lines: ['starting', '•••'] } },
    });
    expect(await made('crashing')).toBeUndefined();
    expect(await deploy(owner, { name: 'crashing' })).toMatchObject({ state: 'done' });
  });

  it('says that the health check did not pass', async () => {
    engine().images.set('sick:1', { ...imageOf('busybox:local'), health: { becomes: 'unhealthy', afterMs: 0 } });
    expect(await deploy(owner, { preset: 'sick', name: 'sickly' })).toMatchObject({
      state: 'failed',
      failedStep: 'healthy',
      error: { code: 'unhealthy' },
    });
    expect(await made('sickly')).toBeUndefined();
  });

  it('says which image cannot be had, removes its volume and frees its port', async () => {
    engine().images.delete('fetched:1');
    engine().failPull('fetched:1', 'unknown');
    const volumes = [...engine().volumes.keys()];
    const operation = await deploy(owner, { preset: 'fetched', name: 'unfetched' });
    expect(operation).toMatchObject({
      state: 'failed',
      failedStep: 'pull',
      error: { code: 'image_unavailable', params: { image: 'fetched:1' } },
    });
    expect([...engine().volumes.keys()]).toEqual(volumes);
  });

  it('names who has a port that was taken behind our back, and shows the engine’s words to staff only', async () => {
    engine().occupyPort(28_081);
    const wish = { ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 28_081 }] };
    const asStaff = await deploy(owner, { name: 'stolen-one', ...wish });
    expect(asStaff).toMatchObject({
      state: 'failed',
      failedStep: 'start',
      error: { code: 'port_conflict', params: { hostPort: 28_081, usedBy: { kind: 'host' } } },
    });
    expect(asStaff.error?.raw).toMatch(/already allocated/);
    expect((await deploy(member, { name: 'stolen-two', ...wish })).error).not.toHaveProperty('raw');
  });

  it('can be tried again with the same wish', async () => {
    engine().failPull('busybox:local', 'unknown');
    engine().images.delete('busybox:local');
    const failed = await deploy(owner, { name: 'again', options: { pids: 99 } });
    expect(failed).toMatchObject({ state: 'failed', rights: { can: expect.arrayContaining(['operations.retry']) } });
    engine().put({ name: 'brings-the-image', image: 'busybox:local' });
    const { status, body } = await call(app, owner, 'POST', `/operations/${failed.id}/retry`);
    expect(status).toBe(202);
    expect(body.operation.id).not.toBe(failed.id);
    expect(await finished(app, owner, body.operation.id)).toMatchObject({ state: 'done', target: { label: 'again' } });
    expect(await engine().inspect((await made('again'))?.engineId ?? '')).toMatchObject({ limits: { pids: 99 } });
  });
});

describe('the roles of a preset', () => {
  const rightsOf = async (person: SignedInPerson, id: string) =>
    (await call(app, person, 'GET', `/containers/${id}`)).body.rights.can;

  it('are what roles mean on what is deployed from it, for who deployed it as well as for staff', async () => {
    const { target } = await deploy(member, { preset: 'game', name: 'game-one' });
    const id = target.containerId ?? '';
    const [moderator, user] = [
      await signIn(app, { platformRole: 'member' }),
      await signIn(app, { platformRole: 'member' }),
    ];
    const asking = new Asking(app, member);
    const container = { kind: 'container' as const, id: target.containerId ?? 'ct_' };
    await asking.change([
      aGrant(moderator, container, { role: 'moderator' }),
      aGrant(user, container, { role: 'user' }),
    ]);
    expect(await rightsOf(moderator, id)).toEqual(
      expect.arrayContaining(['containers.start', 'containers.settingsPorts', 'files.read']),
    );
    for (const gone of ['containers.run', 'containers.settingsStartup', 'files.write'])
      expect(await rightsOf(moderator, id)).not.toContain(gone);
    expect(await rightsOf(user, id)).toContain('files.write');
    const { exceptions } = (await asking.get(`access/on?resource=${id}`)).body;
    expect(exceptions.map(({ role }: { role: string }) => role).sort()).toEqual(['moderator', 'user']);
    // What it says is no way to hand on what one does not hold.
    const change = {
      op: 'exception',
      containerId: id,
      role: 'user',
      allow: ['containers.inspect'],
      deny: [],
      version: 1,
    };
    const refused = await asking.post('access/changes', { changes: [change], reason: '' });
    expect(refused.body).toMatchObject({ code: 'forbidden', params: { missing: ['containers.inspect'] } });
    const { body: trail } = await call(app, owner, 'GET', '/audit?action=access.change&outcome=done');
    expect(trail.items.find((event: { target: { id: string } }) => event.target.id === id)).toBeDefined();
  });

  it('go with a deployment that failed, also out of memory', async () => {
    engine().images.delete('lost:1');
    engine().failPull('lost:1', 'unknown');
    const failed = await deploy(member, { preset: 'lost-game', name: 'lost-one' });
    expect(failed.state).toBe('failed');
    const rows = await rowsOf('role_exceptions');
    expect(JSON.stringify(rows)).not.toContain(failed.target.containerId);
    expect([...app.app.get(AccessBook).state.exceptions.keys()]).not.toContain(failed.target.containerId);
  });

  it('are not written for a deployment that was not accepted', async () => {
    const before = await rowsOf('role_exceptions');
    const { status } = await call(app, member, 'POST', '/deployments', {
      body: aDeploy({ preset: 'game', name: 'game-one' }),
    });
    expect(status).toBe(409);
    expect(await rowsOf('role_exceptions')).toEqual(before);
  });
});

describe('a question about a port', () => {
  it('is answered with the host port it is published on, and told the container; left out, with a free one', async () => {
    await deploy(member, { preset: 'asking', name: 'asked', answers: { door: 28_095, heap: '512m' } });
    const asked = engine().get((await made('asked'))?.engineId ?? '').spec;
    expect(asked).toMatchObject({
      ports: [{ hostPort: 28_095, containerPort: 80 }],
      env: { DOOR: '28095', HEAP: String(512 * 1024 ** 2) },
    });
    await deploy(member, { preset: 'asking', name: 'unasked' });
    const { ports, env } = engine().get((await made('unasked'))?.engineId ?? '').spec;
    expect(env['DOOR']).toBe(String(ports[0]?.hostPort));
  });

  it('is looked at before, and refused where somebody has that port', async () => {
    const wish = { preset: 'asking', name: 'late', answers: { door: 28_095 } };
    expect(await checkOf(wish, 'ports')).toMatchObject({ outcome: 'blocked', code: 'port_conflict' });
    const { status, body } = await call(app, member, 'POST', '/deployments', { body: aDeploy(wish) });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'port_conflict' });
  });
});

describe('a preset that is not for self-service', () => {
  const wish = (name: string) => ({ body: aDeploy({ preset: 'closed', name }) });
  const entryFor = async (person: SignedInPerson) => (await call(app, person, 'GET', '/presets/closed')).body.rights;

  it('is deployed by staff, and by a member who was given to deploy anything in the tenant', async () => {
    expect(await deploy(owner, { preset: 'closed', name: 'closed-staff' })).toMatchObject({ state: 'done' });
    const lead = await signIn(app, { platformRole: 'member' });
    expect((await call(app, lead, 'POST', '/deployments', wish('closed-lead'))).status).toBe(403);
    const asking = new Asking(app, owner);
    const tenant = { kind: 'tenant' as const, id: lead.user.tenantId };
    await asking.change([aGrant(lead, tenant, { role: 'none', allow: ['containers.createAny'] })]);
    expect(await entryFor(lead)).toEqual({ can: ['containers.create'], why: {} });
    expect(await deploy(lead, { preset: 'closed', name: 'closed-lead' })).toMatchObject({ state: 'done' });
  });

  it('is shown to a member with the reason, and refused to them, in the review as well', async () => {
    expect(await entryFor(member)).toEqual({
      can: [],
      why: { 'containers.create': { code: 'not_self_service', params: { capability: 'containers.createAny' } } },
    });
    for (const route of ['/deployments', '/deployments/review'])
      expect(await call(app, member, 'POST', route, wish('closed-member'))).toMatchObject({
        status: 403,
        body: { code: 'forbidden', params: { missing: ['containers.createAny'] } },
      });
    expect(await made('closed-member')).toBeUndefined();
  });

  it('is never deployed by a viewer, whatever they were given', async () => {
    await new Asking(app, owner).change([
      aGrant(viewer, { kind: 'tenant', id: viewer.user.tenantId }, { role: 'none', allow: ['containers.createAny'] }),
    ]);
    expect(await entryFor(viewer)).toMatchObject({ can: [], why: { 'containers.create': { code: 'viewer' } } });
    for (const preset of ['closed', 'web'])
      expect(
        (await call(app, viewer, 'POST', '/deployments', { body: aDeploy({ preset, name: 'never' }) })).status,
      ).toBe(403);
  });
});

describe('a deploy is refused', () => {
  it('to a viewer, naming what is missing', async () => {
    const { status, body } = await call(app, viewer, 'POST', '/deployments', { body: aDeploy({ name: 'nope' }) });
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { code: 'forbidden', params: { missing: ['containers.create'] } },
    });
  });

  it.each([
    ['a name of one character', { name: 'a' }, 400, 'invalid_request'],
    ['a name with a slash', { name: 'a/b' }, 400, 'invalid_request'],
    ['a port below 1024', { name: 'low', ports: [{ containerPort: 80, hostPort: 80 }] }, 400, 'invalid_request'],
    [
      'a port the preset does not open',
      { name: 'odd', ports: [{ containerPort: 81, hostPort: 28_090 }] },
      400,
      'invalid_request',
    ],
    ['an unknown field', { name: 'odd', privileged: true }, 400, 'invalid_request'],
    ['an answer nobody asked for', { name: 'odd', answers: { colour: 'red' } }, 400, 'answer_invalid'],
    [
      'an answer of the wrong form',
      { preset: 'database', name: 'odd', answers: { user: 'A B' } },
      400,
      'answer_invalid',
    ],
    ['a preset that is not there', { preset: 'nothing', name: 'odd' }, 404, 'not_found'],
    ['an environment that is not there', { env: 'env_aaaaaaaaaaaaaaaa', name: 'odd' }, 404, 'not_found'],
    ['a name that is taken', { name: 'first' }, 409, 'name_taken'],
  ])('for %s', async (_, wish, status, code) => {
    const answer = await call(app, owner, 'POST', '/deployments', { body: aDeploy(wish as object) });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('for a port that another program listens on, before the engine is asked', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const wish = { name: 'bound', ports: [{ containerPort: 80, hostPort: port }] };
    const answer = await call(app, owner, 'POST', '/deployments', { body: aDeploy(wish as object) });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'port_conflict', params: { usedBy: { kind: 'host' } } },
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('while the engine is away, with since when', async () => {
    engine().goOffline();
    await until(() => engineState() === 'offline');
    const answer = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ name: 'offline' }) });
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'engine_unavailable', params: { since: expect.any(String) } },
    });
    engine().goOnline();
    await until(() => engineState() === 'online');
  });
});

describe('a review', () => {
  it('says what would be made, and makes nothing', async () => {
    const seen = await review({ preset: 'fixed-port', name: 'reviewed' });
    expect(seen).toMatchObject({
      name: 'reviewed',
      image: 'busybox:local',
      imagePresent: true,
      ports: [{ containerPort: 80, hostPort: 28_080, label: 'Web' }],
      checks: [
        'engine',
        'name',
        'ports',
        'image',
        'user',
        'memory',
        'quota',
        'volumes',
        'answers',
        'secrets',
        'access',
      ].map((check) => ({
        check,
        // The image is like most: it names no user.
        outcome: check === 'user' ? 'warning' : 'ok',
      })),
    });
    expect(await made('reviewed')).toBeUndefined();
  });

  it('writes the same down for other programs, with the names of what is secret and nothing of it', async () => {
    const typed = {
      preset: 'crash',
      name: 'written',
      answers: { password: 'told-in-confidence' },
      options: { env: { KEY: 'sealed-too' }, user: '1000', health: { command: ['true'] } },
    };
    const seen = await review(typed);
    expect(parse(seen.written.compose).services.written).toMatchObject({
      image: 'busybox:local',
      user: '1000',
      environment: ['KEY', 'P'],
      command: ['sh', '-c', 'echo starting; echo {{password}}; exit 3'],
      healthcheck: { test: ['CMD', 'true'] },
    });
    expect(seen.written.run).toContain('-e KEY');
    expect(JSON.parse(seen.written.json).options.env).toEqual({ KEY: '', P: '' });
    expect(JSON.stringify(seen)).not.toMatch(/told-in-confidence|sealed-too/);
  });

  it('says how it would start and be reached', async () => {
    const beside = { domainName: 'tea.example.org', launchUrl: 'https://tea.example.org/' };
    const wish = {
      image: 'busybox:local',
      name: 'said',
      protocol: 'node-npm',
      installCommand: ['npm', 'ci'],
      ...beside,
    };
    const { body } = await call(app, owner, 'POST', '/deployments/review', { body: wish });
    expect(body).toMatchObject({ protocol: 'node-npm', installCommand: ['npm', 'ci'], ...beside });
  });

  describe('looks for its image', () => {
    const look = async (image: string) => {
      const wish = { image, name: 'looked-for' };
      const { body } = await call(app, owner, 'POST', '/deployments/review', { body: wish });
      return body.checks.find(({ check }: { check: string }) => check === 'image');
    };

    it('on the host, with its size', async () => {
      engine().images.set('here:1', aFakeImage({ bytes: 123_456 }));
      expect(await look('here:1')).toMatchObject({
        outcome: 'ok',
        code: 'image_present',
        params: { sizeBytes: 123_456 },
      });
    });

    it('and at its registry, which is asked once in a while', async () => {
      expect(await look('far:1')).toMatchObject({ outcome: 'warning', code: 'image_pulled' });
      const before = engine().calls;
      await look('far:1');
      expect(engine().calls).toBe(before + 1);
    });

    it('and says that nobody has it', async () => {
      engine().failPull('gone:1', 'unknown');
      expect(await look('gone:1')).toMatchObject({ outcome: 'blocked', code: 'image_missing' });
    });

    it.each(['unreachable', 'unauthorized'] as const)(
      'and says so where its registry says nothing: %s',
      async (failure) => {
        engine().failPull(`${failure}:1`, failure);
        expect(await look(`${failure}:1`)).toMatchObject({ outcome: 'warning', code: 'image_not_looked_up' });
      },
    );

    it('and for which processors it is made', async () => {
      engine().failPull('foreign:1', 'platform');
      engine().images.set('foreign:2', aFakeImage({ platform: { os: 'linux', architecture: 'arm64' } }));
      const blocked = { outcome: 'blocked', code: 'image_platform' };
      expect(await look('foreign:1')).toMatchObject({
        ...blocked,
        params: { madeFor: ['linux/s390x'], host: 'x86_64' },
      });
      expect(await look('foreign:2')).toMatchObject({ ...blocked, params: { madeFor: ['linux/arm64'] } });
    });
  });

  it('runs as whom its preset names, unless somebody else is chosen, and never as root under the strict profile', async () => {
    expect(await checkOf({ preset: 'locked' }, 'user')).toMatchObject({ outcome: 'ok', params: { user: '1000:1000' } });
    const asRoot = { preset: 'locked', options: { user: '0' } };
    expect(await checkOf(asRoot, 'user')).toMatchObject({ outcome: 'blocked', code: 'root_refused' });
    const { status, body } = await call(app, owner, 'POST', '/deployments', { body: { ...asRoot, name: 'as-root' } });
    expect({ status, path: body.params.issues[0].path }).toEqual({ status: 400, path: 'options.user' });
    for (const [name, user, runsAs] of [
      ['as-preset', undefined, '1000:1000'],
      ['as-chosen', '2000', '2000'],
    ] as const) {
      const wish = { preset: 'locked', name, ...(user && { options: { user } }) };
      const { body: accepted } = await call(app, owner, 'POST', '/deployments', { body: wish });
      expect(await finished(app, owner, accepted.operation.id)).toMatchObject({ state: 'done' });
      expect(await engine().findByName(name)).toMatchObject({ user: runsAs });
    }
  });

  it('names what is easy to guess of what was typed in confidence, and holds nobody back', async () => {
    const weak = {
      preset: 'crash',
      answers: { password: 'Passw0rd2024!' },
      options: { env: { API_KEY: 'short', MODE: 'fast' } },
    };
    expect(await checkOf(weak, 'secrets')).toMatchObject({
      outcome: 'warning',
      code: 'secrets_weak',
      params: { names: ['Password', 'API_KEY'] },
    });
    const strong = {
      preset: 'crash',
      answers: { password: 'seven quiet herons' },
      options: { env: { DB_PASSWORD_FILE: '/x' } },
    };
    expect(await checkOf(strong, 'secrets')).toMatchObject({ outcome: 'ok' });
    expect(await checkOf({ preset: 'crash' }, 'secrets')).toMatchObject({ outcome: 'ok', code: 'secrets_fine' });
  });

  it('takes another port when the suggested one is busy, and says so', async () => {
    await deploy(owner, { preset: 'fixed-port', name: 'holder' });
    const seen = await checkOf({ preset: 'fixed-port', name: 'second' }, 'ports');
    expect(seen).toMatchObject({
      outcome: 'warning',
      code: 'ports_replaced',
      params: { replaced: [{ suggested: 28_080 }] },
    });
  });

  it.each([
    ['name', 'name_taken', { name: 'first' }],
    ['ports', 'port_conflict', { name: 'x1', ports: [{ containerPort: 80, hostPort: 28_080 }] }],
    ['memory', 'memory_exceeds_host', { preset: 'greedy', name: 'x1' }],
    ['memory', 'cpus_exceed_host', { name: 'x1', cpus: 200 }],
    ['answers', 'answer_invalid', { preset: 'database', name: 'x1', answers: { user: '1' } }],
  ])('blocks on %s with %s', async (check, code, wish) => {
    expect(await checkOf(wish, check)).toMatchObject({ outcome: 'blocked', code });
  });

  it.each([
    ['memoryBytes', { preset: 'greedy', name: 'x2' }],
    ['cpus', { name: 'x2', cpus: 200 }],
    ['cpus', { name: 'x2', options: { cpuset: '0-63' } }],
  ])('is not needed for a deploy to be refused for %s', async (path, wish) => {
    const { status, body } = await call(app, owner, 'POST', '/deployments', { body: aDeploy(wish) });
    expect({ status, issues: body.params?.issues }).toMatchObject({ status: 400, issues: [{ path, code: 'too_big' }] });
    expect(await made('x2')).toBeUndefined();
  });

  it('hides from a member whose container has the port', async () => {
    const wish = aDeploy({ name: 'x1', ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 28_080 }] });
    const { body } = await call(app, member, 'POST', '/deployments/review', { body: wish });
    const ports = body.checks.find(({ check }: { check: string }) => check === 'ports');
    expect(ports.params.usedBy).toEqual({ kind: 'container', id: null, name: null });
  });
});

describe('the catalogue', () => {
  it('shows a file added by hand, a changed one and a broken one without a restart', async () => {
    const named = async (name: string) =>
      (await call(app, viewer, 'GET', '/presets')).body.items.find(
        (entry: { preset?: { name: string }; file?: string }) => (entry.preset?.name ?? entry.file) === name,
      );
    expect(await named('added')).toBeUndefined();
    const text = readFileSync(path.join(folder, 'web.json'), 'utf8').replace('"name":"web"', '"name":"added"');
    writeFileSync(path.join(folder, 'added.json'), text);
    expect(await named('added')).toMatchObject({ state: 'ready' });
    writeFileSync(path.join(folder, 'added.json'), text.replace('Made for a test.', 'Changed.'));
    expect(await named('added')).toMatchObject({ preset: { description: 'Changed.' } });
    writeFileSync(path.join(folder, 'added.json'), '{ "name": ');
    expect(await named('added.json')).toMatchObject({ state: 'broken', reason: expect.stringMatching(/JSON/) });
    const refused = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ preset: 'added', name: 'xx' }) });
    expect(refused).toMatchObject({ status: 409, body: { code: 'preset_broken' } });
  });

  it('answers 304 to who has it already', async () => {
    const first = await call(app, viewer, 'GET', '/presets');
    const etag = first.headers.get('etag') ?? '';
    const second = await fetch(`${app.url}/api/v1/presets`, { headers: { ...viewer.headers, 'if-none-match': etag } });
    expect(second.status).toBe(304);
  });
});

const engineState = () => app.app.get(EnvironmentsService).states()[0]?.state;
const rowsOf = (table: string) =>
  app.app.get(Database).transaction((rows) => rows.query<unknown[]>(`SELECT * FROM ${table}`));
const imageOf = (ref: string) => {
  const image = engine().images.get(ref);
  if (!image) throw new Error(`The fake engine has no ${ref}.`);
  return image;
};
