import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OpenFolder } from '../../kernel/disk/open-folder.js';
import { DiskFiles } from './disk-files.driver.js';
import type { Found } from './file-tree.js';

const DAY_MS = 86_400_000;
let root: string;
let elsewhere: string;
let files: DiskFiles;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  elsewhere = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  files = filesOf(root);
  mkdirSync(at('sub/inner'), { recursive: true });
  writeFileSync(at('sub/file'), 'zażółć 👩‍💻\r\n');
  writeFileSync(path.join(elsewhere, 'secret'), 'not yours');
  symlinkSync(elsewhere, at('door'));
  symlinkSync(path.join(elsewhere, 'secret'), at('sub/secret'));
});
afterEach(() => {
  for (const folder of [root, elsewhere]) execFileSync('rm', ['-rf', folder]);
});

const filesOf = (folder: string, { readOnly = false, target = '/data' } = {}) =>
  new DiskFiles({ target, readOnly, open: () => OpenFolder.at(folder) });
const at = (...parts: string[]) => path.join(root, ...parts);
const place = (name: string, folder = '/data') => ({ folder, name });
const anything = () => undefined;
const refusedFor = (reason: string) =>
  expect.objectContaining({ code: 'file_refused', status: 409, params: { reason } });
const notThere = expect.objectContaining({ code: 'not_found', status: 404 });
const there = expect.objectContaining({ code: 'file_exists', status: 409 });
async function found(path: string): Promise<Found> {
  const one = await files.find(path);
  if (!one) throw new Error(`${path} is not there.`);
  return one;
}
const read = async (path: string, range = { offset: 0, maxBytes: 1024 }) => files.read(await found(path), range);
const names = async (folder: string) => (await files.list(folder)).entries.map(({ name }) => name);
/** As a stranger's program makes them. */
const run = (program: string, ...words: string[]) => execFileSync(program, words, { cwd: root });

describe('what is there', () => {
  it('is shown with kind, mode, owner, size and where links lead, and nothing is followed', async () => {
    chmodSync(at('sub/file'), 0o604);
    const { entries, hidden, truncated } = await files.list('/data/sub');
    const { uid, gid } = statSync(at('sub/file'));
    expect(entries).toMatchObject([
      { name: 'file', kind: 'file', mode: '604', owner: `${uid}:${gid}`, sizeBytes: 24 },
      { name: 'inner', kind: 'folder' },
      { name: 'secret', kind: 'link', target: path.join(elsewhere, 'secret') },
    ]);
    expect([hidden, truncated]).toEqual([0, false]);
    await expect(files.list('/data/door')).rejects.toThrow(refusedFor('link'));
    await expect(files.look('/data/door/secret')).rejects.toThrow(refusedFor('link'));
    await expect(read('/data/sub/secret')).rejects.toThrow(refusedFor('link'));
    expect(await files.look('/data/none/x')).toBeUndefined();
    expect(await files.there(['/data', '/data/sub', '/data/none'])).toEqual(new Set(['/data', '/data/sub']));
    await expect(files.look('/data2/x')).rejects.toThrow(refusedFor('elsewhere'));
  });

  it('is read byte for byte, in parts, and never more than was asked for', async () => {
    expect((await read('/data/sub/file')).bytes.equals(readFileSync(at('sub/file')))).toBe(true);
    writeFileSync(at('long'), Buffer.alloc(1_000_000, 'x'));
    const part = await read('/data/long', { offset: 0, maxBytes: 200_000 });
    expect([part.bytes.length, part.facts.sizeBytes]).toEqual([200_000, 1_000_000]);
    expect((await read('/data/long', { offset: 999_990, maxBytes: 4096 })).bytes).toHaveLength(10);
    expect((await read('/data/long', { offset: 2_000_000, maxBytes: 4096 })).bytes).toHaveLength(0);
  });

  it('hides what nobody could ask for, and counts it', async () => {
    for (const name of ['a\nb', 'a\\b', '\u001b[31m', 'a\u0308'].map((text) => Buffer.from(text)))
      writeFileSync(Buffer.concat([Buffer.from(`${at('sub/inner')}/`), name]), '');
    writeFileSync(Buffer.concat([Buffer.from(`${at('sub/inner')}/`), Buffer.from([0xff, 0xfe])]), '');
    writeFileSync(at('sub/inner/ok'), '');
    const { entries, hidden } = await files.list('/data/sub/inner');
    expect(entries.map(({ name }) => name)).toEqual(['ok']);
    expect(hidden).toBe(5);
  });

  it('may be 10,000 entries in well under half a second, and 100,000 at all', async () => {
    for (let number = 0; number < 100_000; number++) {
      if (number === 10_000) {
        const began = performance.now();
        expect((await files.list('/data/sub/inner')).entries).toHaveLength(10_000);
        expect(performance.now() - began).toBeLessThan(2_000);
      }
      writeFileSync(at('sub/inner', `entry-${number}.txt`), '');
    }
    const { entries, truncated } = await files.list('/data/sub/inner');
    expect([entries.length, truncated]).toEqual([100_000, false]);
  }, 120_000);
});

