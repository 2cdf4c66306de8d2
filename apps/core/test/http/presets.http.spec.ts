import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const folder = presetsFolder({ web: {}, contested: {}, used: {}, unused: {} });
const flags = (on: boolean) =>
  Object.fromEntries(
    ['explorer', 'root_explorer', 'console', 'shell', 'settings', 'edit_files', 'edit_startup', 'edit_ports'].map(
      (name) => [`allow_${name}`, on],
    ),
  );
const aPreset = (change: object = {}) => ({
  name: 'shop',
  title: 'Shop',
  description: 'A shop.',
  categories: ['web'],
  questions: [{ type: 'text', name: 'greeting', label: 'Greeting', default: 'Hello' }],
  roles: { user: flags(false) },
  quickActions: [{ label: 'Save', line: 'save' }],
  logTriggers: [
    { label: 'Ready', pattern: 'Done', severity: 'info' },
    { label: 'No licence', pattern: 'EULA', severity: 'error', fix: { label: 'Accept it', page: 'settings' } },
    { label: 'Full', pattern: 'full', severity: 'warning', fix: { label: 'Save', line: 'save' } },
  ],
  website: { type: 'static-web', label: 'Static', containerPort: 80, volume: 'site' },
  config: {
    image: 'busybox:local',
    env: { GREETING: '{{greeting}}' },
    ports: [{ containerPort: 80, label: 'Web', web: true }],
    volumes: [{ name: 'site', target: '/site' }],
    memoryBytes: 32 * 1024 ** 2,
    cpus: 0.5,
  },
  ...change,
});

let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let viewer: SignedInPerson;
const ask = (person: SignedInPerson, method: string, route: string, body?: unknown) =>
  call(app, person, method, `/presets${route}`, body === undefined ? {} : { body });
const digestOf = async (name: string) => (await ask(owner, 'GET', `/${name}`)).body.digest;
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));

beforeAll(async () => {
  app = await startApp({ env: { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_PRESETS_DIR: folder } });
  [owner, member, viewer] = await Promise.all([
    signIn(app),
    signIn(app, { platformRole: 'member' }),
    signIn(app, { platformRole: 'viewer' }),
  ]);
});
afterAll(() => app?.close());

describe('a preset that is saved', () => {
  it('is a file in the folder, and is read back word for word', async () => {
    const { status, body } = await ask(owner, 'POST', '', aPreset());
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'ready', source: 'saved', archivedAt: null, preset: aPreset() });
    expect(read('shop')).toMatchObject(aPreset());
    expect((await ask(owner, 'GET', '/shop')).body).toEqual(body);
    expect((await ask(member, 'GET', '/shop')).body.preset).toEqual(body.preset);
  });

  it.each(['../x', '/etc/x', '..\\x', 'X'])('under the name %j stays in the folder', async (name) => {
    await ask(owner, 'DELETE', '/x', { version: (await ask(owner, 'GET', '/x')).body.digest ?? '' });
    const { status, body } = await ask(owner, 'POST', '', aPreset({ name }));
    expect(status).toBe(201);
    expect(readdirSync(folder)).toContain(`${body.preset.name}.json`);
    expect(existsSync(path.join(folder, '..', 'x.json'))).toBe(false);
    expect(readdirSync(folder).filter((file) => file.startsWith('.'))).toEqual([]);
  });

  it.each<[string, object, number, string]>([
    ['a name that is taken', aPreset({ name: 'web' }), 409, 'preset_exists'],
    ['a name of nothing', aPreset({ name: '../..' }), 400, 'invalid_request'],
    ['an unknown field', aPreset({ name: 'odd', privileged: true }), 400, 'invalid_request'],
    ['a question nobody asks', aPreset({ name: 'odd', questions: [] }), 400, 'invalid_request'],
    [
      'a relative folder',
      aPreset({ name: 'odd', config: { ...aPreset().config, volumes: [{ name: 'a', target: 'b' }] } }),
      400,
      'invalid_request',
    ],
    [
      'a port that is none',
      aPreset({ name: 'odd', config: { ...aPreset().config, ports: [{ containerPort: 70_000, label: 'A' }] } }),
      400,
      'invalid_request',
    ],
  ])('is refused with %s', async (_, body, status, code) => {
    const answer = await ask(owner, 'POST', '', body);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(existsSync(path.join(folder, 'odd.json'))).toBe(false);
  });

  it('is nobody’s to save but for staff', async () => {
    for (const person of [member, viewer])
      for (const [method, route, body] of [
        ['POST', '', aPreset({ name: 'theirs' })],
        ['POST', '/import', { document: aPreset() }],
        ['PUT', '/web', { preset: aPreset({ name: 'web' }), version: await digestOf('web') }],
        ['DELETE', '/web', { version: await digestOf('web') }],
        ['POST', '/web/restore', undefined],
        ['GET', '/web/versions', undefined],
      ] as const)
        expect((await ask(person, method, route, body)).status).toBe(403);
    expect(existsSync(path.join(folder, 'theirs.json'))).toBe(false);
  });
});

