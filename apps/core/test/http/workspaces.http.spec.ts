import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Volume } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, signIn } from '../sign-in.js';

let core: TestApp;
let owner: Asking;
let made = 0;

beforeAll(async () => {
  core = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        notes: { config: { workspace: '/notes', explorerRoot: '/notes/public' } },
        flask: { config: { protocol: 'python-flask', command: undefined, volumes: [{ name: 'app', target: '/app' }] } },
      }),
    },
  });
  owner = new Asking(core, await signIn(core));
});
afterEach(() => checkInvariants(core));
afterAll(() => core?.close());

const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
/** The same person, a moment after they proved who they are. */
const proved = async () => new Asking(core, await openSession(core, owner.who.user));
const wish = (more: object = {}) => ({
  image: 'busybox:local',
  name: `work-${(made += 1)}`,
  workspace: '/app',
  options: { command: ['sh', '-c', 'sleep 1000'] },
  ...more,
});
const deploy = async (more: object = {}) => {
  const { status, body } = await owner.post('deployments', wish(more));
  expect({ status, body }).toMatchObject({ status: 202 });
  return finished(core, owner.who, body.operation.id);
};
const deployed = async (more: object = {}) => {
  const operation = await deploy(more);
  expect(operation).toMatchObject({ state: 'done', error: null });
  const { containerId: id, name } = operation.result as { containerId: string; name: string };
  return { id, name, folder: folderOf(id) };
};
const folderOf = (id: string) => path.join(core.config.storageDir, 'workspaces', 'default', id);
const specOf = async (name: string) => {
  const seen = await fakeEngine(core).findByName(name);
  return fakeEngine(core).get(seen?.engineId ?? '').spec;
};
const workspaceOf = async (id: string): Promise<Volume> => {
  const { body } = await owner.get(`volumes?q=${id}`);
  return Volume.parse(body.items[0]);
};
const remove = async (id: string, body: object = {}) => {
  const answer = await (await proved()).delete(`containers/${id}`).send({ force: true, ...body });
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202 });
  return finished(core, owner.who, answer.body.operation.id);
};
const issuesOf = async (more: object, who = owner) => {
  const { status, body } = await who.post('deployments', wish(more));
  return { status, issues: (body.params?.issues ?? []).map(({ path: at, code }: { path: string; code: string }) => `${at} ${code}`) }; // prettier-ignore
};

