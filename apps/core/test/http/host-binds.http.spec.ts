import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const clock = new ManualClock();
const folder = mkdtempSync(path.join(tmpdir(), 'bw-binds-'));
const media = path.join(folder, 'media');
const moving = path.join(folder, 'moving');

let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;

const wishFor = (name: string, ...binds: object[]) => ({ preset: 'web', name, binds });
const ask = async (person: SignedInPerson, route: string, body: object) => {
  const answer = await call(app, person, 'POST', route, { body });
  return { status: answer.status, body: answer.body };
};
const deploy = async (name: string, ...binds: object[]) => {
  const { status, body } = await ask(owner, '/deployments', wishFor(name, ...binds));
  expect({ status, body }).toMatchObject({ status: 202 });
  return finished(app, owner, body.operation.id);
};
const specOf = async (name: string) => {
  const seen = (await fakeEngine(app).list()).find((container) => container.name === name);
  return fakeEngine(app).get(seen?.engineId ?? '').spec;
};

beforeAll(async () => {
  mkdirSync(media);
  mkdirSync(moving);
  symlinkSync('/etc', path.join(folder, 'link'));
  symlinkSync(path.join(folder, 'circle'), path.join(folder, 'circle'));
  symlinkSync(media, path.join(folder, 'harmless'));
  app = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: { config: { volumes: [{ name: 'data', target: '/data' }] } } }),
    },
  });
  [owner, member] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
});
afterEach(() => checkInvariants(app));
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('folders of the host', () => {
  it('are staff’s alone, and nobody else’s to hand on', async () => {
    for (const route of ['/deployments', '/deployments/review'])
      expect(await ask(member, route, wishFor('not-mine', { source: media, target: '/media' }))).toMatchObject({
        status: 403,
        body: { code: 'forbidden', params: { missing: ['containers.bindHost'] } },
      });
    const handing = aGrant(member, { kind: 'tenant', id: member.user.tenantId }, { role: 'none', allow: ['containers.bindHost'] }); // prettier-ignore
    expect((await new Asking(app, owner).post('access/changes', { changes: [handing], reason: '' })).status).toBeGreaterThanOrEqual(400); // prettier-ignore
  });

  it('take a fresh proof of who one is', async () => {
    clock.advance(6 * 60_000);
    const wish = wishFor('unproved', { source: media, target: '/media' });
    expect(await ask(owner, '/deployments/review', wish)).toMatchObject({ status: 200 });
    expect(await ask(owner, '/deployments', wish)).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
    owner = await openSession(app, owner.user);
    member = await openSession(app, member.user);
  });

  it('are mounted as they were named, read only unless it was said, and are read in the trail', async () => {
    const binds = [
      { source: `${media}//`, target: '/media' },
      { source: path.join(folder, 'harmless'), target: '/same', readOnly: false },
    ];
    const review = await ask(owner, '/deployments/review', wishFor('served', ...binds));
    const plain = [
      { source: media, target: '/media', readOnly: true },
      { ...binds[1], readOnly: false },
    ];
    expect(review.body.binds).toEqual(plain);
    expect(review.body.checks).toContainEqual({
      check: 'binds',
      outcome: 'warning',
      code: 'host_folders',
      params: { names: [media, binds[1]?.source] },
    });
    expect(review.body.written.compose).toContain(`${media}:/media:ro`);
    const { state, target } = await deploy('served', ...binds);
    expect(state).toBe('done');
    expect((await specOf('served')).binds).toEqual(plain);
    const trail = await call(app, owner, 'GET', `/audit?target=${target.containerId}`);
    expect(trail.body.items).toContainEqual(
      expect.objectContaining({ action: 'containers.bindHost', outcome: 'done', details: { binds: plain } }),
    );
  });

  it.each([
    ['the engine’s socket', '/var/run/docker.sock'],
    ['everything', '/'],
    ['a way around', '/srv/../etc'],
    ['a relative path', 'srv'],
    ['a link to what is protected', path.join(folder, 'link')],
    ['something behind such a link', path.join(folder, 'link/ssh')],
    ['a link that leads to itself', path.join(folder, 'circle')],
  ])('are not %s', async (_, source) => {
    const wish = wishFor('refused', { source, target: '/x' });
    const refused = await ask(owner, '/deployments', wish);
    expect(refused).toMatchObject({ status: 400, body: { params: { issues: [{ path: 'binds.0.source' }] } } });
    const { body } = await ask(owner, '/deployments/review', wish);
    expect(body.checks).toContainEqual(expect.objectContaining({ check: 'binds', outcome: 'blocked' }));
  });

  it('are not those of the panel itself', async () => {
    const { storageDir, presetsDir, rootDir } = app.config;
    for (const source of [storageDir, path.dirname(storageDir), path.join(storageDir, 'keys'), presetsDir, rootDir])
      expect(await ask(owner, '/deployments', wishFor('refused', { source, target: '/x' }))).toMatchObject({
        status: 400,
        body: { params: { issues: [{ path: 'binds.0.source', code: 'host_path_protected' }] } },
      });
  });

  it.each([
    ['where a volume is', [{ source: media, target: '/data/' }], 'binds.0.target'],
    ['in a folder of the engine', [{ source: media, target: '/proc/x' }], 'binds.0.target'],
    [
      'two at one place',
      [
        { source: media, target: '/a' },
        { source: moving, target: '//a' },
      ],
      'binds.1.target',
    ],
    ['with anything else about them', [{ source: media, target: '/a', propagation: 'rshared' }], 'binds.0'],
  ])('are not put %s', async (_, binds, issue) => {
    const { status, body } = await ask(owner, '/deployments', wishFor('refused', ...binds));
    expect({ status, paths: body.params.issues.map((each: { path: string }) => each.path) }).toEqual({ status: 400, paths: [expect.stringContaining(issue)] }); // prettier-ignore
  });

  it('are shown to staff alone, and whoever makes the container anew needs the right as well', async () => {
    const { target } = await deploy('shared', { source: media, target: '/media' });
    const id = target.containerId;
    const change = aGrant(member, { kind: 'container', id: String(id) as `ct_${string}` }, { role: 'none', allow: ['containers.see', 'containers.settingsSee', 'containers.recreate', 'containers.delete'] }); // prettier-ignore
    await new Asking(app, owner).change([change]);
    const shown = async (person: SignedInPerson) =>
      (await call(app, person, 'GET', `/containers/${id}/configuration`)).body.applied.binds;
    expect(await shown(owner)).toEqual([{ source: media, target: '/media', readOnly: true }]);
    expect(await shown(member)).toEqual([{ source: null, target: '/media', readOnly: true }]);
    const exported = async (person: SignedInPerson) =>
      (await call(app, person, 'GET', `/containers/${id}/configuration/export?as=run`)).body.text;
    expect(await exported(owner)).toContain(`-v ${media}:/media:ro`);
    expect(await exported(member)).not.toContain(media);

    const anew = await ask(member, `/containers/${id}/configuration/apply`, { remake: true });
    expect(anew).toMatchObject({ status: 403, body: { params: { missing: ['containers.bindHost'] } } });
    const mine = await ask(owner, `/containers/${id}/configuration/apply`, { remake: true });
    expect(await finished(app, owner, mine.body.operation.id)).toMatchObject({ state: 'done' });
    expect((await specOf('shared')).binds).toEqual([{ source: media, target: '/media', readOnly: true }]);

    const gone = await call(app, owner, 'DELETE', `/containers/${id}`, { body: { force: true } });
    await finished(app, owner, gone.body.operation.id);
    expect(await ask(member, `/bin/${id}/restore`, {})).toMatchObject({ status: 403 });
    const back = await ask(owner, `/bin/${id}/restore`, {});
    expect(await finished(app, owner, back.body.operation.id)).toMatchObject({ state: 'done' });
    expect((await specOf('shared')).binds).toEqual([{ source: media, target: '/media', readOnly: true }]);
  });

  it('are looked at again before they are mounted', async () => {
    const { target } = await deploy('turned', { source: moving, target: '/x' });
    rmSync(moving, { recursive: true });
    symlinkSync('/etc', moving);
    const { body } = await ask(owner, `/containers/${target.containerId}/configuration/apply`, { remake: true });
    expect(await finished(app, owner, body.operation.id)).toMatchObject({
      state: 'failed',
      error: { code: 'host_path_refused', params: { path: moving, reason: 'protected' } },
    });
    expect(await specOf('turned')).toMatchObject({ name: 'turned' });
  });

  it('come from nothing that was pasted', async () => {
    const texts = [
      'docker run -v /etc:/x:ro --name a busybox',
      'docker run --mount type=bind,source=/,target=/x --name a busybox',
      'docker run --mount=type=volume,volume-opt=device=/,volume-opt=o=bind,target=/x --name a busybox',
      'docker run --volume=/var/run/docker.sock:/s --name a busybox',
      'services:\n  a:\n    image: busybox\n    volumes: ["/:/x"]',
      'services:\n  a:\n    image: busybox\n    volumes: [{type: bind, source: /etc, target: /x}]',
      'services:\n  a:\n    image: busybox\n    volumes: ["d:/x"]\nvolumes:\n  d:\n    driver_opts: {type: none, o: bind, device: /}',
      'services:\n  a:\n    image: busybox\n    tmpfs: ["/x:source=/etc"]',
    ];
    for (const text of texts) {
      const { status, body } = await ask(owner, '/deployments/read', { text });
      expect({ text, status, binds: body.input?.binds, kept: JSON.stringify(body.input ?? {}).includes('device') }).toEqual({ text, status: 200, binds: undefined, kept: false }); // prettier-ignore
      expect(body.notUnderstood.length).toBeGreaterThan(0);
    }
    const smuggled = [
      { HostConfig: { Binds: ['/:/x'] } },
      { Binds: ['/:/x'] },
      { mounts: [{ Type: 'bind', Source: '/', Target: '/x' }] },
      { options: { binds: [{ source: media, target: '/x' }] } },
      { volumes: [{ name: 'd', target: '/x', source: '/etc' }] },
      { volumes: [{ name: '/etc', target: '/x' }] },
    ];
    for (const more of smuggled)
      expect(await ask(owner, '/deployments', { preset: 'web', name: 'smuggled', ...more })).toMatchObject({ status: 400 }); // prettier-ignore
  });
});
