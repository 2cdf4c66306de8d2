import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { ZipFile } from 'yazl';
import { pax, tar, zip } from '../../../test/archive-bytes.js';
import { hostileArchives } from '../../../test/hostile-archives.js';
import { type ArchiveBytes, ArchiveRefused } from '../../kernel/archives/archive.js';
import { readThrough, walkArchive } from './archive-walk.js';

const GIB = 1024 ** 3;
const bytesOf = (bytes: Buffer): ArchiveBytes => ({
  sizeBytes: bytes.length,
  read: (offset, most) => Promise.resolve(bytes.subarray(offset, offset + most)),
});

/** By the library the panel packs with. */
async function zipped(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const made = new ZipFile();
  for (const [name, content] of Object.entries(files)) made.addBuffer(Buffer.from(content), name);
  made.end();
  const pieces: Buffer[] = [];
  for await (const piece of made.outputStream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

async function contents(bytes: Buffer, mostBytes = 6 * GIB) {
  const found: Record<string, string | null> = {};
  const walk = { mostBytes, signal: new AbortController().signal, withinMs: 60_000 };
  const totals = await walkArchive(bytesOf(bytes), walk, async (checked, entry) => {
    const pieces: Buffer[] = [];
    for await (const piece of entry.bytes()) pieces.push(piece);
    found[checked.path] = entry.kind === 'folder' ? null : Buffer.concat(pieces).toString('utf8');
  });
  return { ...totals, found };
}

describe('a hostile archive', () => {
  const all = hostileArchives();

  it('is one of more than 200, each of its own', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(new Set(all.map(({ bytes }) => bytes.toString('latin1'))).size).toBe(all.length);
  });

  it.each(all.map((each) => [each.name, each] as const))('is refused: %s', async (_, { bytes, reasons }) => {
    const before = process.memoryUsage().rss;
    const walk = { mostBytes: 6 * GIB, signal: new AbortController().signal, withinMs: 5_000 };
    let read = 0;
    const walked = walkArchive(bytesOf(bytes), walk, (_checked, entry) => readThrough(entry, (more) => (read += more)));
    const error: unknown = await walked.then(
      () => 'nothing',
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ArchiveRefused);
    if (error instanceof ArchiveRefused) expect(reasons).toContain(error.fault);
    expect(read).toBeLessThan(200 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});

describe('an archive that is well', () => {
  const files = { 'a.txt': 'a', 'folder/b.txt': 'b'.repeat(3000), 'folder/zażółć — 日本語.txt': 'ó', empty: '' };

  it.each(['tar', 'tar.gz', 'zip'])('is read whole: a %s that other programs made', async (kind) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    try {
      mkdirSync(path.join(folder, 'in/folder'), { recursive: true });
      for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, 'in', name), content);
      const out = path.join(folder, 'out');
      if (kind === 'zip') writeFileSync(out, await zipped(files));
      else execFileSync('tar', [kind === 'tar' ? '-cf' : '-czf', out, '.'], { cwd: path.join(folder, 'in') });
      const { found, format } = await contents(readFileSync(out));
      expect(format).toBe(kind);
      expect(found).toMatchObject(files);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('may name the folder it is unpacked into, folders after what is in them, and long names', async () => {
    const long = `${'long'.repeat(40)}/x`;
    const bytes = tar(
      { name: './', type: '5' },
      { name: './folder/x', content: 'x' },
      { name: './folder/', type: '5' },
      { name: 'old/', type: '\0' },
      pax({ comment: 'made by hand' }, 'g'),
      pax({ path: long, mtime: '1700000000.5' }),
      { name: 'short', content: 'long' },
      { name: '././@LongLink', type: 'L', content: `${long}2\0` },
      { name: 'short', content: 'longer' },
    );
    const { found, files: count, folders } = await contents(bytes);
    expect(found).toEqual({ 'folder/x': 'x', folder: null, old: null, [long]: 'long', [`${long}2`]: 'longer' });
    expect({ count, folders }).toEqual({ count: 3, folders: 2 });
  });

  it('is named in the one spelling, however it spells its names', async () => {
    const { found } = await contents(zip([{ name: 'cafe\u0301/x', content: 'x' }]));
    expect(found).toEqual({ 'caf\u00e9/x': 'x' });
  });

  it('may be what its size allows and not a byte more', async () => {
    const bytes = tar({ name: 'a', content: 'x'.repeat(600) }, { name: 'b', content: 'y'.repeat(400) });
    await expect(contents(bytes, 1000)).resolves.toMatchObject({ sizeBytes: 1000 });
    await expect(contents(bytes, 999)).rejects.toMatchObject({ fault: 'bytes' });
  });

  it('may be packed a hundredfold up to a mebibyte', async () => {
    const zeros = Buffer.alloc(1024 * 1024 - 2048);
    await expect(contents(gzipSync(tar({ name: 'a', content: zeros })))).resolves.toMatchObject({ files: 1 });
    await expect(contents(zip([{ name: 'a', content: zeros }]))).resolves.toMatchObject({ files: 1 });
  });

  it('ends where nobody waits for it any more', async () => {
    const gone = new AbortController();
    const bytes = tar({ name: 'a', content: 'a' }, { name: 'b', content: 'b' });
    const walk = { mostBytes: GIB, signal: gone.signal, withinMs: 60_000 };
    await expect(walkArchive(bytesOf(bytes), walk, () => gone.abort(new Error('gone')))).rejects.toThrow('gone');
  });

  it('is given up after its time', async () => {
    const header = tar({ name: 'a', size: 8_000_000_000 }).subarray(0, 512);
    const endless: ArchiveBytes = {
      sizeBytes: 8_000_000_000,
      read: async (offset, most) => {
        await new Promise((done) => setImmediate(done));
        return offset === 0 ? header : Buffer.alloc(Math.min(most, 512));
      },
    };
    const walk = { mostBytes: 8 * GIB, signal: new AbortController().signal, withinMs: 20 };
    const walked = walkArchive(endless, walk, (_, entry) => readThrough(entry, () => undefined));
    await expect(walked).rejects.toMatchObject({ fault: 'time' });
  });
});
