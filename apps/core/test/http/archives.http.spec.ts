import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'; // prettier-ignore
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ArchiveContent, type Capability, Operation, type UnpackArchive } from '@bailiwick/contract';
import type request from 'supertest';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { tar, tarPart, zip } from '../archive-bytes.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking, memberOn } from '../granting.js';
import { hostileArchives } from '../hostile-archives.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

let core: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let app: SeenContainer;
let workspace: string;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
  fakeEngine(core).workspacesDir = path.join(core.config.storageDir, 'workspaces');
});
afterAll(() => core.close());
beforeEach(async () => {
  const name = `default/${newId('ct')}`;
  workspace = path.join(core.config.storageDir, 'workspaces', name);
  mkdirSync(path.join(workspace, 'sub'), { recursive: true });
  app = await ownedOnEngine(core, owner.user, { name: `ar-${(made += 1)}`, image: 'python:3.12', volumes: [{ name, target: '/app' }] }); // prettier-ignore
  fakeEngine(core).get(app.engineId).files.makeFolder('/data');
  member = await memberOn(core, owner, app, 'files.read', 'files.write');
});

const memberWith = (...allow: Capability[]) => memberOn(core, owner, app, ...allow);
const inside = (...parts: string[]) => path.join(workspace, ...parts);
const put = (name: string, bytes: Buffer | string) => writeFileSync(inside(name), bytes);
const text = (name: string) => readFileSync(inside(name), 'utf8');
/** All there is, by its path, with what is in it. */
function tree(folder = workspace, above = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry): Array<[string, string]> => {
      const at = `${above}${entry.name}`;
      if (entry.isDirectory())
        return [[`${at}/`, ''], ...Object.entries(tree(path.join(folder, entry.name), `${at}/`))];
      return [[at, statSync(path.join(folder, entry.name)).size > 100_000 ? 'long' : readFileSync(path.join(folder, entry.name), 'latin1')]]; // prettier-ignore
    }),
  );
}
const look = (at: string, who = member) => new Asking(core, who).get(`containers/${app.id}/files/archive?path=${encodeURIComponent(at)}`); // prettier-ignore
const unpack = (wish: Partial<UnpackArchive> & { path: string }, who = member) =>
  new Asking(core, who).post(`containers/${app.id}/files/unpack`, { into: '/app', ...wish });
const pack = (wish: object, who = member) =>
  new Asking(core, who).post(`containers/${app.id}/files/pack`, { folder: '/app', ...wish });

const operation = async (id: string, who = member): Promise<Operation> =>
  Operation.parse((await new Asking(core, who).get(`operations/${id}`).expect(200)).body);
async function ended({ body }: request.Response, who = member): Promise<Operation> {
  const { id } = Operation.parse(body.operation);
  await until(async () => !['queued', 'running', 'cancelling'].includes((await operation(id, who)).state), { within: 30_000 }); // prettier-ignore
  return operation(id, who);
}
const trail = async (action: string) => (await new Asking(core, owner).get(`audit?target=${app.id}&action=${action}`)).body.items; // prettier-ignore

describe('looking into an archive', () => {
  it('names what is in it and what it would become', async () => {
    put('pack.zip', zip([{ name: 'folder/', mode: 0o040_755 }, { name: 'folder/a.txt', content: 'aaa' }, { name: 'b', content: 'b' }])); // prettier-ignore
    const { body } = await look('/app/pack.zip').expect(200);
    expect(body).toEqual({
      path: '/app/pack.zip',
      format: 'zip',
      files: 2,
      folders: 1,
      sizeBytes: 4,
      entries: [
        { path: 'folder', kind: 'folder', sizeBytes: 0 },
        { path: 'folder/a.txt', kind: 'file', sizeBytes: 3 },
        { path: 'b', kind: 'file', sizeBytes: 1 },
      ],
    } satisfies ArchiveContent);
  });

  it('says at which entry it would be refused, and what would be too much', async () => {
    put('bad.tar', tar({ name: 'well' }, { name: '../x', content: 'x' }));
    expect((await look('/app/bad.tar').expect(409)).body).toMatchObject({ code: 'archive_refused', params: { reason: 'outside', name: '../x' } }); // prettier-ignore
    put('bomb.zip', zip([{ name: 'zeros', content: Buffer.alloc(2 * 1024 * 1024) }]));
    expect((await look('/app/bomb.zip').expect(413)).body).toMatchObject({ code: 'archive_too_large', params: { reason: 'ratio' } }); // prettier-ignore
    put('text.zip', 'no archive');
    expect((await look('/app/text.zip').expect(409)).body.params).toEqual({ reason: 'unknown_format' });
  });

  it('follows no link, reads nothing but a file, and takes the right to read', async () => {
    put('pack.tar', tar({ name: 'a' }));
    symlinkSync('pack.tar', inside('link.tar'));
    expect((await look('/app/link.tar').expect(409)).body.params).toEqual({ reason: 'link' });
    expect((await look('/app/sub').expect(409)).body.code).toBe('file_refused');
    await look('/app/gone.tar').expect(404);
    await look('/app/pack.tar', await memberWith('files.write')).expect(403);
  });

  it('inside a container there is none', async () => {
    fakeEngine(core)
      .get(app.engineId)
      .files.write('/data/pack.tar', tar({ name: 'a' }));
    expect((await look('/data/pack.tar').expect(409)).body.params).toEqual({ reason: 'inside' });
    put('pack.tar', tar({ name: 'a' }));
    expect((await unpack({ path: '/app/pack.tar', into: '/data/x' }).expect(409)).body.params).toEqual({ reason: 'inside' }); // prettier-ignore
    expect((await pack({ names: ['pack.tar'], to: '/data/x.zip' }).expect(409)).body.params).toEqual({
      reason: 'inside',
    });
  });
});

