import { Buffer } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { ArchiveRefused } from '../archives/archive.js';
import { isMissing, type OpenFolder, whatIs, WrongThing } from './open-folder.js';

const MOST_DEEP = 128;
const SLASH = Buffer.from('/');

interface Named {
  /** From where it began; bytes, for a disk may have names that are no text. */
  readonly path: Buffer;
  readonly stats: BigIntStats;
}
export type TreeItem =
  | (Named & { readonly kind: 'folder' })
  /** Open until the next one is asked for. */
  | (Named & { readonly kind: 'file'; readonly file: FileHandle })
  | (Named & { readonly kind: 'link'; readonly target: Buffer });

/**
 * All that is under some names of a folder, each folder before what is in it. Pipes, sockets and devices are left out,
 * and what goes meanwhile.
 */
export async function* itemsOf(
  folder: OpenFolder,
  names: readonly Buffer[],
  above: Buffer,
  depth = 1,
): AsyncGenerator<TreeItem> {
  if (depth > MOST_DEEP) throw new ArchiveRefused('depth');
  for (const name of names) {
    const stats = await folder.find(name);
    if (!stats) continue;
    const path = Buffer.concat([above, name]);
    const kind = whatIs(stats);
    try {
      if (kind === 'link') yield { kind, path, stats, target: await folder.linkTarget(name) };
      else if (kind === 'file') yield* fileItem(folder, name, path);
      else if (kind === 'folder') yield* folderItems(folder, name, path, depth);
    } catch (error) {
      // It went, or is something else now.
      if (!isMissing(error) && !(error instanceof WrongThing)) throw error;
    }
  }
}

/** The same of everything in a folder. */
export async function* itemsIn(folder: OpenFolder, path: Buffer, depth = 1): AsyncGenerator<TreeItem> {
  yield* itemsOf(folder, await folder.names(), Buffer.concat([path, SLASH]), depth);
}

async function* fileItem(folder: OpenFolder, name: Buffer, path: Buffer): AsyncGenerator<TreeItem> {
  const { file, stats } = await folder.openFile(name);
  try {
    yield { kind: 'file', path, stats, file };
  } finally {
    await file.close();
  }
}

async function* folderItems(parent: OpenFolder, name: Buffer, path: Buffer, depth: number): AsyncGenerator<TreeItem> {
  const folder = await parent.folder(name);
  try {
    yield { kind: 'folder', path, stats: await folder.stat() };
    yield* itemsIn(folder, path, depth + 1);
  } finally {
    await folder.close();
  }
}
