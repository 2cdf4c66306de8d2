import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Capability, MOST_FILE_BYTES, MOST_READ_BYTES } from '@bailiwick/contract';
import request from 'supertest';
import type { FakeFiles } from '../../src/foundation/environments/fake-files.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

let core: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let app: SeenContainer;
let files: FakeFiles;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterAll(() => core.close());
beforeEach(async () => {
  made += 1;
  app = await ownedOnEngine(core, owner.user, { name: `files-${made}`, image: 'python:3.12' });
  files = fakeEngine(core).get(app.engineId).files;
  files.write('/app/main.py', Buffer.from('print("ä")\n'));
  files.makeFolder('/app/static');
  files.link('/app/outside', '/etc');
  files.link('/app/inside', 'static');
  files.link('/app/secret', '/etc/hostname');
  member = await memberWith('files.list', 'files.read', 'files.write');
});

const memberWith = (...allow: Capability[]) => memberOn(core, owner, app, ...allow);
const list = (who: SignedInPerson, path?: string) =>
  new Asking(core, who).get(
    `containers/${app.id}/files${path === undefined ? '' : `?path=${encodeURIComponent(path)}`}`,
  );
const read = (who: SignedInPerson, path: string, how = '') =>
  new Asking(core, who).get(`containers/${app.id}/files/content?path=${encodeURIComponent(path)}${how}`);
const write = (who: SignedInPerson, path: string, text: string, ifMatch?: string | null) =>
  request(core.url).put(`/api/v1/containers/${app.id}/files/content`).set(who.headers).send({ path, text, ifMatch });
const paths = ({ body }: { body: { roots: Array<{ path: string }> } }) => body.roots.map(({ path }) => path);
const trail = async () => (await new Asking(core, owner).get(`audit?target=${app.id}&action=files.write`)).body.items;

describe('listing', () => {
  it('shows what is in a folder, links as links, and begins where files are shared', async () => {
    const { body } = await list(member).expect(200);
    expect(body).toMatchObject({
      path: '/app',
      roots: [{ path: '/app', kind: 'container' }],
      hidden: 0,
      truncated: false,
    });
    expect(body).toMatchObject({ by: 'container', persistent: false });
    expect(body.items[1]).toMatchObject({ mode: '644', owner: '0:0' });
    expect(body.items[2]).toMatchObject({ target: '/etc' });
    expect(body.items[4].target).toBeUndefined();
    expect(body.items.map(({ name, kind, sizeBytes }: Record<string, unknown>) => [name, kind, sizeBytes])).toEqual([
      ['inside', 'link', 0],
      ['main.py', 'file', 12],
      ['outside', 'link', 0],
      ['secret', 'link', 0],
      ['static', 'folder', 0],
    ]);
    expect((await list(member, '/app/inside')).body.path).toBe('/app/static');
  });

  it('offers of the folders of its kind those that are there, and everything to who may go everywhere', async () => {
    files.makeFolder('/data');
    expect(paths(await list(member))).toEqual(['/app', '/data']);
    expect(paths(await list(await memberWith('files.list', 'files.root')))).toEqual(['/app', '/data', '/']);
  });

  it('shows long folders whole', async () => {
    for (let number = 0; number < 1_500; number++) files.write(`/app/static/${number}.txt`, Buffer.from('x'));
    const { body } = await list(member, '/app/static').expect(200);
    expect(body.items).toHaveLength(1_500);
    expect(body).toMatchObject({ hidden: 0, truncated: false });
  });

  it('hides names nobody could ask for, and counts them', async () => {
    files.write('/app/static/a\nb', Buffer.from(''));
    files.write('/app/static/ok', Buffer.from(''));
    const { body } = await list(member, '/app/static').expect(200);
    expect(body).toMatchObject({ items: [{ name: 'ok' }], hidden: 1 });
  });

  it.each(['/', '/etc', '/app/outside', '/proc/1', '/apple'])(
    'of %s needs the right to go everywhere, whether it is there or not',
    async (path) => {
      const { body } = await list(member, path).expect(403);
      expect(body).toMatchObject({ code: 'forbidden', params: { missing: ['files.root'] } });
    },
  );

  it('goes everywhere with that right', async () => {
    const everywhere = await memberWith('files.list', 'files.root');
    expect((await list(everywhere, '/etc').expect(200)).body.items).toMatchObject([{ name: 'hostname' }]);
    expect((await list(everywhere, '/app/outside').expect(200)).body.path).toBe('/etc');
    await list(everywhere, '/').expect(200);
  });

  it.each(['..', '/app/../etc', '/app/..', '/app//x', '/app/\0', '/app/\\', 'app', '/app/\u001b'])(
    'refuses the path %j',
    async (path) => {
      const { body } = await list(member, path).expect(400);
      expect(body).toMatchObject({ code: 'invalid_request', params: { issues: [{ path: 'path' }] } });
    },
  );

  it('tells what is not there, and what is no folder', async () => {
    expect((await list(member, '/app/none').expect(404)).body.code).toBe('not_found');
    expect((await list(member, '/app/main.py').expect(409)).body.code).toBe('file_refused');
  });

  it('needs its right, and a running container', async () => {
    const { body } = await list(await memberWith(), '/app').expect(403);
    expect(body.params.missing).toEqual(['files.list']);
    await new Asking(core, owner).post(`containers/${app.id}/stop`, { timeoutSeconds: 1 });
    expect((await list(member).expect(409)).body.code).toBe('wrong_state');
  });
});

