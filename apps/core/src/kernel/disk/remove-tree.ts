import { randomBytes } from 'node:crypto';
import type { DiskName, OpenFolder } from './open-folder.js';

/** So many folders are open at once at most; what lies deeper is brought up first. */
const MOST_DEEP = 32;
const MOST_ROUNDS = 8;

/** Takes away what is under a name with all that is in it, however deep; links go, what they lead to stays. */
export async function removeTree(folder: OpenFolder, name: DiskName): Promise<void> {
  const stats = await folder.find(name);
  if (!stats) return;
  if (!stats.isDirectory()) return folder.removeFile(name);
  const top = await folder.folder(name);
  try {
    // What is brought up lies in it once more, and so does what somebody makes meanwhile.
    for (let round = 0, left = await top.names(); left.length > 0; round += 1, left = await top.names()) {
      const isStuck = round > MOST_ROUNDS && !left.some((each) => each.toString('latin1').startsWith(BROUGHT_UP));
      if (isStuck) break;
      for (const each of left) await removeBelow(top, each, { top, depth: 1 });
    }
  } finally {
    await top.close();
  }
  await folder.removeFolder(name);
}

const BROUGHT_UP = '.bailiwick-up-';

async function removeBelow(
  folder: OpenFolder,
  name: DiskName,
  { top, depth }: { top: OpenFolder; depth: number },
): Promise<void> {
  const stats = await folder.find(name);
  if (!stats) return;
  if (!stats.isDirectory()) return folder.removeFile(name);
  if (depth > MOST_DEEP) return folder.rename(name, top, `${BROUGHT_UP}${randomBytes(9).toString('hex')}`);
  const below = await folder.folder(name);
  try {
    for (const each of await below.names()) await removeBelow(below, each, { top, depth: depth + 1 });
  } finally {
    await below.close();
  }
  await folder.removeFolder(name);
}
