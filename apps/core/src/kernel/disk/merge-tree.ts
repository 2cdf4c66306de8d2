import { TooMuch } from './copy-tree.js';
import { type DiskName, isMissing, type OpenFolder, whatIs, WrongThing } from './open-folder.js';

const MOST_DEEP = 64;

/** Something of that name is there already. */
export class Occupied extends Error {
  constructor(readonly thing: string) {
    super(`There is something called ${thing}.`);
  }
}

interface Merging {
  readonly replace: boolean;
  /** False: looks whether it could, and moves nothing. */
  readonly really: boolean;
}

/**
 * Moves all that is in one folder into another one of the same disk, where folders meet folders and, where that is
 * said, files take the place of files. Done twice it goes on with what is left.
 */
export async function mergeTree(from: OpenFolder, into: OpenFolder, how: Merging, depth = 0): Promise<void> {
  if (depth > MOST_DEEP) throw new TooMuch();
  for (const name of await from.names()) {
    const stats = await from.find(name);
    const there = await into.find(name);
    if (!stats) continue;
    if (stats.isDirectory() && there?.isDirectory()) await mergeBelow(from, into, name, how, depth);
    else {
      if (there) assertReplaced(whatIs(stats), whatIs(there), name, how.replace);
      if (how.really) await from.rename(name, into, name);
    }
  }
}

async function mergeBelow(
  from: OpenFolder,
  into: OpenFolder,
  name: DiskName,
  how: Merging,
  depth: number,
): Promise<void> {
  const source = await from.folder(name);
  try {
    const target = await into.folder(name);
    try {
      await mergeTree(source, target, how, depth + 1);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Throws where a path of plain names would meet what it may not replace; nothing is changed. */
export async function assertFree(
  into: OpenFolder,
  parts: readonly string[],
  { kind, replace }: { kind: 'file' | 'folder'; replace: boolean },
): Promise<void> {
  let folder = into;
  try {
    for (const [index, name] of parts.entries()) {
      const there = await folder.find(name);
      if (!there) return;
      const isLast = index === parts.length - 1;
      const what = isLast ? kind : 'folder';
      if (what === 'folder' && there.isDirectory()) {
        if (isLast) return;
        const next = await folder.folder(name);
        if (folder !== into) await folder.close();
        folder = next;
        continue;
      }
      return assertReplaced(what, whatIs(there), name, replace);
    }
  } catch (error) {
    // It went meanwhile.
    if (!isMissing(error)) throw error;
  } finally {
    if (folder !== into) await folder.close();
  }
}

function assertReplaced(what: string, there: ReturnType<typeof whatIs>, name: DiskName, replace: boolean): void {
  if (!replace) throw new Occupied(name.toString());
  if (what !== 'file' || there !== 'file') throw new WrongThing(there);
}
