import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Capability } from '@bailiwick/contract';
import request from 'supertest';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { VolumeLabels } from '../../src/foundation/environments/volume-labels.js';
import { VolumeRowsService } from '../../src/foundation/environments/volume-rows.service.js';
import { DiskFiles } from '../../src/features/files/disk-files.driver.js';
import { FileBinsService } from '../../src/features/files/file-bins.service.js';
import { Database } from '../../src/kernel/database/database.js';
import { TooDeep } from '../../src/kernel/disk/remove-tree.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

let core: TestApp;
let owner: SignedInPerson;
let member: Asking;
let app: SeenContainer;
let workspace: string;
let volume: string;
let volumeName: string;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
  fakeEngine(core).workspacesDir = path.join(core.config.storageDir, 'workspaces');
});
afterAll(() => core.close());
beforeEach(async () => {
  made += 1;
  const name = `default/${newId('ct')}`;
  workspace = path.join(core.config.storageDir, 'workspaces', name);
  mkdirSync(workspace, { recursive: true });
  writeFileSync(path.join(workspace, 'main.py'), 'print("ä")\n');
  volume = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  writeFileSync(path.join(volume, 'rows.db'), 'rows');
  volumeName = `bw_default_disk_data${made}`;
  sign({ plain: true });
  const volumes = [{ name, target: '/app' }, { name: volumeName, target: '/app/data' }]; // prettier-ignore
  app = await ownedOnEngine(core, owner.user, { name: `disk-${made}`, image: 'python:3.12', volumes });
  fakeEngine(core).get(app.engineId).files.write('/etc/hostname', Buffer.from('inside'));
  member = await memberWith('files.list', 'files.read', 'files.write');
  return () => rmSync(volume, { recursive: true });
});

/** As this panel makes one. */
function sign({ plain = true, labels }: { plain?: boolean; labels?: Record<string, string> } = {}): void {
  const row = { id: newId('vol'), name: volumeName, operationId: newId('op') };
  const own = core.app.get(VolumeLabels).of(row, owner.user.tenantId);
  fakeEngine(core).volumes.set(volumeName, { labels: labels ?? own, plain, mountpoint: volume });
}
const memberWith = async (...allow: Capability[]) => new Asking(core, await memberOn(core, owner, app, ...allow));
const list = (at?: string, who = member) => who.get(`containers/${app.id}/files${at === undefined ? '' : `?path=${encodeURIComponent(at)}`}`); // prettier-ignore
const read = (at: string) => member.get(`containers/${app.id}/files/content?path=${encodeURIComponent(at)}`);
const write = (at: string, text: string, ifMatch?: string | null) =>
  request(core.url).put(`/api/v1/containers/${app.id}/files/content`).set(member.who.headers).send({ path: at, text, ifMatch }); // prettier-ignore
const stop = () => new Asking(core, owner).post(`containers/${app.id}/stop`, { timeoutSeconds: 1 }).expect(200);

