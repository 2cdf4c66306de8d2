import { TooMuch } from './copy-tree.js';
import { type DiskName, isMissing, type OpenFolder, whatIs, WrongThing } from './open-folder.js';
import { within } from './walk.js';

const MOST_DEEP = 64;

/** Something of that name is there already. */
export class Occupied extends Error {
  constructor(thing: string) {
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
    if (stats.isDirectory() && there?.isDirectory())
      await within(from, [name], (source) =>
        within(into, [name], (target) => mergeTree(source, target, how, depth + 1)),
      );
    else {
      if (there) assertReplaced(whatIs(stats), whatIs(there), name, how.replace);
      if (how.really) await from.rename(name, into, name);
    }
  }
}

/** Throws where a path of plain names would meet what it may not replace; nothing is changed. */
export async function assertFree(
  into: OpenFolder,
  [name, ...below]: readonly string[],
  how: { kind: 'file' | 'folder'; replace: boolean },
): Promise<void> {
  const there = name === undefined ? undefined : await into.find(name);
  if (name === undefined || !there) return;
  const what = below.length > 0 ? 'folder' : how.kind;
  if (what !== 'folder' || !there.isDirectory()) return assertReplaced(what, whatIs(there), name, how.replace);
  try {
    await within(into, [name], (next) => assertFree(next, below, how));
  } catch (error) {
    // It went meanwhile.
    if (!isMissing(error)) throw error;
  }
}

function assertReplaced(what: string, there: ReturnType<typeof whatIs>, name: DiskName, replace: boolean): void {
  if (!replace) throw new Occupied(name.toString());
  if (what !== 'file' || there !== 'file') throw new WrongThing(there);
}
