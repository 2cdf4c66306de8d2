import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UPLOAD_PART_BYTES } from '@bailiwick/contract';
import request from 'supertest';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { until } from '../until.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const NAME = `bw-files-${process.pid}`;
const BEGIN = [
  'mkdir -p "$1/sub dir"; cd "$1"; echo zażółć > "sub dir/ü.txt"; ln -s /etc/passwd out; ln -s sub in',
  'mkfifo pipe; dd if=/dev/zero of=long bs=1000 count=1000; chmod 600 long; chown 1234:56 long',
].join('; ');
let core: TestApp;
let owner: SignedInPerson;
let id: string;

beforeAll(async () => {
  const program = `begin() { ${BEGIN}; }; [ -e /data/long ] || { begin _ /data; begin _ /app; }; trap "exit 0" TERM; while true; do sleep 0.1; done`; // prettier-ignore
  const config = {
    command: ['sh', '-c', program.replaceAll('$1', '$2')],
    volumes: [{ name: 'data', target: '/data' }],
    workspace: '/app',
  };
  core = await startApp({
    env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DEPLOY_STABLE_MS: '500', BAILIWICK_PRESETS_DIR: presetsFolder({ both: { config } }) }, // prettier-ignore
  });
  owner = await signIn(core);
  const { body } = await call(core, owner, 'POST', '/deployments', { body: { preset: 'both', name: NAME } });
  const { state, target, error } = await finished(core, owner, body.operation.id, { within: 60_000 });
  if (state !== 'done' || target.containerId === null)
    throw new Error(`The deploy is ${state}: ${error?.message ?? ''}`);
  id = target.containerId;
}, 90_000);

afterAll(async () => {
  const proved = await openSession(core, owner.user);
  const body = { force: true, deleteData: true, confirmName: NAME };
  const { body: removed } = await call(core, proved, 'DELETE', `/containers/${id}`, { body });
  await finished(core, owner, removed.operation.id);
  await checkInvariants(core);
  await core.close();
}, 60_000);

const asking = () => new Asking(core, owner);
const files = (rest: string) => `containers/${id}/files${rest}`;
const at = (path: string) => `path=${encodeURIComponent(path)}`;
/** As its own `ls` shows it: kind and mode, owner, size, name and where links lead. */
const inside = (folder: string) =>
  execFileSync('docker', ['exec', NAME, 'ls', '-lan', folder])
    .toString()
    .split('\n')
    .filter((line) => /^[-dlp]/.test(line) && !/ \.{1,2}$/.test(line))
    .map((line) => line.split(/ +/))
    .map(([mode = '', , user, group, size = '', , , , ...name]) => `${mode} ${user}:${group} ${mode.startsWith('d') ? '' : size} ${name.join(' ')}`); // prettier-ignore
const LETTERS = { file: '-', folder: 'd', link: 'l', other: 'p' };
interface Item {
  kind: keyof typeof LETTERS;
  mode: string;
  owner: string;
  sizeBytes: number;
  name: string;
  target?: string;
}
const shown = ({ kind, mode, owner: whose, sizeBytes, name, target }: Item) => {
  const rights = [...mode].map((digit) => ['r', 'w', 'x'].map((sign, bit) => (Number(digit) & (4 >> bit) ? sign : '-')).join('')); // prettier-ignore
  const size = kind === 'folder' ? '' : String(sizeBytes);
  return `${LETTERS[kind]}${rights.join('')} ${whose} ${size} ${name}${target === undefined ? '' : ` -> ${target}`}`;
};

