import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Capability } from '@bailiwick/contract';
import request from 'supertest';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

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
  writeFileSync(path.join(workspace, 'long.bin'), LONG);
  const spec = { name: `down-${(made += 1)}`, image: 'python:3.12', volumes: [{ name, target: '/app' }] };
  app = await ownedOnEngine(core, owner.user, spec);
  fakeEngine(core).get(app.engineId).files.write('/data/inside.bin', LONG);
  member = await memberWith('files.download');
});

const memberWith = (...allow: Capability[]) => memberOn(core, owner, app, ...allow);
const url = (at: string) => `/api/v1/containers/${app.id}/files/download?path=${encodeURIComponent(at)}`;
const download = (at: string, headers: Record<string, string> = {}, who = member) =>
  request(core.url).get(url(at)).set({ ...who.headers, ...headers }).buffer(true).parse(toBuffer); // prettier-ignore
const toBuffer: Parameters<request.Test['parse']>[0] = (response, done) => {
  const pieces: Buffer[] = [];
  response.on('data', (piece: Buffer) => pieces.push(piece));
  response.on('end', () => done(null, Buffer.concat(pieces)));
  response.on('close', () => done(null, Buffer.concat(pieces)));
};
const openFiles = () => readdirSync('/proc/self/fd').flatMap((fd) => {
  try {
    return [execFileSync('readlink', [`/proc/${process.pid}/fd/${fd}`]).toString()];
  } catch {
    return [];
  }
}).filter((target) => target.startsWith(workspace)); // prettier-ignore

describe('a file', () => {
  it('is sent byte for byte, as an attachment that no page shows or runs, with a trace', async () => {
    writeFileSync(path.join(workspace, 'ein "Bild"\u202e 日本.svg'), '<svg onload="alert(1)"/>');
    const { body, headers } = await download('/app/ein "Bild"\u202e 日本.svg').expect(200);
    expect(body.toString()).toBe('<svg onload="alert(1)"/>');
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition':
        'attachment; filename="ein _Bild__ __.svg"; filename*=UTF-8\'\'ein%20%22Bild%22%E2%80%AE%20%E6%97%A5%E6%9C%AC.svg',
      'content-length': '24',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    });
    expect(headers['content-security-policy']).toContain('sandbox');
    const trail = (await new Asking(core, owner).get(`audit?target=${app.id}&action=files.download`)).body.items;
    expect(trail).toMatchObject([{ outcome: 'done', actor: { id: member.user.id }, details: { path: '/app/ein "Bild"\u202e 日本.svg' } }]); // prettier-ignore
    expect((await download('/app/long.bin').expect(200)).body.equals(LONG)).toBe(true);
    expect((await download('/data/inside.bin').expect(200)).body.equals(LONG)).toBe(true);
    writeFileSync(path.join(workspace, 'empty'), '');
    expect((await download('/app/empty').expect(200)).body).toHaveLength(0);
    expect(openFiles()).toEqual([]);
  });

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=500000-', 500_000, 500_003],
    ['bytes=-7', 999_996, 7],
    ['bytes=1000000-2000000', 1_000_000, 3],
    ['bytes=-9999999', 0, 1_000_003],
  ])('is sent in part: %s', async (range, from, length) => {
    for (const at of ['/app/long.bin', '/data/inside.bin']) {
      const { body, headers } = await download(at, { range }).expect(206);
      expect(body.equals(LONG.subarray(from, from + length))).toBe(true);
      expect(headers['content-range']).toBe(`bytes ${from}-${from + length - 1}/${LONG.length}`);
      expect(headers['content-length']).toBe(String(length));
    }
  });

  it.each(['bytes=1000003-', 'bytes=5-4', 'bytes=-0'])('has no part %s', async (range) => {
    const { body } = await download('/app/long.bin', { range }).expect(416);
    expect(JSON.parse(body.toString())).toMatchObject({ code: 'invalid_request', params: { sizeBytes: LONG.length } });
    expect(openFiles()).toEqual([]);
  });

  it.each(['bytes=0-1,5-6', 'bytes=x', 'lines=0-1', 'bytes=-'])('is whole where %s is asked', async (range) => {
    expect((await download('/app/long.bin', { range }).expect(200)).body).toHaveLength(LONG.length);
  });

  it('goes on only where it is the same still', async () => {
    const { headers } = await download('/app/long.bin', { range: 'bytes=0-9' });
    const etag = String(headers['etag']);
    await download('/app/long.bin', { range: 'bytes=10-19', 'if-range': etag }).expect(206);
    writeFileSync(path.join(workspace, 'long.bin'), LONG.subarray(1));
    await download('/app/long.bin', { range: 'bytes=10-19', 'if-range': etag }).expect(200);
  });
});