describe('where its data is kept', () => {
  it('is shared first, and a folder of the host is not', async () => {
    const volumes = [{ name: 'bw_default_files_pages', target: '/usr/share/pages' }];
    app = await ownedOnEngine(core, owner.user, { name: `volume-${made}`, image: 'caddy:2', volumes });
    files = fakeEngine(core).get(app.engineId).files;
    files.write('/usr/share/pages/index.html', Buffer.from('<p>'));
    const someone = await memberWith('files.list');
    const { body } = await list(someone).expect(200);
    expect(body).toMatchObject({ path: '/usr/share/pages', persistent: true, roots: [{ path: '/usr/share/pages', kind: 'volume' }] }); // prettier-ignore
    await list(someone, '/usr/share').expect(403);
  });
});

describe('a root of its own', () => {
  const begin = (who: SignedInPerson, explorerRoot: string | null) =>
    request(core.url).put(`/api/v1/containers/${app.id}/settings`).set(who.headers).send({ explorerRoot });

  it('is where listing begins, and as far as it goes', async () => {
    files.write('/app/static/page.html', Buffer.from('<p>'));
    files.link('/app/static/up', '/app');
    await begin(owner, '/app/static/').expect(204);
    expect((await list(member).expect(200)).body).toMatchObject({
      path: '/app/static',
      roots: [{ path: '/app/static' }],
    });
    expect((await read(member, '/app/static/page.html')).body.text).toBe('<p>');
    for (const path of ['/app', '/app/main.py', '/data', '/app/static/up'])
      expect((await list(member, path).expect(403)).body.params.missing).toEqual(['files.root']);
    await write(member, '/app/x', 'x').expect(403);
    await write(member, '/app/static/x', 'x').expect(200);
    const everywhere = await memberWith('files.list', 'files.root');
    expect((await list(everywhere).expect(200)).body.path).toBe('/app/static');
    await list(everywhere, '/etc').expect(200);
    await begin(owner, null).expect(204);
    expect((await list(member)).body.path).toBe('/app');
  });

  it('opens nothing through a link', async () => {
    files.link('/app/door', '/etc');
    await begin(owner, '/app/door').expect(204);
    await list(member).expect(403);
    await list(member, '/app/door').expect(403);
  });

  it.each(['/', '/etc', '/apple', '/usr'])('is never %s, which is not shared, whoever asks', async (path) => {
    const { body } = await begin(owner, path).expect(400);
    expect(body).toMatchObject({ code: 'invalid_request', params: { issues: [{ path: 'explorerRoot', code: 'not_shared' }] } }); // prettier-ignore
    expect((await list(member)).body.path).toBe('/app');
  });

  it('opens nothing any more where its place is not shared any longer', async () => {
    const volumes = [{ name: 'bw_default_files_old', target: '/kept' }];
    app = await ownedOnEngine(core, owner.user, { name: `moved-${made}`, image: 'python:3.12', volumes });
    files = fakeEngine(core).get(app.engineId).files;
    files.write('/kept/a.txt', Buffer.from('a'));
    const someone = await memberWith('files.list', 'files.read');
    await begin(owner, '/kept').expect(204);
    await read(someone, '/kept/a.txt').expect(200);
    const container = fakeEngine(core).get(app.engineId);
    container.spec = { ...container.spec, volumes: [] };
    await read(someone, '/kept/a.txt').expect(403);
    await list(someone).expect(403);
    await list(someone, '/app').expect(403);
  });

  it('is chosen by who may go everywhere and say how it starts', async () => {
    const starting = await memberWith('containers.settingsSee', 'containers.settingsStartup', 'files.list');
    const { body } = await begin(starting, '/app/static').expect(403);
    expect(body.params.missing).toEqual(['files.root']);
    await begin(await memberWith('containers.settingsSee', 'containers.settingsStartup', 'files.root'), '/app').expect(
      204,
    );
  });
});