describe('an edit', () => {
  it('keeps what was there before, and says who saved what', async () => {
    const first = await ask(owner, 'GET', '/web');
    const edited = { ...first.body.preset, title: 'Edited' };
    const { status, body } = await ask(owner, 'PUT', '/web', { preset: edited, version: first.body.digest });
    expect({ status, body }).toMatchObject({ status: 200, body: { source: 'saved', preset: { title: 'Edited' } } });
    const { body: versions } = await ask(owner, 'GET', '/web/versions');
    expect(versions.items).toMatchObject([
      { number: 2, digest: body.digest, preset: { title: 'Edited' }, savedBy: { id: owner.user.id } },
      { number: 1, digest: first.body.digest, preset: { title: 'web' }, savedBy: null },
    ]);
    // Of those refused before, a row that says how often may come at any time.
    const { body: trail } = await call(app, owner, 'GET', '/audit?action=presets.update&outcome=done');
    expect(trail.items[0]).toMatchObject({ action: 'presets.update', target: { kind: 'preset', id: 'web' } });
  });

  it('onto what somebody else saved, or changed by hand, is refused', async () => {
    const { body: seen } = await ask(owner, 'GET', '/contested');
    const other = await signIn(app, { platformRole: 'administrator' });
    const one = { preset: { ...seen.preset, title: 'One' }, version: seen.digest };
    const two = { preset: { ...seen.preset, title: 'Two' }, version: seen.digest };
    const answers = await Promise.all([ask(owner, 'PUT', '/contested', one), ask(other, 'PUT', '/contested', two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('preset_changed');
    const version = await digestOf('contested');
    writeFileSync(path.join(folder, 'contested.json'), JSON.stringify({ ...read('contested'), title: 'By hand' }));
    expect((await ask(owner, 'PUT', '/contested', { ...one, version })).body.code).toBe('preset_changed');
    expect((await ask(owner, 'GET', '/contested')).body).toMatchObject({
      source: 'file',
      preset: { title: 'By hand' },
    });
  });

  it('mends a broken file, and cannot give it another name', async () => {
    writeFileSync(path.join(folder, 'torn.json'), '{ "name": "torn"');
    const { body: torn } = await ask(owner, 'GET', '/torn');
    expect(torn).toMatchObject({
      state: 'broken',
      reason: expect.stringMatching(/JSON/),
      rights: { can: ['presets.update', 'presets.delete'] },
    });
    expect(torn.text).toBe('{ "name": "torn"');
    expect((await ask(member, 'GET', '/torn')).body).not.toHaveProperty('text');
    const version = torn.digest;
    expect((await ask(owner, 'PUT', '/torn', { preset: aPreset({ name: 'other' }), version })).status).toBe(400);
    expect((await ask(owner, 'PUT', '/torn', { preset: aPreset({ name: 'torn' }), version })).body.state).toBe('ready');
  });

  it('changes no container that was made before', async () => {
    const { body } = await call(app, owner, 'POST', '/deployments', {
      body: aDeploy({ preset: 'used', name: 'used-one' }),
    });
    await finished(app, owner, body.operation.id);
    const before = await fakeEngine(app).list();
    const { body: seen } = await ask(owner, 'GET', '/used');
    const config = { ...seen.preset.config, image: 'other:1', env: { A: 'b' } };
    await ask(owner, 'PUT', '/used', { preset: { ...seen.preset, config }, version: seen.digest });
    expect(await fakeEngine(app).list()).toEqual(before);
  });
});

describe('a delete', () => {
  it('of one that live containers were made from asks, archives it when told to, and it can be restored', async () => {
    const version = await digestOf('used');
    expect(await ask(owner, 'DELETE', '/used', { version })).toMatchObject({
      status: 409,
      body: { code: 'preset_in_use', params: { count: 1 } },
    });
    expect((await ask(owner, 'DELETE', '/used', { version, archive: true })).body).toEqual({ outcome: 'archived' });
    expect(existsSync(path.join(folder, 'used.json'))).toBe(true);
    expect((await ask(member, 'GET', '/used')).status).toBe(404);
    expect((await ask(owner, 'GET', '/used')).body).toMatchObject({
      archivedAt: expect.any(String),
      rights: { can: ['presets.update', 'presets.delete'], why: { 'containers.create': { code: 'archived' } } },
    });
    const deploy = (person: SignedInPerson) =>
      call(app, person, 'POST', '/deployments', { body: aDeploy({ preset: 'used', name: 'used-two' }) });
    expect(await deploy(owner)).toMatchObject({ status: 409, body: { code: 'preset_archived' } });
    expect((await deploy(member)).status).toBe(404);
    expect((await ask(owner, 'POST', '/used/restore')).body).toMatchObject({ archivedAt: null });
    expect((await ask(owner, 'POST', '/used/restore')).status).toBe(409);
    expect((await ask(member, 'GET', '/used')).status).toBe(200);
  });

  it('of one nobody uses takes its file away, and its name can be had again', async () => {
    const version = await digestOf('unused');
    expect((await ask(owner, 'DELETE', '/unused', { version: 'other' })).body.code).toBe('preset_changed');
    expect((await ask(owner, 'DELETE', '/unused', { version })).body).toEqual({ outcome: 'deleted' });
    expect(existsSync(path.join(folder, 'unused.json'))).toBe(false);
    expect((await ask(owner, 'GET', '/unused')).status).toBe(404);
    expect((await ask(owner, 'POST', '', aPreset({ name: 'unused' }))).status).toBe(201);
    expect((await ask(owner, 'GET', '/unused/versions')).body.items).toHaveLength(2);
  });

  it('of a broken file takes it away as well', async () => {
    writeFileSync(path.join(folder, 'scrap.json'), '{');
    const version = await digestOf('scrap');
    expect((await ask(owner, 'DELETE', '/scrap', { version })).body).toEqual({ outcome: 'deleted' });
    expect(existsSync(path.join(folder, 'scrap.json'))).toBe(false);
  });
});

describe('in the container that was made from it', () => {
  it('has at hand what it says now, for who may use it', async () => {
    const name = 'handy';
    const config = { ...aPreset().config, command: ['sh', '-c', 'sleep 1000'] };
    await ask(owner, 'POST', '', aPreset({ name, config, quickActions: [], logTriggers: [] }));
    const deployed = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ preset: name, name }) });
    const { target } = await finished(app, owner, deployed.body.operation.id);
    const see = async (who: SignedInPerson, what: string) =>
      call(app, who, 'GET', `/containers/${target.containerId}/${what}`);
    expect((await see(owner, 'console')).body).toEqual({ way: 'closed', quickActions: [] });
    expect((await see(owner, 'logs/triggers')).body.items).toEqual([]);
    const { quickActions, logTriggers } = aPreset() as { quickActions: object[]; logTriggers: object[] };
    await ask(owner, 'PUT', `/${name}`, { preset: aPreset({ name, config }), version: await digestOf(name) });
    expect((await see(owner, 'console')).body).toEqual({ way: 'closed', quickActions });
    expect((await see(owner, 'logs/triggers')).body.items).toEqual(logTriggers);
    expect((await see(member, 'logs/triggers')).status).toBe(404);
    await ask(owner, 'DELETE', `/${name}`, { version: await digestOf(name), archive: true });
    expect((await see(owner, 'logs/triggers')).body.items).toEqual(logTriggers);
  });
});

