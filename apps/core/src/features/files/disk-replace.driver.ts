import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { copyTree, modeOf, ownerOf, writeAll } from '../../kernel/disk/copy-tree.js';
import { codeOf, dress, type OpenFolder, whatIs, WrongThing } from '../../kernel/disk/open-folder.js';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { conflict, notFound } from '../../kernel/errors.js';
import type { Brought, Check, FileFacts } from './file-tree.js';
import { etagOf, kindAndMode } from './files.rules.js';

const FILE_MODE = 0o644;

/** What is to take a place: laid beside it, held open while it is dressed, and taken away again where it cannot. */
export interface Aside {
  lay(folder: OpenFolder, beside: string): Promise<FileHandle>;
  take(folder: OpenFolder, beside: string): Promise<void>;
}

/** Whole and as its owner's before it is there, with the rights of what was there; then at once. */
export async function putInPlace(folder: OpenFolder, name: string, aside: Aside, check: Check): Promise<FileFacts> {
  const before = await folder.find(name);
  check(before && toFacts(before));
  assertAlone(before);
  const owner = ownerOf(before ?? (await folder.stat()));
  const beside = besideName();
  const file = await aside.lay(folder, beside);
  try {
    let stats: BigIntStats;
    try {
      await dress(file, owner, before ? modeOf(before) : FILE_MODE);
      await file.datasync();
      stats = await file.stat({ bigint: true });
    } finally {
      await file.close();
    }
    await folder.rename(beside, folder, name);
    return toFacts(stats);
  } catch (error) {
    await aside.take(folder, beside);
    throw error;
  }
}

export const ofContent = (content: Buffer): Aside => ({
  lay: async (folder, beside) => {
    const file = await folder.createFile(beside);
    try {
      await writeAll(file, content);
      return file;
    } catch (error) {
      await file.close();
      await removeTree(folder, beside);
      throw error;
    }
  },
  take: removeTree,
});

/** Moved where both are on one disk, and then moved back where it could not take its place; else copied. */
export function ofBrought({ folder: from, name }: Brought): Aside {
  let isMoved = false;
  const take = async (folder: OpenFolder, beside: string): Promise<void> => {
    if (isMoved) await folder.rename(beside, from, name);
    else await removeTree(folder, beside);
  };
  return {
    take,
    lay: async (folder, beside) => {
      isMoved = await isRenamed(from, name, folder, beside);
      try {
        const one = { most: 1, mostBytes: Infinity, mostDeep: 0 };
        if (!isMoved) await copyTree({ from, name, into: folder, newName: beside }, one);
        return (await folder.openFile(beside)).file;
      } catch (error) {
        await take(folder, beside);
        throw error;
      }
    },
  };
}

async function isRenamed(from: OpenFolder, name: string, into: OpenFolder, beside: string): Promise<boolean> {
  try {
    await from.rename(name, into, beside);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    return false;
  }
}

/** What has a second name somewhere is no file of this folder alone. */
export function assertAlone(stats: BigIntStats | undefined): void {
  if (stats?.isFile() && stats.nlink > 1n) throw new WrongThing('hardlink');
}

/** Only a file takes the place of a file. */
export async function assertReplaces(
  source: OpenFolder,
  name: string,
  target: OpenFolder,
  newName: string,
  replace: boolean,
): Promise<void> {
  const [what, there] = [await source.find(name), await target.find(newName)];
  if (!what) throw notFound('file', name);
  if (!there) return;
  if (!replace) throw conflict('file_exists', `There is something called ${newName}.`, { params: { name: newName } });
  if (!what.isFile() || !there.isFile()) throw new WrongThing(whatIs(there));
}

export const besideName = (): string => `.bailiwick-${randomBytes(12).toString('hex')}`;

export function toFacts(stats: BigIntStats): FileFacts {
  const { uid, gid } = ownerOf(stats);
  const sizeBytes = Number(stats.size);
  return {
    ...kindAndMode(Number(stats.mode)),
    owner: `${uid}:${gid}`,
    sizeBytes,
    modifiedAtMs: Number(stats.mtimeMs),
    etag: etagOf(String(stats.ino), sizeBytes, String(stats.mtimeNs)),
  };
}