describe('a managed workspace', () => {
  it('is a folder of the panel’s own, only its owner’s, and mounted where it was asked for', async () => {
    const { id, name, folder } = await deployed({ volumes: [{ name: 'data', target: '/data' }] });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect((await specOf(name)).volumes).toEqual([
      { name: expect.stringMatching(/^bw_default_/), target: '/data' },
      { name: `default/${id}`, target: '/app' },
    ]);
    expect(await workspaceOf(id)).toMatchObject({
      kind: 'workspace',
      name: `default/${id}`,
      label: 'workspace',
      target: '/app',
      state: 'attached',
      container: { id },
    });
    const { body } = await owner.get(`containers/${id}/configuration`);
    expect(body.applied.volumes).toContainEqual({ name: `default/${id}`, target: '/app' });
  });

  it('is where its preset says, unless somebody says otherwise', async () => {
    const ofPreset = { image: undefined, preset: 'notes', options: {}, workspace: undefined };
    const { id, name, folder } = await deployed(ofPreset);
    expect(statSync(folder).isDirectory()).toBe(true);
    expect((await specOf(name)).volumes).toEqual([{ name: `default/${id}`, target: '/notes' }]);
    const { body: copy } = await owner.get(`containers/${id}/duplicate`);
    expect(copy.input).toMatchObject({ preset: 'notes', workspace: '/notes' });
    const { body: review } = await owner.post('deployments/review', wish(ofPreset));
    expect(review).toMatchObject({ volumes: [{ name: 'workspace', target: '/notes' }], explorerRoot: '/notes/public' });
    expect(JSON.parse(review.written.json)).toMatchObject({ workspace: '/notes' });
    const elsewhere = await deployed({ ...ofPreset, workspace: '/else', explorerRoot: '/else' });
    expect((await specOf(elsewhere.name)).volumes).toEqual([{ name: `default/${elsewhere.id}`, target: '/else' }]);
    expect(await issuesOf({ ...ofPreset, workspace: '/else' })).toMatchObject({ issues: ['explorerRoot not_shared'] });
    fakeEngine(core).workspacesDir = null;
    try {
      expect(await issuesOf(ofPreset)).toEqual({ status: 400, issues: ['workspace engine_elsewhere'] });
    } finally {
      fakeEngine(core).workspacesDir = '/workspaces';
    }
  });

  it('of a preset is a member’s to deploy, and goes along when the preset is exported and imported', async () => {
    const someone = await member();
    const ofPreset = wish({ image: undefined, preset: 'notes', options: {}, workspace: undefined });
    const { status, body: accepted } = await someone.post('deployments', ofPreset);
    expect(status).toBe(202);
    expect((await finished(core, someone.who, accepted.operation.id)).state).toBe('done');
    const { body: document } = await owner.get('presets/notes/export');
    expect(document.config).toMatchObject({ workspace: '/notes' });
    const { body } = await owner.post('presets/import', { document });
    expect(body).toMatchObject({ format: 'bailiwick', preset: { config: { workspace: '/notes' } } });
  });

  it('takes the place of what a preset would put there, and its project starts in it', async () => {
    const { id, name } = await deployed({ image: undefined, preset: 'flask', workspace: '/app/', options: {} });
    const spec = await specOf(name);
    expect(spec.volumes).toEqual([{ name: `default/${id}`, target: '/app/' }]);
    expect(spec.command?.slice(0, 2)).toEqual(['python-flask', '/app/']);
    const started = await deployed({ workspace: '/project', protocol: 'node-npm', options: {} });
    expect((await specOf(started.name)).command?.slice(0, 2)).toEqual(['node-npm', '/project']);
  });

  it('is shown before it is made, and kept apart from a host’s folders in what a delete leaves', async () => {
    const { body } = await owner.post('deployments/review', wish());
    expect(body.volumes).toEqual([{ name: 'workspace', target: '/app', volumeId: null }]);
    const { id } = await deployed();
    const preview = await owner.get(`containers/${id}/delete-preview`);
    expect(preview.body.stays).toContainEqual({ kind: 'workspace', name: `default/${id}` });
    expect(preview.body.stays.filter(({ kind }: { kind: string }) => kind === 'hostPath')).toEqual([]);
    expect(preview.body.data).toMatchObject({ deletable: true, volumes: [{ label: 'workspace', target: '/app' }] });
  });

  it('is one of its own for another container made like it, and in what is written for other programs', async () => {
    const { id, folder } = await deployed();
    const { body } = await owner.get(`containers/${id}/duplicate`);
    expect(body.input).toMatchObject({ workspace: '/app', volumes: [] });
    const copy = await deployed({ ...body.input, ...wish() });
    expect(copy.folder).not.toBe(folder);
    const flask = await deployed({ image: undefined, preset: 'flask', options: {} });
    expect((await owner.get(`containers/${flask.id}/duplicate`)).body.input).toMatchObject({
      preset: 'flask',
      workspace: '/app',
    });
    const review = await owner.post('deployments/review', wish());
    expect(JSON.parse(review.body.written.json)).toMatchObject({ workspace: '/app', volumes: [] });
  });

  it('stays the same through a stop, a start and being made anew', async () => {
    const { id, name, folder } = await deployed();
    writeFileSync(path.join(folder, 'kept'), 'text');
    await owner.post(`containers/${id}/stop`).expect(200);
    await owner.post(`containers/${id}/start`).expect(200);
    const { body } = await owner.post(`containers/${id}/configuration/apply`, { remake: true });
    expect(await finished(core, owner.who, body.operation.id)).toMatchObject({ state: 'done' });
    expect((await specOf(name)).volumes).toEqual([{ name: `default/${id}`, target: '/app' }]);
    expect(readFileSync(path.join(folder, 'kept'), 'utf8')).toBe('text');
  });

  it('is kept when its container is deleted, comes back with it, and another can go on with it', async () => {
    const { id, folder } = await deployed();
    writeFileSync(path.join(folder, 'kept'), 'text');
    await remove(id);
    expect(await workspaceOf(id)).toMatchObject({ state: 'kept', container: null });
    const { body } = await owner.post(`bin/${id}/restore`, {});
    expect(await finished(core, owner.who, body.operation.id)).toMatchObject({ state: 'done' });
    expect(await workspaceOf(id)).toMatchObject({ state: 'attached', container: { id } });
    await remove(id);
    const { id: volumeId } = await workspaceOf(id);
    const volumes = [{ name: 'work', target: '/srv', volumeId }];
    const next = await deployed({ workspace: undefined, volumes });
    expect((await specOf(next.name)).volumes).toEqual([{ name: `default/${id}`, target: '/srv' }]);
    expect(readFileSync(path.join(folder, 'kept'), 'utf8')).toBe('text');
    expect((await owner.post('deployments', wish({ workspace: undefined, volumes }))).status).toBe(409);
  });

  it('goes with its container where that is asked for, and comes back empty', async () => {
    const { id, name, folder } = await deployed();
    writeFileSync(path.join(folder, 'kept'), 'text');
    await remove(id, { deleteData: true, confirmName: name });
    expect(existsSync(folder)).toBe(false);
    const { body } = await owner.post(`bin/${id}/restore`, {});
    expect(await finished(core, owner.who, body.operation.id)).toMatchObject({ state: 'done' });
    expect(readdirSync(folder)).toEqual([]);
    expect(await workspaceOf(id)).toMatchObject({ label: 'workspace', state: 'attached' });
  });

  it('is deleted by itself once nobody uses it, with its name typed', async () => {
    const { id, folder } = await deployed();
    const { id: volumeId, name } = await workspaceOf(id);
    const gone = async () => (await proved()).delete(`volumes/${volumeId}`).send({ confirmName: name });
    expect((await gone()).body).toMatchObject({ code: 'volume_in_use' });
    await remove(id);
    const { body } = await gone();
    expect(await finished(core, owner.who, body.operation.id)).toMatchObject({ state: 'done' });
    expect(existsSync(folder)).toBe(false);
  });

  it('leaves no folder behind after a deploy that failed', async () => {
    const before = readdirSync(path.dirname(folderOf('ct_aaaaaaaaaaaaaaaa')));
    expect(await deploy({ options: { command: ['sh', '-c', 'exit 3'] } })).toMatchObject({ state: 'failed' });
    expect(readdirSync(path.dirname(folderOf('ct_aaaaaaaaaaaaaaaa')))).toEqual(before);
  });

  it('never follows a link that lies in its place', async () => {
    const { id, name, folder } = await deployed();
    const elsewhere = path.join(core.config.storageDir, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, 'kept'), 'text');
    await remove(id);
    const { id: volumeId, name: typed } = await workspaceOf(id);
    renameSync(folder, `${folder}.aside`);
    symlinkSync(elsewhere, folder);
    const answer = await (await proved()).delete(`volumes/${volumeId}`).send({ confirmName: typed });
    expect(answer.body).toMatchObject({ code: 'volume_refused', params: { reason: 'foreign' } });
    const volumes = [{ name: 'work', target: '/srv', volumeId }];
    expect((await owner.post('deployments', wish({ name, workspace: undefined, volumes }))).body).toMatchObject({ code: 'volume_refused' }); // prettier-ignore
    unlinkSync(folder);
    renameSync(`${folder}.aside`, folder);
    expect(readdirSync(elsewhere)).toEqual(['kept']);
  });

  it('is refused where nothing can be put, or something is, or no path at all was named', async () => {
    expect(await issuesOf({ workspace: '/proc/x' })).toEqual({ status: 400, issues: ['workspace engine_folder'] });
    expect(await issuesOf({ workspace: '/' })).toEqual({ status: 400, issues: ['workspace engine_folder'] });
    expect(await issuesOf({ workspace: '/a/../../etc' })).toMatchObject({ status: 400 });
    expect(await issuesOf({ workspace: 'app' })).toMatchObject({ status: 400 });
    expect(await issuesOf({ workspace: { source: '/etc', target: '/app' } })).toMatchObject({ status: 400 });
    const volumes = [{ name: 'data', target: '/app/' }];
    expect(await issuesOf({ volumes })).toEqual({ status: 400, issues: ['workspace volume_twice'] });
  });

  it('is refused on an engine of another host', async () => {
    fakeEngine(core).workspacesDir = null;
    try {
      expect(await issuesOf({})).toEqual({ status: 400, issues: ['workspace engine_elsewhere'] });
      const { body } = await owner.post('deployments/review', wish());
      expect(body.checks).toContainEqual(expect.objectContaining({ check: 'volumes', outcome: 'blocked' }));
    } finally {
      fakeEngine(core).workspacesDir = '/workspaces';
    }
  });

  it('is nobody else’s to see or to have', async () => {
    const { id } = await deployed();
    await remove(id);
    const stranger = await member();
    const { id: volumeId } = await workspaceOf(id);
    expect((await stranger.get(`volumes/${volumeId}`)).status).toBe(404);
    expect((await stranger.get('volumes')).body.items).toEqual([]);
    expect((await stranger.post('deployments', wish())).status).toBe(403);
  });
});