describe('what is no file', () => {
  it('is never opened: a pipe, a socket, a device', async () => {
    run('mkfifo', 'pipe');
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      for (const name of ['pipe', 'socket']) {
        await expect(read(`/data/${name}`)).rejects.toThrow(refusedFor('other'));
        await expect(files.list(`/data/${name}`)).rejects.toThrow(refusedFor('other'));
        await expect(files.changeMode(`/data/${name}`, 0o777)).rejects.toThrow(refusedFor('other'));
      }
      await expect(files.copy(place('pipe'), files, place('copy'), false)).rejects.toThrow(refusedFor('other'));
      expect(readdirSync(root).filter((name) => name.startsWith('.bailiwick-'))).toEqual([]);
    } finally {
      server.close();
    }
    const devices = filesOf('/dev', { target: '/dev' });
    const zero = await devices.find('/dev/zero');
    if (!zero) throw new Error('There is no /dev/zero.');
    await expect(devices.read(zero, { offset: 0, maxBytes: 10 })).rejects.toThrow(refusedFor('other'));
  });

  it('nor is what lies on another disk', async () => {
    const system = filesOf('/', { target: '/host' });
    await expect(system.list('/host/proc')).rejects.toThrow(refusedFor('mount'));
  });

  it('has a second name somewhere else', async () => {
    linkSync(path.join(elsewhere, 'secret'), at('twin'));
    await expect(files.write(place('twin'), Buffer.from('x'), anything)).rejects.toThrow(refusedFor('hardlink'));
    await expect(files.changeMode('/data/twin', 0o777)).rejects.toThrow(refusedFor('hardlink'));
    expect(readFileSync(path.join(elsewhere, 'secret'), 'utf8')).toBe('not yours');
  });

  it('is a root that is a link itself', async () => {
    symlinkSync(elsewhere, at('root'));
    await expect(filesOf(at('root')).list('/data')).rejects.toThrow(refusedFor('file'));
  });
});