describe.each(['/data', '/app'])('what lies in %s', (folder) => {
  it('is listed as its own ls lists it', async () => {
    const { body } = await asking()
      .get(files(`?${at(folder)}`))
      .expect(200);
    expect(body).toMatchObject({ by: 'disk', persistent: true, hidden: 0, truncated: false });
    expect(body.items.map(shown).sort()).toEqual(inside(folder).sort());
    expect(body.items).toHaveLength(5);
  });

  it('is read, changed and sent while it runs and while it does not', async () => {
    const text = `${folder}/sub dir/ü.txt`;
    const { body } = await asking()
      .get(files(`/content?${at(text)}`))
      .expect(200);
    expect(body.text).toBe('zażółć\n');
    const part = (
      await asking()
        .get(files(`/content?${at(`${folder}/long`)}&maxBytes=200000`))
        .expect(200)
    ).body;
    expect(part).toMatchObject({ truncated: true, sizeBytes: 1_000_000, owner: '1234:56', mode: '600' });
    await asking().put(files('/content'), { path: text, text: 'nowe\n', ifMatch: body.etag }).expect(200);
    expect(execFileSync('docker', ['exec', NAME, 'cat', text]).toString()).toBe('nowe\n');
    await asking().post(`containers/${id}/stop`, { timeoutSeconds: 5 }).expect(200);
    try {
      expect(
        (
          await asking()
            .get(files(`?${at(folder)}`))
            .expect(200)
        ).body,
      ).toMatchObject({ by: 'disk' });
      const answer = await request(core.url).get(`/api/v1/${files(`/download?${at(`${folder}/long`)}`)}`).set(owner.headers).expect(200); // prettier-ignore
      expect(answer.body).toHaveLength(1_000_000);
      await asking()
        .post(files('/copy'), { from: text, to: `${folder}/copy.txt` })
        .expect(204);
      await asking()
        .delete(files(`?${at(text)}`))
        .expect(200);
      expect(
        (
          await asking()
            .get(files(`?${at('/etc')}`))
            .expect(409)
        ).body.code,
      ).toBe('wrong_state');
    } finally {
      await asking().post(`containers/${id}/start`, {}).expect(200);
    }
    expect(execFileSync('docker', ['exec', NAME, 'cat', `${folder}/copy.txt`]).toString()).toBe('nowe\n');
    expect(inside(`${folder}/sub dir`)).toEqual([]);
  }, 60_000);

  it('takes an upload', async () => {
    const headers = { ...owner.headers, 'Tus-Resumable': '1.0.0' };
    const metadata = `path ${Buffer.from(`${folder}/sent.bin`).toString('base64')}`;
    const begun = await request(core.url).post(`/api/v1/${files('/uploads')}`).set({ ...headers, 'Upload-Length': '5', 'Upload-Metadata': metadata }).expect(201); // prettier-ignore
    const part = { ...headers, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' };
    await request(core.url).patch(String(begun.headers['location'])).set(part).send(Buffer.from('12345')).expect(204);
    expect(execFileSync('docker', ['exec', NAME, 'cat', `${folder}/sent.bin`]).toString()).toBe('12345');
  });
});

it('is changed inside by the image’s own programs where it lies in no place of ours', async () => {
  await asking().post(files('/folders'), { path: '/tmp/new' }).expect(204);
  await asking().put(files('/content'), { path: '/tmp/new/a', text: 'a' }).expect(200);
  await asking().post(files('/copy'), { from: '/tmp/new', to: '/tmp/copy' }).expect(204);
  await asking().post(files('/move'), { from: '/tmp/copy/a', to: '/tmp/copy/b' }).expect(204);
  await asking().put(files('/mode'), { path: '/tmp/copy/b', mode: '604' }).expect(204);
  const { body } = await asking()
    .get(files(`?${at('/tmp/copy')}`))
    .expect(200);
  expect(body).toMatchObject({ by: 'container', persistent: false });
  expect(body.items.map(shown)).toEqual(inside('/tmp/copy'));
  await asking()
    .delete(files(`?${at('/tmp/copy')}`))
    .expect(200);
  await asking()
    .get(files(`?${at('/tmp/copy')}`))
    .expect(404);
}, 60_000);

it('is looked through inside by the image’s own programs, past pipes, links and what is mounted', async () => {
  const script = [
    'mkdir -p "/tmp/sought/a b"; cd /tmp/sought; printf "one\\nThe {} -e Needle\\n" > "a b/ü:1.txt"; mkfifo pipe',
    'ln -s /etc out; ln -s "a b/ü:1.txt" same; printf "\\0needle\\n" > needle.bin; echo x > "new',
    'line"',
  ].join('\n');
  execFileSync('docker', ['exec', NAME, 'sh', '-c', script.replace('\nln', '; ln')]);
  const find = async (query: Record<string, string>) =>
    (
      await asking()
        .get(files(`/searches?${new URLSearchParams({ path: '/tmp/sought', ...query }).toString()}`))
        .expect(200)
    ).body;
  expect(await find({ text: '{} -e needle' })).toMatchObject({
    truncated: false,
    items: [
      { path: '/tmp/sought/a b/ü:1.txt', lines: [{ line: 2, before: 'The ', match: '{} -e Needle', after: '' }] },
    ],
  });
  expect((await find({ text: '-e needle', matchCase: 'true' })).items).toEqual([]);
  expect((await find({ text: 'n.edle' })).items).toEqual([]);
  expect((await find({ name: 'NEEDLE' })).items).toMatchObject([{ path: '/tmp/sought/needle.bin', kind: 'file' }]);
  expect((await find({ name: 'ou' })).items).toMatchObject([{ path: '/tmp/sought/out', kind: 'link' }]);
  expect((await find({ path: '/', name: 'hostname' })).items).toContainEqual(expect.objectContaining({ path: '/etc/hostname' })); // prettier-ignore
  expect((await find({ path: '/', name: 'sent.bin' })).items).toMatchObject([{ path: '/app/sent.bin' }, { path: '/data/sent.bin' }]); // prettier-ignore
}, 60_000);

describe('what lies inside, in no place of ours', () => {
  const send = async (path: string, bytes: Buffer) => {
    const headers = { ...owner.headers, 'Tus-Resumable': '1.0.0' };
    const metadata = `path ${Buffer.from(path).toString('base64')}`;
    const begun = await request(core.url).post(`/api/v1/${files('/uploads')}`).set({ ...headers, 'Upload-Length': String(bytes.length), 'Upload-Metadata': metadata }).expect(201); // prettier-ignore
    for (let offset = 0; offset < bytes.length; offset += UPLOAD_PART_BYTES)
      await request(core.url)
        .patch(String(begun.headers['location']))
        .set({ ...headers, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' })
        .send(bytes.subarray(offset, offset + UPLOAD_PART_BYTES))
        .expect(204);
  };

  it('takes an upload of any length, byte for byte', async () => {
    const long = Buffer.from(Array.from({ length: 1_000_003 }, (_, index) => index % 251));
    const bytes = Buffer.concat(Array.from({ length: 41 }, () => long));
    await send('/tmp/long.bin', bytes);
    const sum = createHash('sha256').update(bytes).digest('hex');
    expect(execFileSync('docker', ['exec', NAME, 'sha256sum', '/tmp/long.bin']).toString()).toBe(`${sum}  /tmp/long.bin\n`); // prettier-ignore
    expect(execFileSync('docker', ['exec', NAME, 'ls', '-A', '/tmp']).toString()).not.toContain('.bailiwick');
  }, 60_000);

  it('is sent whole as the archive its own tar makes, and who goes away leaves no program behind', async () => {
    execFileSync('docker', ['exec', NAME, 'sh', '-c', 'mkdir -p /tmp/-site/deep; echo zażółć > /tmp/-site/deep/ü.txt; ln -s /etc/passwd /tmp/-site/link; cp /tmp/long.bin /tmp/-site']); // prettier-ignore
    const answer = await request(core.url).get(`/api/v1/${files(`/download?${at('/tmp/-site')}`)}`).set(owner.headers).buffer(true).parse(toBuffer).expect(200); // prettier-ignore
    const names = execFileSync('tar', ['-t', '--quoting-style=literal'], { input: answer.body })
      .toString()
      .split('\n')
      .filter(Boolean);
    expect(names.sort()).toEqual(['-site/', '-site/deep/', '-site/deep/ü.txt', '-site/link', '-site/long.bin']);
    expect(execFileSync('tar', ['-xO', '--', '-site/deep/ü.txt'], { input: answer.body }).toString()).toBe('zażółć\n');

    const running = () => execFileSync('docker', ['top', NAME, '-o', 'pid,args']).toString().includes('tar -cf');
    const asked = httpGet(`${core.url}/api/v1/${files(`/download?${at('/tmp')}`)}`, { headers: owner.headers });
    const response = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve));
    expect(response.statusCode).toBe(200);
    await until(running);
    asked.destroy();
    await until(() => !running(), { within: 10_000 });
  }, 60_000);
});

const toBuffer: Parameters<request.Test['parse']>[0] = (response, done) => {
  const pieces: Buffer[] = [];
  response.on('data', (piece: Buffer) => pieces.push(piece));
  response.on('end', () => done(null, Buffer.concat(pieces)));
};
