import { Buffer, isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { addAbortSignal, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ZipFile } from 'yazl';
import { modeOf, writeAll } from '../disk/copy-tree.js';
import { isMissing, type OpenFolder, whatIs, WrongThing } from '../disk/open-folder.js';
import { tarOfNames } from '../disk/tar-tree.js';
import { type ArchiveFormat, ArchiveRefused } from './archive.js';

const PIECE_BYTES = 256 * 1024;
const MOST_DEEP = 128;

interface Packing {
  readonly folder: OpenFolder;
  readonly names: readonly string[];
  readonly format: ArchiveFormat;
  readonly to: FileHandle;
  readonly signal: AbortSignal;
  readonly mostEntries: number;
  /** How many bytes of the archive are written. */
  readonly wrote: (bytes: number) => void;
}

/** An archive of what is under some names of one folder, written as it is read. Answers how many links were left out. */
export async function packTree(packing: Packing): Promise<{ left: number }> {
  const { folder, names, format, to, signal, mostEntries, wrote } = packing;
  const left = { count: 0 };
  let entries = 0;
  const met = (): void => {
    entries += 1;
    if (entries > mostEntries) throw new ArchiveRefused('entries');
  };
  // What is still being read when the archive cannot be written any more is let go of.
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const source =
    format === 'zip' ? zipOf({ folder, names, left, met, signal: either }) : tarStream(folder, names, format, met);
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

/** Links are links in it. */
function tarStream(folder: OpenFolder, names: readonly string[], format: 'tar' | 'tar.gz', met: () => void): Readable {
  const tar = Readable.from(tarOfNames(folder, names, met), { objectMode: false, highWaterMark: PIECE_BYTES });
  if (format === 'tar') return tar;
  const gzip = createGzip({ chunkSize: PIECE_BYTES });
  tar.on('error', (error) => gzip.destroy(error));
  gzip.on('close', () => tar.destroy());
  return tar.pipe(gzip);
}

interface Zipping extends Pick<Packing, 'folder' | 'names' | 'signal'> {
  readonly left: { count: number };
  /** Of each thing that is come to, also of what is left out. */
  readonly met: () => void;
}

/** Without links, and without names that other systems read in another way: what unpacks a zip refuses both. */
function zipOf({ folder, names, signal, left, met }: Zipping): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream;
  if (!(out instanceof Readable)) throw new Error('What comes out of a zip is no stream.');
  zip.on('error', (error: Error) => out.destroy(error));
  const all = names.map((name) => Buffer.from(name));
  const fill = async (): Promise<void> => {
    for await (const item of itemsOf(folder, all, '', 1)) {
      signal.throwIfAborted();
      met();
      if (item.kind === 'left') left.count += 1;
      else if (item.kind === 'folder') zip.addEmptyDirectory(item.path, item.facts);
      else await addFile(zip, item, signal);
    }
    zip.end();
  };
  fill().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error('It could not be read.', { cause: error }))); // prettier-ignore
  return out;
}

/** The next one is opened when this one is read. */
async function addFile(zip: ZipFile, { path, facts, file, sizeBytes }: FileItem, signal: AbortSignal): Promise<void> {
  const stream = addAbortSignal(signal, Readable.from(piecesOf(file, sizeBytes), { objectMode: false }));
  zip.addReadStream(stream, path, facts);
  await finished(stream);
}

interface Facts {
  readonly mtime: Date;
  readonly mode: number;
}
interface FileItem {
  readonly kind: 'file';
  readonly path: string;
  readonly facts: Facts;
  readonly file: FileHandle;
  readonly sizeBytes: number;
}
type Item =
  FileItem | { readonly kind: 'folder'; readonly path: string; readonly facts: Facts } | { readonly kind: 'left' };

async function* itemsOf(
  folder: OpenFolder,
  names: readonly Buffer[],
  above: string,
  depth: number,
): AsyncGenerator<Item> {
  if (depth > MOST_DEEP) throw new ArchiveRefused('depth');
  for (const name of names) {
    const stats = await folder.find(name);
    if (!stats) continue;
    const path = above + name.toString('utf8');
    const kind = whatIs(stats);
    try {
      if (kind === 'link' || !isPortable(name, depth)) yield { kind: 'left' };
      else if (kind === 'file') yield* fileItem(folder, name, path);
      else if (kind === 'folder') yield* folderItems(folder, name, path, depth);
    } catch (error) {
      // It went, or is something else now.
      if (!isMissing(error) && !(error instanceof WrongThing)) throw error;
    }
  }
}

async function* fileItem(folder: OpenFolder, name: Buffer, path: string): AsyncGenerator<Item> {
  const { file, stats } = await folder.openFile(name);
  try {
    yield {
      kind: 'file',
      path,
      facts: { mtime: new Date(Number(stats.mtimeMs)), mode: 0o100_000 | modeOf(stats) },
      file,
      sizeBytes: Number(stats.size),
    };
  } finally {
    await file.close();
  }
}

async function* folderItems(parent: OpenFolder, name: Buffer, path: string, depth: number): AsyncGenerator<Item> {
  const folder = await parent.folder(name);
  try {
    const stats = await folder.stat();
    yield { kind: 'folder', path, facts: { mtime: new Date(Number(stats.mtimeMs)), mode: 0o040_000 | modeOf(stats) } };
    yield* itemsOf(folder, await folder.names(), `${path}/`, depth + 1);
  } finally {
    await folder.close();
  }
}

/** No backslash, no drive, nothing that cannot be written down. */
function isPortable(name: Buffer, depth: number): boolean {
  return (
    isUtf8(name) &&
    !/[\\\p{Cc}]/u.test(name.toString('utf8')) &&
    !(depth === 1 && /^[A-Za-z]:/.test(name.toString('utf8')))
  );
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
