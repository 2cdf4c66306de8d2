import { randomBytes } from 'node:crypto';
import type { DiskName, OpenFolder } from './open-folder.js';

/** So many folders are open at once at most; what lies deeper is brought up first. */
const MOST_DEEP = 32;
/** How often what somebody makes meanwhile is taken away as well. */
const MOST_ROUNDS = 8;
/** How often something is brought up: more than lies in a folder that nobody fills meanwhile. */
const MOST_TIMES_BROUGHT_UP = 1024;

/** There is still more in it after all that is done at once; what is gone is gone. */
export class TooDeep extends Error {
  constructor() {
    super('It lies deeper than is deleted at once, or is being filled.');
  }
}

/** Takes away what is under a name with all that is in it, however deep; links go, what they lead to stays. */
export async function removeTree(
  folder: OpenFolder,
  name: DiskName,
  mostTimesBroughtUp = MOST_TIMES_BROUGHT_UP,
): Promise<void> {
  const stats = await folder.find(name);
  if (!stats) return;
  if (!stats.isDirectory()) return folder.removeFile(name);
  const top = await folder.folder(name);
  try {
    await empty(top, mostTimesBroughtUp);
  } finally {
    await top.close();
  }
  await folder.removeFolder(name);
}

/** What is brought up lies in it once more, and so does what somebody makes meanwhile, by whatever name. */
async function empty(top: OpenFolder, mostTimesBroughtUp: number): Promise<void> {
  const broughtUp = new Set<string>();
  for (let round = 0; ; round += 1) {
    const left = await top.names();
    const taken = round > MOST_ROUNDS ? left.filter((each) => broughtUp.has(each.toString('latin1'))) : left;
    if (taken.length === 0) return;
    if (round > mostTimesBroughtUp) throw new TooDeep();
    for (const each of taken) await removeBelow(top, each, { top, broughtUp, depth: 1 });
  }
}

const BROUGHT_UP = '.bailiwick-up-';

async function removeBelow(
  folder: OpenFolder,
  name: DiskName,
  { depth, ...above }: { top: OpenFolder; broughtUp: Set<string>; depth: number },
): Promise<void> {
  const stats = await folder.find(name);
  if (!stats) return;
  if (!stats.isDirectory()) return folder.removeFile(name);
  if (depth > MOST_DEEP) return bringUp(folder, name, above);
  const below = await folder.folder(name);
  try {
    for (const each of await below.names()) await removeBelow(below, each, { ...above, depth: depth + 1 });
  } finally {
    await below.close();
  }
  await folder.removeFolder(name);
}

async function bringUp(
  folder: OpenFolder,
  name: DiskName,
  { top, broughtUp }: { top: OpenFolder; broughtUp: Set<string> },
): Promise<void> {
  const newName = `${BROUGHT_UP}${randomBytes(9).toString('hex')}`;
  await folder.rename(name, top, newName);
  broughtUp.add(newName);
}
