import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Capability, UPLOAD_PART_BYTES } from '@bailiwick/contract';
import request from 'supertest';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { UploadsService } from '../../src/features/uploads/uploads.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';
import { metadata, TUS, Uploading } from '../uploading.js';

let core: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let app: SeenContainer;
let workspace: string;
let made = 0;
const LONG = Buffer.from(Array.from({ length: 1_000_003 }, (_, at) => at % 251));
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
  writeFileSync(path.join(workspace, 'old.bin'), 'old', { mode: 0o640 });
  const spec = { name: `up-${(made += 1)}`, image: 'python:3.12', volumes: [{ name, target: '/app' }] };
  app = await ownedOnEngine(core, owner.user, spec);
  fakeEngine(core).get(app.engineId).files.makeFolder('/data');
  member = await memberWith('files.write');
  rmSync(uploads(), { recursive: true, force: true });
});

const memberWith = (...allow: Capability[]) => memberOn(core, owner, app, ...allow);
const uploads = (...parts: string[]) => path.join(core.config.storageDir, 'uploads', ...parts);
const left = () => (existsSync(uploads()) ? readdirSync(uploads()) : []);
const as = (who: SignedInPerson) => new Uploading(core, who, app.id);
type How = Parameters<Uploading['begin']>[2] & { who?: SignedInPerson };
const begin = (at: string, length: number, { who = member, ...how }: How = {}) => as(who).begin(at, length, how);
const begun = (at: string, length: number, how?: Parameters<Uploading['begin']>[2]) => as(member).begun(at, length, how); // prettier-ignore
const send = (location: string, offset: number, bytes: Buffer, who = member) => as(who).send(location, offset, bytes);
const offsetOf = (location: string) => as(member).offsetOf(location);
const trail = async () => (await new Asking(core, owner).get(`audit?target=${app.id}&action=files.upload`)).body.items;

