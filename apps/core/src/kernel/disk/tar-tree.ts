import { Buffer } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { modeOf, ownerOf } from './copy-tree.js';
import type { OpenFolder } from './open-folder.js';
import { padding, TAR_END, type TarEntry, tarHeader } from './tar-header.rules.js';
import { itemsIn, type TreeItem } from './tree-items.js';

const PIECE_BYTES = 256 * 1024;

/** A folder as an archive, piece by piece as it is read: nothing more of it is ever in memory. Links are links in it. */
export async function* tarOf(folder: OpenFolder, name: string): AsyncGenerator<Buffer> {
  const path = Buffer.from(name);
  yield tarHeader(entryOf('folder', path, await folder.stat()));
  yield* tarOfItems(itemsIn(folder, path));
}

/** The same of what is come to on any way. */
export async function* tarOfItems(items: AsyncIterable<TreeItem>): AsyncGenerator<Buffer> {
  for await (const item of items) {
    const { kind, path, stats } = item;
    if (kind === 'link') yield tarHeader({ ...entryOf(kind, path, stats), target: item.target });
    else if (kind === 'folder') yield tarHeader(entryOf(kind, path, stats));
    else yield* fileIn(item.file, path, stats);
  }
  yield TAR_END;
}

/** As long as it was when it was opened: what grows is cut, what shrinks is filled up. */
async function* fileIn(file: FileHandle, path: Buffer, stats: BigIntStats): AsyncGenerator<Buffer> {
  const sizeBytes = Number(stats.size);
  yield tarHeader({ ...entryOf('file', path, stats), sizeBytes });
  for (let at = 0; at < sizeBytes;) {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, sizeBytes - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    at += bytesRead === 0 ? piece.length : bytesRead;
    yield bytesRead === 0 ? piece : piece.subarray(0, bytesRead);
  }
  yield padding(sizeBytes);
}

function entryOf(kind: TarEntry['kind'], path: Buffer, stats: BigIntStats): TarEntry {
  const named = kind === 'folder' ? Buffer.concat([path, Buffer.from('/')]) : path;
  return { kind, path: named, mode: modeOf(stats), ...ownerOf(stats), sizeBytes: 0, modifiedAtS: Math.floor(Number(stats.mtimeMs) / 1000) }; // prettier-ignore
}