describe('reading', () => {
  it('gives the text of a file', async () => {
    const { body } = await read(member, '/app/main.py').expect(200);
    expect(body).toEqual({
      path: '/app/main.py',
      text: 'print("ä")\n',
      binary: false,
      sizeBytes: 12,
      truncated: false,
      etag: expect.any(String),
      mode: '644',
      owner: '0:0',
    });
  });

  it('cuts what is long, goes on where it was cut, and shows nothing of what is no text', async () => {
    const long = Buffer.from('ä0123456789\n'.repeat(80_000));
    files.write('/app/long', long);
    const { body } = await read(member, '/app/long').expect(200);
    expect(body).toMatchObject({ truncated: true, sizeBytes: long.length, binary: false });
    expect(body.text).toBe(long.toString('utf8').slice(0, body.text.length));
    expect(MOST_READ_BYTES - Buffer.byteLength(body.text)).toBeLessThan(4);
    const some = await read(member, '/app/long', '&offset=13013&maxBytes=1300').expect(200);
    expect(some.body).toMatchObject({ truncated: true, text: long.subarray(13_013, 14_313).toString('utf8') });
    const end = await read(member, '/app/long', `&offset=${long.length - 13}`).expect(200);
    expect(end.body).toMatchObject({ truncated: false, text: 'ä0123456789\n' });
    for (const how of ['&offset=-1', '&maxBytes=1023', `&maxBytes=${MOST_FILE_BYTES + 1}`, '&offset=x'])
      await read(member, '/app/long', how).expect(400);
    files.write('/app/image', Buffer.from([0x89, 0x50, 0, 1]));
    expect((await read(member, '/app/image').expect(200)).body).toMatchObject({ text: null, binary: true });
  });

  it('follows no link out of what is shared, and reads nothing but files', async () => {
    const { body } = await read(member, '/app/secret').expect(403);
    expect(body.params.missing).toEqual(['files.root']);
    expect((await read(member, '/app/static').expect(409)).body.code).toBe('file_refused');
    expect((await read(member, '/app/none').expect(404)).body.code).toBe('not_found');
  });

  it('needs its right', async () => {
    const { body } = await read(await memberWith('files.list'), '/app/main.py').expect(403);
    expect(body.params.missing).toEqual(['files.read']);
  });
});