describe('an upload', () => {
  it('comes in parts and is in its place when it is whole, not before', async () => {
    const answer = await begin('/app/sub/new.bin', LONG.length).expect(201);
    expect(answer.headers).toMatchObject({ 'tus-resumable': '1.0.0', 'upload-offset': '0' });
    expect(Date.parse(String(answer.headers['upload-expires']))).toBeGreaterThan(Date.now());
    const location = String(answer.headers['location']);
    const first = await send(location, 0, LONG.subarray(0, 600_000)).expect(204);
    expect(first.headers['upload-offset']).toBe('600000');
    expect(readdirSync(path.join(workspace, 'sub'))).toEqual([]);
    expect(await offsetOf(location)).toBe(600_000);
    await send(location, 600_000, LONG.subarray(600_000)).expect(204);
    expect(readFileSync(path.join(workspace, 'sub/new.bin')).equals(LONG)).toBe(true);
    expect(statSync(path.join(workspace, 'sub/new.bin')).mode & 0o777).toBe(0o644);
    expect(readdirSync(path.join(workspace, 'sub'))).toEqual(['new.bin']);
    expect(left()).toEqual([]);
    expect((await trail())[0]).toMatchObject({ outcome: 'done', details: { path: '/app/sub/new.bin', bytes: LONG.length } }); // prettier-ignore
    await request(core.url).head(location).set(member.headers).expect(404);
  });

  it('may be empty, may go inside a container, and while nothing runs only to what lies on disk', async () => {
    await begun('/app/empty', 0);
    expect(readFileSync(path.join(workspace, 'empty'))).toHaveLength(0);
    await send(await begun('/data/inside.bin', 5), 0, Buffer.from('12345')).expect(204);
    expect(fakeEngine(core).get(app.engineId).files.get('/data/inside.bin')).toMatchObject({ content: Buffer.from('12345') }); // prettier-ignore
    await new Asking(core, owner).post(`containers/${app.id}/stop`, { timeoutSeconds: 1 });
    await send(await begun('/app/stopped', 1), 0, Buffer.from('x')).expect(204);
    expect((await begin('/data/x', 1).expect(409)).body.code).toBe('wrong_state');
  });

  it('goes on where its connection was lost', async () => {
    const location = await begun('/app/new', LONG.length);
    const { hostname, port } = new URL(core.url);
    const headers = { ...member.headers, ...TUS, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream', 'Content-Length': LONG.length }; // prettier-ignore
    const lost = httpRequest({ hostname, port, path: location, method: 'PATCH', headers });
    lost.on('error', () => undefined);
    lost.write(LONG.subarray(0, 300_000));
    await until(async () => (await offsetOf(location)) === 300_000, { what: 'What was sent' });
    lost.destroy();
    await send(location, await offsetOf(location), LONG.subarray(300_000)).expect(204);
    expect(readFileSync(path.join(workspace, 'new')).equals(LONG)).toBe(true);
  });

  it('goes on nowhere else, with no more than was said, and in parts of 8 MiB', async () => {
    const location = await begun('/app/new', 10);
    expect((await send(location, 3, Buffer.from('x')).expect(409)).body.params).toEqual({ offset: 0 });
    expect((await send(location, 0, Buffer.alloc(11)).expect(413)).body.code).toBe('too_large');
    const long = await begun('/app/long', UPLOAD_PART_BYTES + 10);
    await send(long, 0, Buffer.alloc(UPLOAD_PART_BYTES + 1)).expect(413);
    expect(await offsetOf(long)).toBe(0);
    expect((await request(core.url).patch(location).set({ ...member.headers, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' }).send('x')).status).toBe(412); // prettier-ignore
    expect((await request(core.url).patch(location).set({ ...member.headers, ...TUS, 'Upload-Offset': '0', 'Content-Type': 'text/plain' }).send('x')).status).toBe(415); // prettier-ignore
    expect(readdirSync(workspace).sort()).toEqual(['old.bin', 'sub']);
  });

  it('takes the place of a file where that is said, with its rights, and of nothing else', async () => {
    expect((await begin('/app/old.bin', 3).expect(409)).body.code).toBe('file_exists');
    expect((await begin('/app/sub', 3, { replace: true }).expect(409)).body.code).toBe('file_refused');
    await send(await begun('/app/old.bin', 3, { replace: true }), 0, Buffer.from('new')).expect(204);
    expect(readFileSync(path.join(workspace, 'old.bin'), 'utf8')).toBe('new');
    expect(statSync(path.join(workspace, 'old.bin')).mode & 0o777).toBe(0o640);
  });

  it('waits where its place was taken meanwhile, and leaves what is there', async () => {
    const location = await begun('/app/new', 3);
    writeFileSync(path.join(workspace, 'new'), 'by its program');
    expect((await send(location, 0, Buffer.from('new')).expect(409)).body.code).toBe('file_exists');
    expect(readFileSync(path.join(workspace, 'new'), 'utf8')).toBe('by its program');
    expect(await offsetOf(location)).toBe(3);
    rmSync(path.join(workspace, 'new'));
    symlinkSync('/etc/passwd', path.join(workspace, 'new'));
    await send(location, 3, Buffer.alloc(0)).expect(409);
    rmSync(path.join(workspace, 'new'));
    await send(location, 3, Buffer.alloc(0)).expect(204);
    expect(readFileSync(path.join(workspace, 'new'), 'utf8')).toBe('new');
  });

  it('goes through no link, to no place that is not shared, and only where there is room', async () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    symlinkSync(elsewhere, path.join(workspace, 'door'));
    await begin('/app/door/x', 3).expect(409);
    await begin('/etc/x', 3).expect(403);
    await begin('/app/../etc/x', 3).expect(400);
    await begin('/app/none/x', 3).expect(404);
    expect((await begin('/app/huge', 1024 ** 4 - 1).expect(507)).body.code).toBe('storage_full');
    await begin('/app/huge', 1024 ** 4 + 1).expect(413);
    const location = await begun('/app/sub/x', 3);
    rmSync(path.join(workspace, 'sub'), { recursive: true });
    symlinkSync(elsewhere, path.join(workspace, 'sub'));
    await send(location, 0, Buffer.from('new')).expect(409);
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(elsewhere, { recursive: true });
  });

  it.each([
    ['no length', { 'Upload-Metadata': metadata({ path: '/app/x' }) }, 400],
    ['a length that is none', { 'Upload-Length': '-1', 'Upload-Metadata': metadata({ path: '/app/x' }) }, 400],
    ['no path', { 'Upload-Length': '3', 'Upload-Metadata': metadata({ replace: 'true' }) }, 400],
    ['a path that is no text', { 'Upload-Length': '3', 'Upload-Metadata': `path ${Buffer.from([0xff]).toString('base64')}` }, 400], // prettier-ignore
    ['another version', { 'Tus-Resumable': '0.2.2', 'Upload-Length': '3', 'Upload-Metadata': metadata({ path: '/app/x' }) }, 412], // prettier-ignore
  ])('is not begun with %s', async (_, headers, status) => {
    await request(core.url).post(`/api/v1/containers/${app.id}/files/uploads`).set({ ...member.headers, ...TUS, ...headers }).expect(status); // prettier-ignore
    expect(left()).toEqual([]);
  });

  it('is its own person’s, needs its right and the mark of a page of ours', async () => {
    const location = await begun('/app/new', 3);
    const other = await memberWith('files.write');
    await send(location, 0, Buffer.from('bad'), other).expect(404);
    await request(core.url)
      .delete(location)
      .set({ ...other.headers, ...TUS })
      .expect(404);
    const reader = await memberWith('files.read');
    expect((await begin('/app/x', 3, { who: reader }).expect(403)).body.params.missing).toEqual(['files.write']);
    await send(location, 0, Buffer.from('bad'), reader).expect(403);
    const bare = { cookie: member.cookie, ...TUS, 'Upload-Offset': '0' };
    const part = request(core.url)
      .patch(location)
      .set({ ...bare, 'Content-Type': 'application/offset+octet-stream' });
    expect((await part.send('bad').expect(403)).body.code).toBe('csrf_failed');
    expect(await offsetOf(location)).toBe(0);
  });

  it('ends when its person ends it, and a day after anything came', async () => {
    const location = await begun('/app/new', 3);
    await request(core.url)
      .delete(location)
      .set({ ...member.headers, ...TUS })
      .expect(204);
    expect(left()).toEqual([]);
    const old = await begun('/app/new', 3);
    await begun('/app/newer', 3);
    const yesterday = Date.now() / 1000 - 25 * 3600;
    utimesSync(uploads(path.basename(old)), yesterday, yesterday);
    await core.app.get(UploadsService).clear();
    expect(left().filter((name) => name.startsWith(path.basename(old)))).toEqual([]);
    expect(left()).toHaveLength(2);
  });
});
