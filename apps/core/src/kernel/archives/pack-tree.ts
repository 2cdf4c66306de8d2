import { Buffer, isUtf8 } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { addAbortSignal, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ZipFile } from 'yazl';
import { modeOf, writeAll } from '../disk/copy-tree.js';
import type { OpenFolder } from '../disk/open-folder.js';
import { tarOfItems } from '../disk/tar-tree.js';
import { itemsOf, type TreeItem } from '../disk/tree-items.js';
import { type ArchiveFormat, ArchiveRefused } from './archive.js';

const PIECE_BYTES = 256 * 1024;
const KINDS = { file: 0o100_000, folder: 0o040_000 } as const;

interface Packing {
  readonly folder: OpenFolder;
  readonly names: readonly string[];
  readonly format: ArchiveFormat;
  readonly to: FileHandle;
  readonly signal: AbortSignal;
  /** Also of what is left out. */
  readonly mostEntries: number;
  /** How many bytes of the archive are written. */
  readonly wrote: (bytes: number) => void;
}

/** An archive of what is under some names of one folder, written as it is read. Answers how many things were left out. */
export async function packTree(packing: Packing): Promise<{ left: number }> {
  const { folder, names, format, to, signal, mostEntries, wrote } = packing;
  const left = { count: 0 };
  const all = names.map((name) => Buffer.from(name));
  const items = noMoreThan(mostEntries, itemsOf(folder, all, Buffer.alloc(0)));
  // What is still being read when the archive cannot be written any more is let go of.
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const source = format === 'zip' ? zipOf(items, left, either) : tarStream(items, format);
  addAbortSignal(signal, source);
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      await writeAll(to, piece);
      wrote(piece.length);
    }
    return { left: left.count };
  } finally {
    ending.abort();
  }
}

async function* noMoreThan(most: number, items: AsyncIterable<TreeItem>): AsyncGenerator<TreeItem> {
  let count = 0;
  for await (const item of items) {
    count += 1;
    if (count > most) throw new ArchiveRefused('entries');
    yield item;
  }
}

/** Links are links in it. */
function tarStream(items: AsyncIterable<TreeItem>, format: 'tar' | 'tar.gz'): Readable {
  const tar = Readable.from(tarOfItems(items), { objectMode: false, highWaterMark: PIECE_BYTES });
  if (format === 'tar') return tar;
  const gzip = createGzip({ chunkSize: PIECE_BYTES });
  tar.on('error', (error) => gzip.destroy(error));
  gzip.on('close', () => tar.destroy());
  return tar.pipe(gzip);
}

/** Without links, and without names that other systems read in another way: what unpacks a zip refuses both. */
function zipOf(items: AsyncIterable<TreeItem>, left: { count: number }, signal: AbortSignal): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream;
  if (!(out instanceof Readable)) throw new Error('What comes out of a zip is no stream.');
  zip.on('error', (error: Error) => out.destroy(error));
  fill(zip, items, left, signal).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error('It could not be read.', { cause: error }))); // prettier-ignore
  return out;
}

async function fill(
  zip: ZipFile,
  items: AsyncIterable<TreeItem>,
  left: { count: number },
  signal: AbortSignal,
): Promise<void> {
  for await (const item of items) {
    signal.throwIfAborted();
    const path = item.path.toString('utf8');
    if (item.kind === 'link' || !isPortable(item.path)) left.count += 1;
    else if (item.kind === 'folder') zip.addEmptyDirectory(path, factsOf(item.kind, item.stats));
    else {
      const bytes = Readable.from(piecesOf(item.file, Number(item.stats.size)), { objectMode: false });
      zip.addReadStream(addAbortSignal(signal, bytes), path, factsOf(item.kind, item.stats));
      // The next one is opened when this one is read.
      await finished(bytes);
    }
  }
  zip.end();
}

const factsOf = (kind: keyof typeof KINDS, stats: BigIntStats) => ({
  mtime: new Date(Number(stats.mtimeMs)),
  mode: KINDS[kind] | modeOf(stats),
});

/** No backslash, no drive, nothing that cannot be written down. */
function isPortable(path: Buffer): boolean {
  const text = path.toString('utf8');
  return isUtf8(path) && !/[\\\p{Cc}]/u.test(text) && !/^[A-Za-z]:/.test(text);
}

/** As long as it was when it was opened: what grows is cut. */
async function* piecesOf(file: FileHandle, sizeBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < sizeBytes;) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, sizeBytes - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}