describe('writing', () => {
  it('makes a file and replaces one, keeps its rights and owner, and leaves a trace without the text', async () => {
    await write(member, '/app/new.txt', 'one\n').expect(200);
    expect((await read(member, '/app/new.txt')).body.text).toBe('one\n');
    const script = files.get('/app/main.py');
    if (script) Object.assign(script, { mode: 0o750, owner: 1000 });
    await write(member, '/app/main.py', 'two\n').expect(200);
    expect(files.get('/app/main.py')).toMatchObject({ mode: 0o750, owner: 1000, content: Buffer.from('two\n') });
    expect(files.in('/app').filter((path) => path.includes('.bailiwick-'))).toEqual([]);
    expect((await trail())[0]).toMatchObject({
      outcome: 'done',
      actor: { id: member.user.id },
      details: { path: '/app/main.py', bytes: 4 },
    });
  });

  it('goes through no link, into nothing that is not shared, and over no folder', async () => {
    for (const path of ['/etc/passwd', '/app/outside/passwd', '/new']) {
      const { body } = await write(member, path, 'x').expect(403);
      expect(body.params.missing).toEqual(['files.root']);
    }
    for (const path of ['/app/secret', '/app/inside', '/app/static']) await write(member, path, 'x').expect(409);
    await write(member, '/app/none/x', 'x').expect(404);
    await write(member, '/app/../etc/x', 'x').expect(400);
    expect(files.get('/etc/passwd')).toBeUndefined();
    expect(files.get('/etc/hostname')).toMatchObject({ content: Buffer.from('pretended\n') });
    for (const { outcome } of await trail()) expect(outcome).toBe('refused');
  });

  it('writes over nothing that was changed since it was read', async () => {
    const { etag } = (await read(member, '/app/main.py')).body;
    const first = (await write(member, '/app/main.py', 'one', etag).expect(200)).body;
    expect(first).toEqual({ path: '/app/main.py', etag: expect.any(String), sizeBytes: 3 });
    expect((await read(member, '/app/main.py')).body.etag).toBe(first.etag);
    const { body } = await write(member, '/app/main.py', 'two', etag).expect(409);
    expect(body).toMatchObject({ code: 'file_changed', params: { etag: first.etag } });
    expect((await read(member, '/app/main.py')).body.text).toBe('one');
    await write(member, '/app/main.py', 'two', first.etag).expect(200);
    expect((await write(member, '/app/main.py', 'new', null).expect(409)).body.code).toBe('file_changed');
    expect((await write(member, '/app/gone', 'x', first.etag).expect(409)).body.params).toEqual({ etag: null });
    await write(member, '/app/gone', 'x', null).expect(200);
  });

  it('lets one of several who write at once through', async () => {
    const { etag } = (await read(member, '/app/main.py')).body;
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((text) => write(member, '/app/main.py', text, etag)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('refuses what is too long, counted in bytes', async () => {
    await write(member, '/app/long', 'ä'.repeat(MOST_FILE_BYTES / 2 + 1)).expect(400);
    await write(member, '/app/long', 'ä'.repeat(MOST_FILE_BYTES / 2)).expect(200);
  });

  it('is read only once it is known that it may be sent', async () => {
    const address = `${core.url}/api/v1/containers/${app.id}/files/content`;
    /** Announces a whole file and sends its first bytes: whoever waits for the rest never answers. */
    const begin = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = httpRequest(
          address,
          { method: 'PUT', headers: { ...headers, 'content-type': 'application/json', 'content-length': '6000000' } },
          (answer) => {
            resolve(answer.statusCode);
            asked.destroy();
          },
        );
        asked.once('error', reject);
        asked.write('{"path":');
      });
    expect(await begin({})).toBe(401);
    const viewer = await signIn(core, { platformRole: 'viewer' });
    expect(await begin(viewer.headers)).toBe(403);
  });

  it('takes what all others take and refuses what they refuse', async () => {
    const put = (body: string) =>
      request(core.url).put(`/api/v1/containers/${app.id}/files/content`).set(member.headers).set('content-type', 'application/json').send(body); // prettier-ignore
    expect((await put('{"__proto__":{"a":1}}').expect(400)).body.params.issues[0].path).toMatch(/__proto__$/);
    expect((await put('{"path":').expect(400)).body.code).toBe('invalid_request');
    const { body } = await put(`{"path":"/app/x","text":"${'x'.repeat(2 * MOST_FILE_BYTES + 70_000)}"}`).expect(413);
    expect(body.code).toBe('too_large');
  });

  it('needs its right', async () => {
    const { body } = await write(await memberWith('files.list', 'files.read'), '/app/x', '').expect(403);
    expect(body.params.missing).toEqual(['files.write']);
    expect(files.get('/app/x')).toBeUndefined();
  });
});

describe('whole files and folders', () => {
  const asking = (who: SignedInPerson) => new Asking(core, who);
  const at = (rest: string) => `containers/${app.id}/files${rest}`;
  const put = (who: SignedInPerson, rest: string, body: object) => request(core.url).put(`/api/v1/${at(rest)}`).set(who.headers).send(body); // prettier-ignore
  const remove = (who: SignedInPerson, path: string, how = '') => asking(who).delete(at(`?path=${encodeURIComponent(path)}${how}`)); // prettier-ignore
  const everything = () => memberWith('files.list', 'files.read', 'files.write', 'files.delete', 'files.chmod');

  it('are made, moved, copied, changed and deleted, each with a trace', async () => {
    const who = await everything();
    await asking(who).post(at('/folders'), { path: '/app/new' }).expect(204);
    await asking(who).post(at('/move'), { from: '/app/main.py', to: '/app/new/main.py' }).expect(204);
    await asking(who).post(at('/copy'), { from: '/app/new', to: '/app/copy' }).expect(204);
    await put(who, '/mode', { path: '/app/copy/main.py', mode: '750' }).expect(204);
    expect(files.get('/app/copy/main.py')).toMatchObject({ mode: 0o750 });
    expect((await remove(who, '/app/new').expect(200)).body).toEqual({ key: null });
    expect(files.get('/app/new/main.py')).toBeUndefined();
    expect(files.in('/app').filter((path) => path.includes('.bailiwick-'))).toEqual([]);
    const actions = (await asking(owner).get(`audit?target=${app.id}`)).body.items
      .filter(({ outcome, action }: Record<string, string>) => outcome === 'done' && action?.startsWith('files.'))
      .map(({ action, details }: { action: string; details: object }) => [action, details]);
    expect(actions).toEqual([
      ['files.delete', { path: '/app/new', forever: false }],
      ['files.chmod', { path: '/app/copy/main.py', mode: '750' }],
      ['files.copy', { path: '/app/new', to: '/app/copy' }],
      ['files.move', { path: '/app/main.py', to: '/app/new/main.py' }],
      ['files.makeFolder', { path: '/app/new' }],
    ]);
  });

  it('take the place of nothing unless that is said, and of a file only', async () => {
    const who = await everything();
    files.write('/app/other', Buffer.from('other'));
    const move = (to: string, replace?: boolean) =>
      asking(who).post(at('/move'), { from: '/app/main.py', to, replace });
    expect((await move('/app/other').expect(409)).body.code).toBe('file_exists');
    expect((await move('/app/static', true).expect(409)).body.code).toBe('file_refused');
    expect((await move('/app/main.py').expect(409)).body.code).toBe('file_exists');
    expect((await asking(who).post(at('/folders'), { path: '/app/static' }).expect(409)).body.code).toBe('file_exists');
    expect((await asking(who).post(at('/copy'), { from: '/app/static', to: '/app/static/in' }).expect(409)).body.params).toEqual({ reason: 'inside_itself' }); // prettier-ignore
    await move('/app/other', true).expect(204);
    expect(files.get('/app/other')).toMatchObject({ content: Buffer.from('print("ä")\n') });
  });

  it('stay where they are reached, and links are never changed through', async () => {
    const who = await everything();
    for (const [rest, body] of [
      ['/folders', { path: '/etc/x' }],
      ['/move', { from: '/app/main.py', to: '/etc/x' }],
      ['/move', { from: '/etc/hostname', to: '/app/x' }],
      ['/copy', { from: '/app/outside/hostname', to: '/app/x' }],
    ] as const)
      expect((await asking(who).post(at(rest), body).expect(403)).body.params.missing).toEqual(['files.root']);
    await remove(who, '/etc/hostname').expect(403);
    await put(who, '/mode', { path: '/etc/hostname', mode: '777' }).expect(403);
    expect((await put(who, '/mode', { path: '/app/secret', mode: '777' }).expect(409)).body.params.reason).toBe('link');
    await put(who, '/mode', { path: '/app/main.py', mode: '4755' }).expect(400);
    await remove(who, '/').expect(409);
    await remove(who, '/app/none').expect(404);
    await asking(who).post(at('/move'), { from: '/app/none', to: '/app/x' }).expect(404);
    await remove(who, '/app/secret').expect(200);
    expect(files.get('/etc/hostname')).toMatchObject({ mode: 0o644, content: Buffer.from('pretended\n') });
  });

  it.each([
    ['files.write', () => asking(member).post(at('/folders'), { path: '/app/x' })],
    ['files.write', () => asking(member).post(at('/move'), { from: '/app/main.py', to: '/app/x' })],
    ['files.write', () => asking(member).post(at('/copy'), { from: '/app/main.py', to: '/app/x' })],
    ['files.delete', () => remove(member, '/app/main.py')],
    ['files.chmod', () => put(member, '/mode', { path: '/app/main.py', mode: '600' })],
  ] as const)('need %s', async (capability, ask) => {
    member = await memberWith('files.list', 'files.read');
    expect((await ask().expect(403)).body.params.missing).toEqual([capability]);
    member = await memberWith('files.list', 'files.read', capability);
    await ask().expect(capability === 'files.delete' ? 200 : 204);
  });

  it('are copied by who may read them', async () => {
    const who = await memberWith('files.list', 'files.write');
    const { body } = await asking(who).post(at('/copy'), { from: '/app/main.py', to: '/app/x' }).expect(403);
    expect(body.params.missing).toEqual(['files.read']);
  });
});