describe('what lies on the core’s own disk', () => {
  it('is read where it lies, workspace and volume, by the deepest place', async () => {
    const { body } = await list().expect(200);
    expect(body).toMatchObject({ path: '/app', by: 'disk', persistent: true, hidden: 0 });
    expect(body.roots).toEqual([{ path: '/app', kind: 'workspace' }, { path: '/app/data', kind: 'volume' }]); // prettier-ignore
    expect(body.items).toMatchObject([{ name: 'main.py', kind: 'file' }]);
    expect((await list('/app/data').expect(200)).body).toMatchObject({ by: 'disk', items: [{ name: 'rows.db' }] });
    expect((await read('/app/data/rows.db').expect(200)).body).toMatchObject({ text: 'rows', mode: '644' });
    expect((await write('/app/data/new', 'ü').expect(200)).body.sizeBytes).toBe(2);
    expect(readFileSync(path.join(volume, 'new'), 'utf8')).toBe('ü');
    const everywhere = await memberWith('files.list', 'files.root');
    expect((await list('/etc', everywhere).expect(200)).body).toMatchObject({ by: 'container', persistent: false });
  });

  it('is there while nothing runs, and what is inside is not', async () => {
    await stop();
    expect((await list().expect(200)).body).toMatchObject({ by: 'disk', path: '/app' });
    const { etag } = (await read('/app/main.py').expect(200)).body;
    await write('/app/main.py', 'print(1)\n', etag).expect(200);
    expect(readFileSync(path.join(workspace, 'main.py'), 'utf8')).toBe('print(1)\n');
    const everywhere = await memberWith('files.list', 'files.root');
    expect((await list('/etc', everywhere).expect(409)).body.code).toBe('wrong_state');
    expect((await list(undefined, everywhere)).body.roots).toMatchObject([{ path: '/app' }, { path: '/app/data' }, { path: '/' }]); // prettier-ignore
  });

  it('leads nowhere else, by no link and no second name', async () => {
    symlinkSync('/etc', path.join(workspace, 'door'));
    symlinkSync('main.py', path.join(workspace, 'also'));
    linkSync(path.join(workspace, 'main.py'), path.join(workspace, 'twin'));
    const { body } = await list();
    expect(body.items).toMatchObject([
      { name: 'also', kind: 'link', target: 'main.py' },
      { name: 'door', kind: 'link', target: '/etc' },
      { name: 'main.py' },
      { name: 'twin' },
    ]);
    for (const asked of [list('/app/door'), read('/app/door/passwd'), read('/app/also'), write('/app/also', 'x')])
      expect((await asked).body).toMatchObject({ code: 'file_refused', params: { reason: 'link' } });
    expect((await write('/app/twin', 'x')).body).toMatchObject({ params: { reason: 'hardlink' } });
    await list('/etc').expect(403);
    await read('/app/../etc/passwd').expect(400);
    expect(existsSync('/etc/x')).toBe(false);
  });

  it('is told when it was changed meanwhile', async () => {
    const { etag } = (await read('/app/main.py')).body;
    writeFileSync(path.join(workspace, 'main.py'), 'by its program');
    expect((await write('/app/main.py', 'x', etag).expect(409)).body.code).toBe('file_changed');
    expect(readFileSync(path.join(workspace, 'main.py'), 'utf8')).toBe('by its program');
    expect(readdirSync(workspace)).toEqual(['main.py']);
  });
});