describe('taken elsewhere', () => {
  it('it is its own file, which reads as the same preset there', async () => {
    await ask(owner, 'POST', '', aPreset({ name: 'taken' }));
    const { body, headers } = await ask(member, 'GET', '/taken/export');
    expect(headers.get('content-disposition')).toContain('taken.json');
    expect(body).toEqual(read('taken'));
    const { body: imported } = await ask(owner, 'POST', '/import', { document: body });
    expect(imported).toEqual({ format: 'bailiwick', preset: body, ignored: [] });
  });

  it('a template of an older panel is read, with what means nothing here, and saved only when that is said', async () => {
    const document = {
      name: 'Redis Cache',
      docker_image: 'redis:7-alpine',
      default_ports: { redis: 6379 },
      version: '1',
    };
    const { body } = await ask(owner, 'POST', '/import', { document });
    expect(body).toMatchObject({ format: 'docker-manager', ignored: ['version'], preset: { name: 'redis-cache' } });
    expect(existsSync(path.join(folder, 'redis-cache.json'))).toBe(false);
    expect((await ask(owner, 'POST', '', body.preset)).status).toBe(201);
    const wrong = await ask(owner, 'POST', '/import', { document: { ...document, default_ports: { redis: 70_000 } } });
    expect(wrong).toMatchObject({
      status: 400,
      body: { params: { issues: [{ path: 'document.config.ports.0.containerPort' }] } },
    });
  });
});