describe('a change', () => {
  it('writes all or nothing, keeps owner and mode, and gives a new file those of its folder', async () => {
    chmodSync(at('sub/file'), 0o640);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) run('chown', '1234:4321', 'sub/file', 'sub/inner');
    const before = statSync(at('sub/file')).ino;
    const { etag } = await files.write(place('file', '/data/sub'), Buffer.from('neu ü'), anything);
    expect((await found('/data/sub/file')).facts.etag).toBe(etag);
    const after = statSync(at('sub/file'));
    expect(after.ino).not.toBe(before);
    expect(after.mode & 0o777).toBe(0o640);
    await files.write(place('new', '/data/sub/inner'), Buffer.from('x'), anything);
    await files.makeFolder(place('made', '/data/sub/inner'));
    expect(statSync(at('sub/inner/new')).mode & 0o777).toBe(0o644);
    expect(statSync(at('sub/inner/made')).mode & 0o777).toBe(0o755);
    if (isRoot)
      for (const one of ['sub/file', 'sub/inner/new', 'sub/inner/made'])
        expect([statSync(at(one)).uid, statSync(at(one)).gid]).toEqual([1234, 4321]);
    expect(await names('/data/sub')).toEqual(['file', 'inner', 'secret']);
  });

  it('leaves everything as it was where it is refused', async () => {
    const refuse = () => {
      throw new Error('No.');
    };
    await expect(files.write(place('file', '/data/sub'), Buffer.from('x'), refuse)).rejects.toThrow('No.');
    await expect(files.write(place('x', '/data/door'), Buffer.from('x'), anything)).rejects.toThrow(refusedFor('link'));
    await expect(files.write(place('x', '/data/none'), Buffer.from('x'), anything)).rejects.toThrow(notThere);
    await expect(files.makeFolder(place('sub'))).rejects.toThrow(there);
    await expect(files.makeFolder(place('door'))).rejects.toThrow(there);
    await expect(files.changeMode('/data/door', 0o777)).rejects.toThrow(refusedFor('link'));
    expect(readdirSync(elsewhere)).toEqual(['secret']);
    expect(readdirSync(at('sub')).sort()).toEqual(['file', 'inner', 'secret']);
  });

  it('of a place the container may only read is refused', async () => {
    const only = filesOf(root, { readOnly: true });
    const sub = place('sub');
    const changes: ReadonlyArray<() => Promise<unknown>> = [
      () => only.write(place('x'), Buffer.from('x'), anything),
      () => only.makeFolder(place('x')),
      () => only.remove(sub, { forever: true, nowMs: 0 }),
      () => only.remove(sub, { forever: false, nowMs: 0 }),
      () => only.changeMode('/data/sub', 0o777),
      () => only.move(sub, files, place('x'), false),
      () => files.copy(sub, only, place('x'), false),
    ];
    for (const change of changes) await expect(change()).rejects.toThrow(refusedFor('read_only'));
    expect(readdirSync(root).sort()).toEqual(['door', 'sub']);
  });

  it('moves and copies whole folders, links as links, over nothing that is there', async () => {
    chmodSync(at('sub/file'), 0o711);
    await files.copy(place('sub'), files, place('copy'), false);
    expect(readdirSync(at('copy')).sort()).toEqual(['file', 'inner', 'secret']);
    expect(readlinkSync(at('copy/secret'))).toBe(path.join(elsewhere, 'secret'));
    expect(statSync(at('copy/file')).mode & 0o777).toBe(0o711);
    await files.move(place('copy'), files, place('moved', '/data/sub'), false);
    expect(existsSync(at('copy'))).toBe(false);
    expect(readdirSync(at('sub/moved')).sort()).toEqual(['file', 'inner', 'secret']);
    for (const replace of [false, true]) {
      await expect(files.move(place('door'), files, place('sub'), replace)).rejects.toThrow();
      await expect(files.copy(place('sub'), files, place('door'), replace)).rejects.toThrow();
    }
    await expect(files.move(place('sub'), files, place('in', '/data/sub/inner'), false)).rejects.toThrow(refusedFor('inside_itself')); // prettier-ignore
    writeFileSync(at('other'), 'other');
    await expect(files.move(place('other'), files, place('file', '/data/sub'), false)).rejects.toThrow(there);
    await files.move(place('other'), files, place('file', '/data/sub'), true);
    expect(readFileSync(at('sub/file'), 'utf8')).toBe('other');
    await expect(files.move(place('none'), files, place('x'), false)).rejects.toThrow(notThere);
    expect(lstatSync(at('door')).isSymbolicLink()).toBe(true);
  });

  it('goes from one root to another by a copy', async () => {
    const second = filesOf(elsewhere, { target: '/other' });
    await files.move(place('sub'), second, place('sub', '/other'), false);
    expect(existsSync(at('sub'))).toBe(false);
    expect(readFileSync(path.join(elsewhere, 'sub/file'), 'utf8')).toBe('zażółć 👩‍💻\r\n');
  });
});