describe('unpacking', () => {
  const PACKED = tar(
    { name: 'run.sh', content: 'run', mode: 0o4755 },
    { name: 'sub/new.txt', content: 'new', mode: 0o600 },
    { name: 'empty/', type: '5', mode: 0o777 },
  );

  it.each([
    ['tar', (bytes: Buffer) => bytes],
    ['tar.gz', (bytes: Buffer) => gzipSync(bytes)],
    ['zip', () => zip([{ name: 'run.sh', content: 'run', mode: 0o104_755 }, { name: 'sub/new.txt', content: 'new', mode: 0o100_600 }, { name: 'empty/', mode: 0o040_777 }])], // prettier-ignore
  ])('a %s puts its files among what is there, with their rights and the owner of the folder', async (_, of) => {
    put('pack', of(PACKED));
    put('sub/old.txt', 'old');
    chownSync(workspace, 1000, 1000);
    const done = await ended(await unpack({ path: '/app/pack' }).expect(202));
    expect(done).toMatchObject({ name: 'files.unpack', state: 'done', error: null, result: { files: 2, folders: 1, sizeBytes: 6 } }); // prettier-ignore
    rmSync(inside('pack'));
    expect(tree()).toEqual({ 'empty/': '', 'run.sh': 'run', 'sub/': '', 'sub/new.txt': 'new', 'sub/old.txt': 'old' });
    expect(statSync(inside('run.sh'))).toMatchObject({ uid: 1000, gid: 1000 });
    // Nothing runs as its owner for having been unpacked.
    expect(statSync(inside('run.sh')).mode & 0o7777).toBe(0o755);
    expect(statSync(inside('sub/new.txt')).mode & 0o7777).toBe(0o600);
    expect(statSync(inside('empty')).mode & 0o7777).toBe(0o777);
    expect(await trail('files.unpack')).toMatchObject([
      { outcome: 'done', details: { path: '/app/pack', to: '/app' } },
      { outcome: 'intent', details: { path: '/app/pack', to: '/app' } },
    ]);
  });

  it('into a folder that is not there yet makes it, whole', async () => {
    put('pack.tar', PACKED);
    expect(await ended(await unpack({ path: '/app/pack.tar', into: '/app/fresh' }).expect(202))).toMatchObject({ state: 'done' }); // prettier-ignore
    expect(tree(inside('fresh'))).toEqual({ 'empty/': '', 'run.sh': 'run', 'sub/': '', 'sub/new.txt': 'new' });
    expect(statSync(inside('fresh')).mode & 0o777).toBe(0o755);
    expect((await unpack({ path: '/app/pack.tar', into: '/app/no/such/folder' }).expect(404)).body.code).toBe(
      'not_found',
    );
    expect((await unpack({ path: '/app/pack.tar', into: '/app/pack.tar' }).expect(409)).body.code).toBe('file_refused');
  });

  it('replaces nothing that is there unless that is said, and then only files by files', async () => {
    put('pack.tar', PACKED);
    put('sub/new.txt', 'mine');
    const before = tree();
    expect((await ended(await unpack({ path: '/app/pack.tar' }))).error).not.toHaveProperty('params');
    expect(await ended(await unpack({ path: '/app/pack.tar' }))).toMatchObject({ state: 'failed', failedStep: 'check', error: { code: 'file_exists' } }); // prettier-ignore
    expect(tree()).toEqual(before);
    expect(await ended(await unpack({ path: '/app/pack.tar', replace: true }))).toMatchObject({ state: 'done' });
    expect(text('sub/new.txt')).toBe('new');

    mkdirSync(inside('other/run.sh'), { recursive: true });
    writeFileSync(inside('other/sub'), 'a file');
    const there = tree(inside('other'));
    expect(await ended(await unpack({ path: '/app/pack.tar', into: '/app/other', replace: true }))).toMatchObject({ state: 'failed', error: { code: 'file_refused' } }); // prettier-ignore
    expect(tree(inside('other'))).toEqual(there);
  });

  it('writes through no link that lies where a folder is to be', async () => {
    const elsewhere = path.join(core.config.storageDir, `elsewhere-${made}`);
    mkdirSync(elsewhere);
    rmSync(inside('sub'), { recursive: true });
    symlinkSync(elsewhere, inside('sub'));
    put('pack.tar', PACKED);
    for (const replace of [false, true])
      expect(await ended(await unpack({ path: '/app/pack.tar', replace }))).toMatchObject({ state: 'failed' });
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(readdirSync(workspace).sort()).toEqual(['pack.tar', 'sub']);
  });

  it('takes the rights to read and to write, asked again while it works', async () => {
    put('pack.tar', PACKED);
    await unpack({ path: '/app/pack.tar' }, await memberWith('files.read')).expect(403);
    await unpack({ path: '/app/pack.tar' }, await memberWith('files.write')).expect(403);
    await unpack({ path: '/app/pack.tar', into: '/etc' }).expect(403);
    await unpack({ path: '/etc/pack.tar' }).expect(403);
    await unpack({ path: '/app/pack.tar', into: '/app/../etc' }).expect(400);
    await unpack({ path: '/app/pack.tar', into: '/app/.bailiwick-bin/x' }).expect(404);
    expect(tree()).toEqual({ 'pack.tar': tree()['pack.tar'], 'sub/': '' });
  });

  /** Reads and writes for long enough that something can happen meanwhile; takes no room as an archive. */
  function putLong(): void {
    put('long.tar', tarPart({ name: 'zeros', size: 2 * 1024 ** 3 }));
    truncateSync(inside('long.tar'), 2 * 1024 ** 3 + 512 + 1024);
  }
  const atStep = (id: string, step: string) =>
    until(async () => {
      const { note, state } = (await operation(id, owner)).steps.find(({ name }) => name === step) ?? {};
      return state === 'running' && note?.code === 'bytes';
    }, { within: 30_000, what: `The step ${step}` }); // prettier-ignore

  it.each(['check', 'unpack'])(
    'that is cancelled in its step %s leaves nothing behind',
    async (step) => {
      putLong();
      const answer = await unpack({ path: '/app/long.tar', into: '/app/fresh' }).expect(202);
      await atStep(answer.body.operation.id, step);
      await new Asking(core, member).post(`operations/${answer.body.operation.id}/cancel`).expect(202);
      expect(await ended(answer)).toMatchObject({ state: 'cancelled' });
      expect(readdirSync(workspace).sort()).toEqual(['long.tar', 'sub']);
    },
    60_000,
  );

  it('whose person loses the right meanwhile puts nothing in its place, and leaves nothing behind', async () => {
    putLong();
    const answer = await unpack({ path: '/app/long.tar', into: '/app/fresh' }).expect(202);
    await atStep(answer.body.operation.id, 'unpack');
    // What it would take minutes to write is cut to what it has by now.
    await new Asking(core, owner).change([aGrant(member, { kind: 'container', id: app.id }, { role: 'observer', version: 1 })]); // prettier-ignore
    truncateSync(inside('long.tar'), 512);
    const end = await ended(answer, owner);
    expect(end).toMatchObject({ state: 'failed', failedStep: 'unpack' });
    expect(readdirSync(workspace).sort()).toEqual(['long.tar', 'sub']);
  }, 60_000);
});

