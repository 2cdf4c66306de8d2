import { randomBytes } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import { modeOf, ownerOf } from '../../kernel/disk/copy-tree.js';
import { codeOf, isMissing, type OpenFolder, WrongThing } from '../../kernel/disk/open-folder.js';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { within } from '../../kernel/disk/walk.js';
import { notFound } from '../../kernel/errors.js';
import { BIN, binKey, isTypable, readBinKey } from './files.rules.js';

const MOST_SHOWN = 1000;
const BIN_MODE = 0o700;

/**
 * What is deleted lies in the bin in folders called as those it was in: where it was is said by where it is, so there is
 * nothing beside it that somebody could change. Its key says how deep that is.
 */
export async function intoBin(root: OpenFolder, names: readonly string[], nowMs: number): Promise<string> {
  const key = binKey(nowMs, names.length, randomBytes(6).toString('hex'));
  if (!(await root.find(BIN))) {
    await root.makeFolder(BIN);
    await within(root, [BIN], async (bin) => bin.dress(ownerOf(await root.stat()), BIN_MODE));
  }
  await within(root, [BIN], async (bin) => {
    await bin.makeFolder(key);
    try {
      await within(bin, [key], async (kept) => {
        await kept.dress(ownerOf(await bin.stat()), BIN_MODE);
        await moveDown(root, kept, names);
      });
    } catch (error) {
      await removeTree(bin, key);
      throw error;
    }
  });
  return key;
}

async function moveDown(from: OpenFolder, into: OpenFolder, [name = '', ...rest]: readonly string[]): Promise<void> {
  if (rest.length === 0) return from.rename(name, into, name);
  await within(from, [name], async (source) => {
    const stats = await source.stat();
    await into.makeFolder(name);
    await within(into, [name], async (target) => {
      await target.dress(ownerOf(stats), modeOf(stats));
      await moveDown(source, target, rest);
    });
  });
}

export interface Binned {
  readonly key: string;
  readonly atMs: number;
  /** The way to where it was. */
  readonly names: readonly string[];
  readonly stats: BigIntStats;
}

/** What lies in the bin, the latest first. */
export async function binned(root: OpenFolder): Promise<{ items: readonly Binned[]; truncated: boolean }> {
  return inBin(root, { items: [], truncated: false }, async (bin) => {
    const keys = (await bin.names())
      .map((name) => name.toString('latin1'))
      .filter((key) => readBinKey(key) !== undefined)
      .sort()
      .reverse();
    const items: Binned[] = [];
    for (const key of keys.slice(0, MOST_SHOWN)) {
      const one = await orNothing(() => within(bin, [key], (kept) => readKept(kept, key)));
      if (one) items.push(one);
    }
    return { items, truncated: keys.length > MOST_SHOWN };
  });
}

/** Down the one folder there is on each level; undefined where somebody made it something else. */
async function readKept(kept: OpenFolder, key: string, above: readonly string[] = []): Promise<Binned | undefined> {
  const { atMs, depth } = readBinKey(key) ?? { atMs: 0, depth: 0 };
  const [bytes, ...more] = await kept.names();
  if (bytes === undefined || more.length > 0 || !isUtf8(bytes)) return undefined;
  const name = bytes.toString('utf8');
  if (!isTypable(name)) return undefined;
  const names = [...above, name];
  if (names.length < depth) return within(kept, [name], (next) => readKept(next, key, names));
  const stats = await kept.find(name);
  return stats && { key, atMs, names, stats };
}

/** The folder in the bin that holds what was at the end of a way; what is left empty by the work goes. */
export async function outOfBin(
  root: OpenFolder,
  key: string,
  names: readonly string[],
  work: (folder: OpenFolder) => Promise<void>,
): Promise<void> {
  const there = readBinKey(key)?.depth === names.length && (await inBin(root, false, (bin) => holds(bin, key, names)));
  if (!there) throw notFound('deleted file', key);
  await within(root, [BIN], async (bin) => {
    const folders = [key, ...names.slice(0, -1)];
    await within(bin, folders, work);
    for (let depth = folders.length - 1; depth >= 0; depth -= 1)
      await within(bin, folders.slice(0, depth), (above) => removeEmpty(above, folders[depth] ?? ''));
  });
}

const holds = (bin: OpenFolder, key: string, names: readonly string[]): Promise<boolean> =>
  within(bin, [key, ...names.slice(0, -1)], async (folder) => (await folder.find(names.at(-1) ?? '')) !== undefined);

async function removeEmpty(folder: OpenFolder, name: string): Promise<void> {
  try {
    await folder.removeFolder(name);
  } catch (error) {
    // Somebody put something beside it, which goes with the bin.
    if (codeOf(error) !== 'ENOTEMPTY' && !isMissing(error)) throw error;
  }
}

/** What was deleted before that goes; says how many. */
export function emptyBin(root: OpenFolder, beforeMs: number): Promise<number> {
  return inBin(root, 0, async (bin) => {
    let gone = 0;
    for (const name of await bin.names()) {
      const key = readBinKey(name.toString('latin1'));
      if (key === undefined || key.atMs >= beforeMs) continue;
      await removeTree(bin, name);
      gone += 1;
    }
    return gone;
  });
}

/** The other where nothing was ever deleted, or something else is in its place. */
async function inBin<Result>(
  root: OpenFolder,
  other: Result,
  work: (bin: OpenFolder) => Promise<Result>,
): Promise<Result> {
  return (await orNothing(() => within(root, [BIN], work))) ?? other;
}

async function orNothing<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error) || error instanceof WrongThing) return undefined;
    throw error;
  }
}