describe('what is deleted', () => {
  const NOW = 1_800_000_000_000;

  it('lies in the bin of its root, unseen, until it is too old', async () => {
    await files.remove(place('file', '/data/sub'), { forever: false, nowMs: NOW });
    await files.remove(place('door'), { forever: false, nowMs: NOW + DAY_MS });
    expect(await names('/data')).toEqual(['sub']);
    const kept = await names('/data/.bailiwick-bin');
    expect(kept).toHaveLength(2);
    expect(statSync(at('.bailiwick-bin')).mode & 0o777).toBe(0o700);
    expect(readFileSync(at('.bailiwick-bin', kept[0] ?? '', 'sub/file'), 'utf8')).toContain('zażółć');
    await files.move(place('file', `/data/.bailiwick-bin/${kept[0] ?? ''}/sub`), files, place('back'), false);
    expect(await files.emptyBin(NOW + DAY_MS)).toBe(1);
    expect(await names('/data/.bailiwick-bin')).toEqual([kept[1]]);
    expect(await files.emptyBin(NOW + 2 * DAY_MS)).toBe(1);
    expect(readdirSync(elsewhere)).toEqual(['secret']);
    expect(await names('/data')).toEqual(['back', 'sub']);
  });

  it('is put back where it was, and over nothing', async () => {
    chmodSync(at('sub'), 0o711);
    const file = (await files.remove(place('file', '/data/sub'), { forever: false, nowMs: NOW })) ?? '';
    const sub = (await files.remove(place('sub'), { forever: false, nowMs: NOW + 1000 })) ?? '';
    const { items, truncated } = await files.deleted();
    expect(items).toMatchObject([
      { key: sub, path: '/data/sub', deletedAtMs: NOW + 1000, facts: { kind: 'folder' } },
      { key: file, path: '/data/sub/file', deletedAtMs: NOW, facts: { kind: 'file', sizeBytes: 24 } },
    ]);
    expect(truncated).toBe(false);
    expect(statSync(at('.bailiwick-bin', file, 'sub')).mode & 0o777).toBe(0o711);
    await expect(files.putBack(place('file', '/data/sub'), file)).rejects.toThrow(notThere);
    await files.putBack(place('sub'), sub);
    writeFileSync(at('sub/file'), 'newer');
    await expect(files.putBack(place('file', '/data/sub'), file)).rejects.toThrow(there);
    rmSync(at('sub/file'));
    await files.putBack(place('file', '/data/sub'), file);
    expect(readFileSync(at('sub/file'), 'utf8')).toContain('zażółć');
    expect(readdirSync(at('sub')).sort()).toEqual(['file', 'inner', 'secret']);
    expect(readdirSync(at('.bailiwick-bin'))).toEqual([]);
    expect(await files.deleted()).toEqual({ items: [], truncated: false });
  });

  it('is put back only as what it was, whatever somebody made of the bin', async () => {
    const key = (await files.remove(place('file', '/data/sub'), { forever: false, nowMs: NOW })) ?? '';
    await expect(files.putBack(place('other', '/data/sub'), key)).rejects.toThrow(notThere);
    await expect(files.putBack(place('file'), key)).rejects.toThrow(notThere);
    await expect(files.putBack(place('sub'), key)).rejects.toThrow(notThere);
    await expect(files.putBack(place('x', '/data/.bailiwick-bin'), key)).rejects.toThrow(refusedFor('bin'));
    writeFileSync(at('.bailiwick-bin', key, 'beside'), 'x');
    expect((await files.deleted()).items).toEqual([]);
    await files.putBack(place('file', '/data/sub'), key);
    expect(readdirSync(at('.bailiwick-bin', key))).toEqual(['beside']);
    symlinkSync(elsewhere, at('.bailiwick-bin', `${NOW / 1000}-aaaaaaaaaaaa-1`));
    mkdirSync(at('.bailiwick-bin', `${NOW / 1000}-bbbbbbbbbbbb-2`));
    symlinkSync(elsewhere, at('.bailiwick-bin', `${NOW / 1000}-bbbbbbbbbbbb-2`, 'sub'));
    expect((await files.deleted()).items).toEqual([]);
    await expect(files.putBack(place('secret'), `${NOW / 1000}-aaaaaaaaaaaa-1`)).rejects.toThrow(notThere);
    await expect(files.putBack(place('secret', '/data/sub'), `${NOW / 1000}-bbbbbbbbbbbb-2`)).rejects.toThrow(notThere);
    expect(readdirSync(elsewhere)).toEqual(['secret']);
  });

  it('stays where it is when the bin cannot take it', async () => {
    await files.remove(place('door'), { forever: false, nowMs: NOW });
    const before = readdirSync(at('.bailiwick-bin'));
    await expect(files.remove(place('none', '/data/sub'), { forever: false, nowMs: NOW })).rejects.toThrow(notThere);
    expect(readdirSync(at('.bailiwick-bin'))).toEqual(before);
  });

  it('is not put there by hand, and goes from there for ever', async () => {
    await files.remove(place('file', '/data/sub'), { forever: false, nowMs: NOW });
    const [id = ''] = await names('/data/.bailiwick-bin');
    for (const folder of ['/data/.bailiwick-bin', `/data/.bailiwick-bin/${id}`]) {
      await expect(files.move(place('sub'), files, place('x', folder), false)).rejects.toThrow(refusedFor('bin'));
      await expect(files.write(place('x', folder), Buffer.from('x'), anything)).rejects.toThrow(refusedFor('bin'));
    }
    await files.remove(place(id, '/data/.bailiwick-bin'), { forever: false, nowMs: NOW });
    expect(await names('/data/.bailiwick-bin')).toEqual([]);
  });

  it('goes nowhere where somebody put something else in the place of the bin', async () => {
    symlinkSync(elsewhere, at('.bailiwick-bin'));
    await expect(files.remove(place('sub'), { forever: false, nowMs: NOW })).rejects.toThrow(refusedFor('link'));
    expect(await files.emptyBin(NOW)).toBe(0);
    expect(readdirSync(elsewhere)).toEqual(['secret']);
  });

  it('may lie 10,000 folders deep, and hold links that lead back to it', async () => {
    symlinkSync('..', at('sub/inner/loop'));
    const deep = at('deep');
    mkdirSync(deep);
    // No path is that long: each one is made from within the one before.
    const program = `let at = process.cwd(); for (let n = 0; n < 10000; n++) { require('fs').mkdirSync('d'); process.chdir('d'); }`;
    execFileSync(process.execPath, ['-e', program], { cwd: deep });
    await expect(files.copy(place('deep'), files, place('copy'), false)).rejects.toThrow(expect.objectContaining({ code: 'too_large' })); // prettier-ignore
    expect(await names('/data/deep')).toEqual(['d']);
    await files.remove(place('deep'), { forever: true, nowMs: NOW });
    await files.remove(place('sub'), { forever: true, nowMs: NOW });
    expect(readdirSync(root)).toEqual(['door']);
    expect(readdirSync(elsewhere)).toEqual(['secret']);
  }, 60_000);

  it('is never the root itself', async () => {
    await mkdir(at('x'));
    await expect(files.remove(place('data', '/'), { forever: true, nowMs: NOW })).rejects.toThrow(
      refusedFor('elsewhere'),
    );
    expect(existsSync(root)).toBe(true);
    rmSync(at('x'), { recursive: true });
  });
});