describe('a hostile archive', () => {
  it('leaves everything as it is, each one of more than 200', async () => {
    put('sub/mine.txt', 'mine');
    const before = tree();
    const outside = readdirSync(core.config.storageDir).sort();
    for (const { name, bytes } of hostileArchives()) {
      put('hostile', bytes);
      const end = await ended(await unpack({ path: '/app/hostile', replace: true }).expect(202));
      expect({ archive: name, ...end }).toMatchObject({ archive: name, state: 'failed', failedStep: 'check' });
      expect(['archive_refused', 'archive_too_large']).toContain(
        end.error && 'code' in end.error ? end.error.code : end,
      );
      // Who follows the operation may not be who sees the files.
      expect(JSON.stringify(end.error)).not.toContain('"name":');
      rmSync(inside('hostile'));
      expect({ name, tree: tree() }).toEqual({ name, tree: before });
    }
    expect(readdirSync(core.config.storageDir).sort()).toEqual(outside);
  }, 240_000);
});

describe('packing', () => {
  beforeEach(() => {
    put('a.txt', 'a');
    put('sub/ü.txt', 'b'.repeat(70_000));
    mkdirSync(inside('sub/empty'));
    symlinkSync('a.txt', inside('sub/link'));
  });

  it.each(['zip', 'tar', 'tar.gz', 'tgz'])('makes a .%s of some names that unpacks to the same', async (kind) => {
    rmSync(inside('sub/link'));
    const done = await ended(await pack({ names: ['a.txt', 'sub'], to: `/app/made.${kind}` }).expect(202));
    expect(done).toMatchObject({ name: 'files.pack', state: 'done', result: { left: 0, sizeBytes: statSync(inside(`made.${kind}`)).size } }); // prettier-ignore
    expect(statSync(inside(`made.${kind}`)).mode & 0o777).toBe(0o644);
    expect(await ended(await unpack({ path: `/app/made.${kind}`, into: '/app/again' }))).toMatchObject({
      state: 'done',
    });
    expect(tree(inside('again'))).toEqual({ 'a.txt': 'a', 'sub/': '', 'sub/empty/': '', 'sub/ü.txt': 'b'.repeat(70_000).replaceAll('b', 'b') }); // prettier-ignore
    expect(await trail('files.pack')).toMatchObject([{ outcome: 'done', details: { to: `/app/made.${kind}` } }, {}]);
  });

  it('leaves out of a zip what other systems would read in another way', async () => {
    put('sub/a\\b', 'x');
    put('C:x', 'x');
    expect(await ended(await pack({ names: ['sub', 'C:x'], to: '/app/made.zip' }))).toMatchObject({
      state: 'done',
      result: { left: 3 },
    });
    expect((await look('/app/made.zip').expect(200)).body.files).toBe(1);
  });

  it('keeps links in a tar and says how many a zip leaves out', async () => {
    expect(await ended(await pack({ names: ['sub'], to: '/app/made.tar.gz' }))).toMatchObject({ result: { left: 0 } });
    expect(gunzipSync(readFileSync(inside('made.tar.gz'))).includes('sub/link')).toBe(true);
    expect(await ended(await pack({ names: ['sub'], to: '/app/made.zip' }))).toMatchObject({ result: { left: 1 } });
  });

  it('takes the place of nothing unless that is said, makes nothing of itself, and knows its kinds by their names', async () => {
    put('made.zip', 'mine');
    expect((await pack({ names: ['a.txt'], to: '/app/made.zip' }).expect(409)).body.code).toBe('file_exists');
    expect(text('made.zip')).toBe('mine');
    expect(await ended(await pack({ names: ['a.txt'], to: '/app/made.zip', replace: true }))).toMatchObject({ state: 'done' }); // prettier-ignore
    expect((await pack({ names: ['sub'], to: '/app/sub/made.zip' }).expect(409)).body.params).toEqual({ reason: 'inside_itself' }); // prettier-ignore
    expect((await pack({ names: ['sub'], to: '/app/made.rar' }).expect(400)).body.code).toBe('invalid_request');
    for (const name of ['..', '../a', '/etc', 'a/b', '.', ''])
      await pack({ names: [name], to: '/app/x.zip' }).expect(400);
    await pack({ names: ['a.txt'], to: '/etc/x.zip' }).expect(403);
    await pack({ names: ['a.txt'], to: '/app/x.zip' }, await memberWith('files.write')).expect(403);
    await pack({ names: ['a.txt'], to: '/app/x.zip' }, await memberWith('files.read')).expect(403);
    expect(existsSync(inside('x.zip'))).toBe(false);
  });

  it('that is cancelled leaves nothing behind', async () => {
    truncateSync(inside('a.txt'), 2 * 1024 ** 3);
    const answer = await pack({ names: ['a.txt'], to: '/app/made.zip' }).expect(202);
    await until(async () => (await operation(answer.body.operation.id)).steps[0]?.note?.code === 'bytes', {
      within: 30_000,
    });
    await new Asking(core, member).post(`operations/${answer.body.operation.id}/cancel`).expect(202);
    expect(await ended(answer)).toMatchObject({ state: 'cancelled' });
    expect(readdirSync(workspace).sort()).toEqual(['a.txt', 'sub']);
  }, 60_000);
});