describe('changes there', () => {
  const files = (rest: string) => `containers/${app.id}/files${rest}`;
  const remove = (who: Asking, at: string, how = '') => who.delete(files(`?path=${encodeURIComponent(at)}${how}`));
  const everything = () => memberWith('files.list', 'files.read', 'files.write', 'files.delete', 'files.chmod');

  it('go from one place to the other, and to the bin of the place something was in', async () => {
    const who = await everything();
    await stop();
    await who.post(files('/folders'), { path: '/app/new' }).expect(204);
    await who.post(files('/move'), { from: '/app/main.py', to: '/app/new/main.py' }).expect(204);
    await who.post(files('/copy'), { from: '/app/new', to: '/app/data/new' }).expect(204);
    await who.post(files('/move'), { from: '/app/data/rows.db', to: '/app/rows.db' }).expect(204);
    expect(readdirSync(workspace).sort()).toEqual(['new', 'rows.db']);
    expect(readFileSync(path.join(volume, 'new/main.py'), 'utf8')).toBe('print("ä")\n');
    await who.put(files('/mode'), { path: '/app/rows.db', mode: '600' }).expect(204);
    expect((await list('/app', who)).body.items[1]).toMatchObject({ name: 'rows.db', mode: '600' });
    await remove(who, '/app/new').expect(200);
    await remove(who, '/app/rows.db', '&forever=true').expect(200);
    expect((await list('/app', who)).body).toMatchObject({ items: [], hidden: 0 });
    const bin = (await list('/app/.bailiwick-bin', who)).body.items;
    expect(bin).toHaveLength(1);
    const kept = `/app/.bailiwick-bin/${bin[0].name}`;
    expect((await list(kept, who)).body.items).toMatchObject([{ name: 'new', kind: 'folder' }]);
    await who.post(files('/move'), { from: `${kept}/new`, to: '/app/new' }).expect(204);
    expect((await list('/app/new', who)).body.items).toMatchObject([{ name: 'main.py' }]);
  });

  it('of what was deleted are undone, by who may write and as far as they go', async () => {
    const who = await everything();
    mkdirSync(path.join(workspace, 'src'));
    writeFileSync(path.join(workspace, 'src/a.py'), 'a');
    const { key } = (await remove(who, '/app/src/a.py').expect(200)).body;
    expect((await remove(who, '/app/data/rows.db', '&forever=true').expect(200)).body).toEqual({ key: null });
    const deleted = (at: string, by = who) => by.get(files(`/deleted?path=${encodeURIComponent(at)}`));
    const { body } = await deleted('/app/src').expect(200);
    expect(body).toEqual({
      items: [{ key, path: '/app/src/a.py', kind: 'file', sizeBytes: 1, deletedAt: expect.any(String) }],
      truncated: false,
    });
    expect((await deleted('/app/data').expect(200)).body.items).toEqual([]);
    const back = (by = who, at = '/app/src/a.py') => by.post(files('/deleted/put-back'), { path: at, key });
    expect((await back(await memberWith('files.list', 'files.delete')).expect(403)).body.params.missing).toEqual(['files.write']); // prettier-ignore
    await back(who, '/app/src/b.py').expect(404);
    await back(who, '/etc/a.py').expect(403);
    await request(core.url).put(`/api/v1/containers/${app.id}/settings`).set(owner.headers).send({ explorerRoot: '/app/src' }).expect(204); // prettier-ignore
    await remove(new Asking(core, owner), '/app/main.py').expect(200);
    expect((await deleted('/app/src').expect(200)).body.items).toHaveLength(1);
    await back().expect(204);
    await back().expect(404);
    expect(readFileSync(path.join(workspace, 'src/a.py'), 'utf8')).toBe('a');
    expect((await deleted('/app/src', new Asking(core, owner)).expect(200)).body.items).toMatchObject([{ path: '/app/main.py' }]); // prettier-ignore
  });

  it('leave what is mounted where it is, and what lies inside the container apart', async () => {
    const who = await everything();
    for (const asked of [remove(who, '/app/data'), who.post(files('/move'), { from: '/app/data', to: '/app/x' })])
      expect((await asked.expect(409)).body.params.reason).toBe('mount');
    const everywhere = await memberWith('files.list', 'files.read', 'files.write', 'files.delete', 'files.root');
    await remove(everywhere, '/app').expect(409);
    const { body } = await everywhere.post(files('/move'), { from: '/etc/hostname', to: '/app/x' }).expect(409);
    expect(body.params.reason).toBe('elsewhere');
    expect(readdirSync(volume)).toEqual(['rows.db']);
  });

  it('put what was deleted a week ago out of the bin', async () => {
    const who = await everything();
    await remove(who, '/app/main.py').expect(200);
    const bin = path.join(workspace, '.bailiwick-bin');
    const [id = ''] = readdirSync(bin);
    const old = `${Math.floor(Date.now() / 1000) - 8 * 86_400}-${id.split('-').slice(1).join('-')}`;
    await who.post(files('/folders'), { path: '/app/x' }).expect(204);
    await remove(who, '/app/x').expect(200);
    renameSync(path.join(bin, id), path.join(bin, old));
    await keepRow(path.relative(path.join(core.config.storageDir, 'workspaces'), workspace));
    await core.app.get(FileBinsService).empty();
    expect(readdirSync(bin)).toHaveLength(1);
    expect(readdirSync(bin)).not.toContain(old);
  });

  it('go on to every other bin where one cannot be emptied', async () => {
    const names = ['first', 'second'].map(() => `default/${newId('ct')}`);
    for (const name of names) {
      mkdirSync(path.join(core.config.storageDir, 'workspaces', name));
      await keepRow(name);
    }
    const emptyBin = jest.spyOn(DiskFiles.prototype, 'emptyBin').mockRejectedValue(new TooDeep());
    try {
      await core.app.get(FileBinsService).empty();
      expect(emptyBin.mock.calls.length).toBeGreaterThanOrEqual(names.length);
    } finally {
      emptyBin.mockRestore();
    }
  });
});

/** As a deploy remembers it. */
const keepRow = (name: string) =>
  core.app.get(Database).transaction((rows) =>
    core.app.get(VolumeRowsService).reserve(rows, {
      id: newId('vol'),
      tenantId: owner.user.tenantId,
      environmentId: localEnvironment(core),
      name,
      label: 'workspace',
      target: '/app',
      containerId: app.id,
      containerName: app.name,
      ownerId: owner.user.id,
      ownerName: owner.user.displayName,
      operationId: newId('op'),
    }),
  );

describe('a volume that is not plainly this panel’s', () => {
  it.each([
    ['has options', () => sign({ plain: false })],
    ['is not signed', () => sign({ labels: {} })],
    ['is not where the core can open it', () => rmSync(volume, { recursive: true })],
    ['is on another host', () => void (fakeEngine(core).workspacesDir = '/elsewhere')],
  ])('is reached from inside: it %s', async (_, change) => {
    change();
    fakeEngine(core).get(app.engineId).files.write('/app/data/inside', Buffer.from('x'));
    expect((await list('/app/data').expect(200)).body).toMatchObject({ by: 'container', items: [{ name: 'inside' }] });
    mkdirSync(volume, { recursive: true });
    fakeEngine(core).workspacesDir = path.join(core.config.storageDir, 'workspaces');
  });
});
