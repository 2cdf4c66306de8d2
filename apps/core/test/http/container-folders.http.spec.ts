import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const config = {
  volumes: [{ name: 'site', target: '/srv/site' }],
  explorerRoot: '/srv/site/pages',
  consoleDirectory: '/srv',
};
let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let made = 0;

beforeAll(async () => {
  const BAILIWICK_PRESETS_DIR = presetsFolder({
    site: { config },
    lost: { config: { ...config, explorerRoot: '/etc' } },
    adrift: { config: { ...config, consoleDirectory: '/proc/1' } },
  });
  app = await startApp({ env: { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_PRESETS_DIR } });
  [owner, member] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

const ofPreset = (more: object = {}) => ({ preset: 'site', name: `site-${(made += 1)}`, ...more });
const ofImage = (more: object = {}) => ({
  image: 'busybox:local',
  name: `image-${(made += 1)}`,
  volumes: [{ name: 'data', target: '/data' }],
  options: { command: ['sh', '-c', 'sleep 1000'] },
  ...more,
});
async function deploy(wish: object, who = owner): Promise<string> {
  const { status, body } = await call(app, who, 'POST', '/deployments', { body: wish });
  expect({ status, body }).toMatchObject({ status: 202 });
  return done(body.operation.id, who);
}
async function done(operationId: string, who = owner): Promise<string> {
  const { state, target } = await finished(app, who, operationId);
  expect(state).toBe('done');
  return target.containerId ?? '';
}
const review = async (wish: object) => (await call(app, owner, 'POST', '/deployments/review', { body: wish })).body;
const savedOf = async (id: string, who = owner) =>
  (await call(app, who, 'GET', `/containers/${id}/settings`)).body.saved;
const refused = async (wish: object) => {
  const { status, body } = await call(app, owner, 'POST', '/deployments', { body: wish });
  return [status, ...body.params.issues.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)];
};

describe('where people begin in a container', () => {
  it('is as its preset says from the beginning, or as whoever deploys it chose', async () => {
    expect(await savedOf(await deploy(ofPreset(), member), member)).toMatchObject({
      explorerRoot: '/srv/site/pages',
      consoleDirectory: '/srv',
    });
    const chosen = ofPreset({ explorerRoot: '/srv/site//own/', consoleDirectory: '/' });
    expect(await review(chosen)).toMatchObject({ explorerRoot: '/srv/site/own', consoleDirectory: '/' });
    expect(await savedOf(await deploy(chosen))).toMatchObject({ explorerRoot: '/srv/site/own', consoleDirectory: '/' });
    expect(await review(ofImage())).toMatchObject({ explorerRoot: null, consoleDirectory: null });
  });

  it('is refused where nothing is shared, before anything is made, and the review says so', async () => {
    for (const explorerRoot of ['/', '/etc', '/database', '/srv/sit'])
      expect(await refused(ofPreset({ explorerRoot }))).toEqual([400, 'explorerRoot not_shared']);
    expect(await refused(ofImage({ consoleDirectory: '/proc/self/fd/7' }))).toEqual([400, 'consoleDirectory engine_folder']); // prettier-ignore
    for (const path of ['data', '/data/../etc', '/data\u0000', '/data\n'])
      expect((await refused(ofImage({ explorerRoot: path })))[0]).toBe(400);
    const { checks } = await review(ofImage({ explorerRoot: '/etc' }));
    expect(checks).toContainEqual({
      check: 'answers',
      outcome: 'blocked',
      code: 'answer_invalid',
      params: {
        issues: [
          { path: 'explorerRoot', code: 'not_shared', message: '/etc is in none of the folders it shares: /data.' },
        ],
      },
    });
  });

  it('may lie in a workspace as well', async () => {
    const wish = ofImage({ workspace: '/app', explorerRoot: '/app/public' });
    expect(await savedOf(await deploy(wish))).toMatchObject({ explorerRoot: '/app/public' });
  });

  it('is no preset’s to choose outside of its own folders', async () => {
    for (const [name, reason] of [
      ['lost', /^config\.explorerRoot: \/etc is in none of the folders it shares: \/srv\/site/],
      ['adrift', /^config\.consoleDirectory: Nothing starts in \/proc\/1/],
    ] as const)
      expect((await call(app, owner, 'GET', `/presets/${name}`)).body).toMatchObject({
        state: 'broken',
        reason: expect.stringMatching(reason),
      });
  });

  it('stays when it is made anew, duplicated, exported and brought back', async () => {
    const folders = { explorerRoot: '/data/shown', consoleDirectory: '/data' };
    const id = await deploy(ofImage(folders));
    const { body: anew } = await call(app, owner, 'POST', `/containers/${id}/configuration/apply`, { body: { remake: true } }); // prettier-ignore
    await done(anew.operation.id);
    expect(await savedOf(id)).toMatchObject(folders);
    const { input } = (await call(app, owner, 'GET', `/containers/${id}/duplicate`)).body;
    expect(input).toMatchObject(folders);
    expect(await savedOf(await deploy({ ...input, name: `copy-${made}` }))).toMatchObject(folders);
    const { text } = (await call(app, owner, 'GET', `/containers/${id}/configuration/export?as=json`)).body;
    expect(JSON.parse(text)).toMatchObject(folders);
    const read = await call(app, owner, 'POST', '/deployments/read', { body: { text } });
    expect(read.body).toMatchObject({ input: folders, notUnderstood: [] });
    expect(JSON.parse((await review(ofPreset())).written.json)).toMatchObject({ explorerRoot: '/srv/site/pages' });
    const proved = await openSession(app, owner.user);
    await done((await call(app, proved, 'DELETE', `/containers/${id}`, { body: { force: true } })).body.operation.id);
    await done((await call(app, owner, 'POST', `/bin/${id}/restore`, { body: {} })).body.operation.id);
    expect(await savedOf(id)).toMatchObject(folders);
  });

  it('is kept when it is taken over from outside', async () => {
    const { id } = await seenOnEngine(app, { name: `outside-${(made += 1)}`, image: 'python:3.12' });
    await new Asking(app, owner).put(`containers/${id}/settings`, { consoleDirectory: '/tmp' }).expect(204);
    await new Asking(app, owner).post(`containers/${id}/adopt`, {}).expect(204);
    expect(await savedOf(id)).toMatchObject({ consoleDirectory: '/tmp' });
  });

  it('leads a member with no more than the explorer, and commands', async () => {
    const id = await deploy(ofImage({ explorerRoot: '/data/shown', consoleDirectory: '/data/shown' }));
    const { body } = await call(app, owner, 'GET', `/containers/${id}`);
    const files = fakeEngine(app).get(body.engineId).files;
    files.write('/data/shown/a.txt', Buffer.from('a'));
    files.write('/data/hidden/b.txt', Buffer.from('b'));
    const target = { kind: 'container', id } as never;
    await new Asking(app, owner).change([
      aGrant(member, target, { role: 'observer', allow: ['files.list', 'containers.run'] }),
    ]);
    const asking = new Asking(app, member);
    expect((await asking.get(`containers/${id}/files`)).body).toMatchObject({
      path: '/data/shown',
      roots: [{ path: '/data/shown', kind: 'volume' }],
    });
    await asking.get(`containers/${id}/files?path=/data/hidden`).expect(403);
    expect((await asking.post(`containers/${id}/run`, { command: 'pwd' })).body.stdout).toBe('/data/shown\n');
  });
});
