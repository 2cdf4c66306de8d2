import { mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Capability } from '@bailiwick/contract';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { DiskFiles } from '../../src/features/files/disk-files.driver.js';
import type { FileSearch } from '../../src/features/files/file-search.rules.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

let core: TestApp;
let owner: SignedInPerson;
let member: Asking;
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
  made += 1;
  const name = `default/${newId('ct')}`;
  workspace = path.join(core.config.storageDir, 'workspaces', name);
  mkdirSync(path.join(workspace, 'src'), { recursive: true });
  writeFileSync(path.join(workspace, 'main.py'), 'import os\nprint("needle")\n');
  writeFileSync(path.join(workspace, 'src/needle.py'), 'pass\n');
  const volumes = [{ name, target: '/app' }, { name: `bw_default_searched${made}`, target: '/app/data' }]; // prettier-ignore
  app = await ownedOnEngine(core, owner.user, { name: `searched-${made}`, image: 'python:3.12', volumes });
  const { files } = fakeEngine(core).get(app.engineId);
  files.write('/app/data/notes.txt', Buffer.from('one\nThe Needle\n'));
  files.write('/etc/needle.conf', Buffer.from('needle'));
  member = await memberWith('files.list', 'files.read');
});

const memberWith = async (...allow: Capability[]) => new Asking(core, await memberOn(core, owner, app, ...allow));
const find = (query: Record<string, string>, who = member) =>
  who.get(`containers/${app.id}/files/searches?${new URLSearchParams(query).toString()}`);
const paths = ({ body }: { body: { items: Array<{ path: string }> } }) => body.items.map((item) => item.path);

describe('looking for files', () => {
  it('finds what lies on disk and, where that is mounted, inside, with the lines', async () => {
    const { body } = await find({ path: '/app', text: 'needle' }).expect(200);
    expect(body).toMatchObject({ path: '/app', truncated: false, stoppedBy: null, leftOut: 0 });
    expect(body.items).toEqual([
      { path: '/app/main.py', kind: 'file', more: false, lines: [{ line: 2, before: 'print("', match: 'needle', after: '")' }] }, // prettier-ignore
      { path: '/app/data/notes.txt', kind: 'file', more: false, lines: [{ line: 2, before: 'The ', match: 'Needle', after: '' }] }, // prettier-ignore
    ]);
    expect(paths(await find({ path: '/app', text: 'needle', matchCase: 'true' }))).toEqual(['/app/main.py']);
    expect(paths(await find({ path: '/app', name: 'NEEDLE' }))).toEqual(['/app/src/needle.py']);
    expect(paths(await find({ path: '/app', name: '.txt', text: 'needle' }))).toEqual(['/app/data/notes.txt']);
    expect(paths(await find({ path: '/app/data', name: 'notes' }))).toEqual(['/app/data/notes.txt']);
    expect(paths(await find({ path: '/app', text: 'nee.le' }))).toEqual([]);
  });

  it('says what it could not look into, and what would take a container that runs', async () => {
    await new Asking(core, owner).post(`containers/${app.id}/stop`, { timeoutSeconds: 1 }).expect(200);
    const { body } = await find({ path: '/app', text: 'needle' }).expect(200);
    expect([paths({ body }), body.leftOut]).toEqual([['/app/main.py'], 1]);
    expect((await find({ path: '/app/data', text: 'needle' }).expect(409)).body.code).toBe('wrong_state');
  });

  it('goes no further than one may go, and reads texts only for who may read', async () => {
    expect((await find({ path: '/etc', name: 'needle' }).expect(403)).body.params.missing).toEqual(['files.root']);
    const everywhere = await memberWith('files.list', 'files.root');
    expect(paths(await find({ path: '/etc', name: 'needle' }, everywhere))).toEqual(['/etc/needle.conf']);
    const { body } = await find({ path: '/app', text: 'needle' }, everywhere).expect(403);
    expect(body.params.missing).toEqual(['files.read']);
    const none = await memberWith('files.read');
    expect((await find({ path: '/app', name: 'x' }, none).expect(403)).body.params.missing).toEqual(['files.list']);
  });

  it.each([
    [{ path: '/app' }],
    [{ path: '/app', text: '' }],
    [{ path: '/app', text: 'a\nb' }],
    [{ path: '/app', text: 'x'.repeat(201) }],
    [{ path: '/app/../etc', text: 'x' }],
  ] as Array<[Record<string, string>]>)('refuses %j', async (query) => {
    expect((await find(query).expect(400)).body.code).toBe('invalid_request');
  });

  it('tells what is not there and what is no folder', async () => {
    expect((await find({ path: '/app/none', name: 'x' }).expect(404)).body.code).toBe('not_found');
    expect((await find({ path: '/app/main.py', name: 'x' }).expect(409)).body.params.reason).toBe('file');
  });

  /** The next one on disk does not end by itself. */
  const held = () =>
    new Promise<FileSearch>((resolve) => {
      jest.spyOn(DiskFiles.prototype, 'search').mockImplementationOnce(async (_, search) => {
        resolve(search);
        await once(search.signal, 'abort');
      });
    });

  it('ends the one of the same person that is still under way, and nobody else’s', async () => {
    const others = await memberWith('files.list', 'files.read');
    const begun = held();
    const first = find({ path: '/app', text: 'zzz' }).then(({ body }) => body);
    const search = await begun;
    expect(paths(await find({ path: '/app', name: 'needle' }, others))).toEqual(['/app/src/needle.py']);
    expect(search.isOver).toBe(false);
    expect(paths(await find({ path: '/app', name: 'needle' }))).toEqual(['/app/src/needle.py']);
    expect(await first).toMatchObject({ items: [], truncated: true, stoppedBy: 'another' });
  });

  it('ends with who asked', async () => {
    const begun = held();
    const asked = httpRequest(`${core.url}/api/v1/containers/${app.id}/files/searches?path=/app&text=zzz`, { headers: member.who.headers }); // prettier-ignore
    asked.on('error', () => undefined).end();
    const search = await begun;
    asked.destroy();
    await once(search.signal, 'abort');
    expect(search.stoppedBy).toBeNull();
  });
});