describe('a folder', () => {
  it('is sent as an archive that others read, links as links', async () => {
    writeFileSync(path.join(workspace, 'sub', 'zażółć 日本.txt'), 'text', { mode: 0o640 });
    const deep = path.join(workspace, 'sub', 'a'.repeat(90), 'b'.repeat(90), 'c'.repeat(90));
    mkdirSync(deep, { recursive: true });
    writeFileSync(path.join(deep, 'deep'), 'deep');
    symlinkSync('/etc/passwd', path.join(workspace, 'sub', 'link'));
    symlinkSync(`/${'x'.repeat(150)}`, path.join(workspace, 'sub', 'long link'));
    execFileSync('mkfifo', [path.join(workspace, 'sub', 'pipe')]);
    const { body, headers } = await download('/app').expect(200);
    expect(headers).toMatchObject({ 'content-type': 'application/x-tar', 'content-disposition': 'attachment; filename="app.tar"; filename*=UTF-8\'\'app.tar' }); // prettier-ignore
    const out = path.join(core.config.storageDir, `out-${made}`);
    mkdirSync(out);
    execFileSync('tar', ['-xf', '-', '-C', out], { input: body });
    const there = (folder: string) => execFileSync('find', ['.', '-printf', '%y %m %l %P\n'], { cwd: folder }).toString().split('\n').sort(); // prettier-ignore
    const expected = there(workspace).filter((line) => !line.endsWith('pipe'));
    expect(there(path.join(out, 'app'))).toEqual(expected);
    expect(readFileSync(path.join(out, 'app', 'long.bin')).equals(LONG)).toBe(true);
    expect(statSync(path.join(out, 'app', 'sub', 'zażółć 日本.txt')).mode & 0o777).toBe(0o640);
    expect(openFiles()).toEqual([]);
  });

  it('inside a container is what its image’s own tar makes of it, and refused where that makes nothing', async () => {
    const { files } = fakeEngine(core).get(app.engineId);
    files.write('/data/sub/b.txt', Buffer.from('inner'));
    files.link('/data/sub/link', '/etc/hostname');
    const answer = await download('/data').expect(200);
    expect(answer.headers['content-disposition']).toContain('data.tar');
    expect(execFileSync('tar', ['-t'], { input: answer.body }).toString().split('\n').filter(Boolean).sort()).toEqual([
      'data/',
      'data/inside.bin',
      'data/sub/',
      'data/sub/b.txt',
      'data/sub/link',
    ]); // prettier-ignore
    expect(execFileSync('tar', ['-xO', 'data/sub/b.txt'], { input: answer.body }).toString()).toBe('inner');
    await until(() =>
      fakeEngine(core)
        .get(app.engineId)
        .programs.every(({ state }) => !state.runs),
    );
    // Of the whole of a container nothing makes an archive here.
    const root = await memberOn(core, owner, app, 'files.download', 'files.root');
    const { body } = await download('/', {}, root).expect(409);
    expect(JSON.parse(body.toString())).toMatchObject({ code: 'file_refused', params: { reason: 'root' } });
    await new Asking(core, owner).post(`containers/${app.id}/stop`, { timeoutSeconds: 1 });
    await download('/data').expect(409);
  });

  it.each([
    ['when its client goes', () => Promise.resolve()],
    [
      'when the right to it goes',
      async () => {
        await new Asking(core, owner).change([aGrant(member, { kind: 'container', id: app.id }, { role: 'observer', version: 1 })]); // prettier-ignore
      },
    ],
  ])('inside a container is let go of %s, also where its tar says a word and then nothing', async (how, change) => {
    const container = fakeEngine(core).get(app.engineId);
    container.files.write('/usr/local/bin/tar', Buffer.from('echo x; sleep 4321'));
    const asked = httpGet(`${core.url}${url('/data')}`, { headers: member.headers });
    asked.once('error', () => undefined);
    const response = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve));
    const broken = new Promise((resolve) => response.once('error', resolve).once('close', resolve));
    expect(container.programs.map(({ state }) => state.runs)).toEqual([true]);
    await change();
    if (how === 'when its client goes') asked.destroy();
    await broken;
    await until(() => container.programs.every(({ state }) => !state.runs));
  });

  it('lets go of everything when its client goes', async () => {
    for (let number = 0; number < 40; number++) writeFileSync(path.join(workspace, `${number}.bin`), LONG);
    const response = await new Promise<IncomingMessage>((resolve) =>
      httpGet(`${core.url}${url('/app')}`, { headers: member.headers }, resolve),
    );
    await new Promise((resolve) => response.once('readable', resolve));
    expect(openFiles().length).toBeGreaterThan(0);
    response.destroy();
    await until(() => openFiles().length === 0, { what: 'Closing what was open' });
  });
});

describe('who may not', () => {
  it('gets nothing', async () => {
    const stranger = await memberWith('files.list', 'files.read');
    const { body } = await download('/app/long.bin', {}, stranger).expect(403);
    expect(JSON.parse(body.toString()).params.missing).toEqual(['files.download']);
    await download('/etc/passwd').expect(403);
    await download('/app/none').expect(404);
    symlinkSync('/etc/passwd', path.join(workspace, 'link'));
    await download('/app/link').expect(409);
    await download('/app/../etc').expect(400);
  });
});
