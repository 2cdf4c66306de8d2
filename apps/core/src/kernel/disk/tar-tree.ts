import { Buffer } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import { ArchiveRefused } from '../archives/archive.js';
import { modeOf, ownerOf } from './copy-tree.js';
import { isMissing, type OpenFolder, whatIs, WrongThing } from './open-folder.js';
import { padding, TAR_END, type TarEntry, tarHeader } from './tar-header.rules.js';

const PIECE_BYTES = 256 * 1024;
const MOST_DEEP = 128;
const SLASH = Buffer.from('/');
const NOTHING = Buffer.alloc(0);

interface At {
  readonly depth: number;
  readonly met: () => void;
}

/**
 * A folder as an archive, piece by piece as it is read: nothing more of it is ever in memory. Links are links in it.
 * Pipes, sockets and devices are left out, and what goes meanwhile.
 */
export async function* tarOf(folder: OpenFolder, name: string): AsyncGenerator<Buffer> {
  const path = Buffer.from(name);
  yield tarHeader(entryOf('folder', path, await folder.stat()));
  yield* below(folder, path, { depth: 1, met: () => undefined });
  yield TAR_END;
}

/** The same of what is under some names of a folder, each at the top of the archive; `met` is told of each thing. */
export async function* tarOfNames(
  folder: OpenFolder,
  names: readonly string[],
  met: () => void,
): AsyncGenerator<Buffer> {
  yield* each(folder, names.map((name) => Buffer.from(name)), NOTHING, { depth: 1, met }); // prettier-ignore
  yield TAR_END;
}

async function* below(folder: OpenFolder, path: Buffer, at: At): AsyncGenerator<Buffer> {
  if (at.depth > MOST_DEEP) throw new ArchiveRefused('depth');
  yield* each(folder, await folder.names(), Buffer.concat([path, SLASH]), at);
}

async function* each(
  folder: OpenFolder,
  names: readonly Buffer[],
  above: Buffer,
  { depth, met }: At,
): AsyncGenerator<Buffer> {
  for (const name of names) {
    const stats = await folder.find(name);
    if (!stats) continue;
    met();
    const at = Buffer.concat([above, name]);
    const kind = whatIs(stats);
    try {
      if (kind === 'link') yield tarHeader({ ...entryOf('link', at, stats), target: await folder.linkTarget(name) });
      else if (kind === 'file') yield* fileIn(folder, name, at);
      else if (kind === 'folder') yield* folderIn(folder, name, at, { depth: depth + 1, met });
    } catch (error) {
      // It went, or is something else now.
      if (!isMissing(error) && !(error instanceof WrongThing)) throw error;
    }
  }
}

async function* folderIn(parent: OpenFolder, name: Buffer, path: Buffer, at: At): AsyncGenerator<Buffer> {
  const folder = await parent.folder(name);
  try {
    yield tarHeader(entryOf('folder', path, await folder.stat()));
    yield* below(folder, path, at);
  } finally {
    await folder.close();
  }
}

/** As long as it was when it was opened: what grows is cut, what shrinks is filled up. */
async function* fileIn(folder: OpenFolder, name: Buffer, path: Buffer): AsyncGenerator<Buffer> {
  const { file, stats } = await folder.openFile(name);
  try {
    const sizeBytes = Number(stats.size);
    yield tarHeader({ ...entryOf('file', path, stats), sizeBytes });
    for (let at = 0; at < sizeBytes;) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, sizeBytes - at));
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      at += bytesRead === 0 ? piece.length : bytesRead;
      yield bytesRead === 0 ? piece : piece.subarray(0, bytesRead);
    }
    yield padding(sizeBytes);
  } finally {
    await file.close();
  }
}

function entryOf(kind: TarEntry['kind'], path: Buffer, stats: BigIntStats): TarEntry {
  const named = kind === 'folder' ? Buffer.concat([path, SLASH]) : path;
  return { kind, path: named, mode: modeOf(stats), ...ownerOf(stats), sizeBytes: 0, modifiedAtS: Math.floor(Number(stats.mtimeMs) / 1000) }; // prettier-ignore
}
