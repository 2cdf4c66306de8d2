import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { type DiskName, dress, type OpenFolder, whatIs, WrongThing } from './open-folder.js';

const PIECE_BYTES = 256 * 1024;

export interface CopyBounds {
  readonly most: number;
  readonly mostBytes: number;
  readonly mostDeep: number;
}
/** What is to be copied is more than is copied at once. */
export class TooMuch extends Error {}

interface Names {
  readonly from: OpenFolder;
  readonly name: DiskName;
  readonly into: OpenFolder;
  readonly newName: DiskName;
}

/** Another one of all that is under a name, with its owners and modes; links are copied as links. Nothing may be there yet. */
export async function copyTree(names: Names, bounds: CopyBounds): Promise<void> {
  await copy(names, { ...bounds, count: 0, bytes: 0 }, 0);
}

type Counted = CopyBounds & { count: number; bytes: number };

async function copy({ from, name, into, newName }: Names, counted: Counted, depth: number): Promise<void> {
  const stats = await from.find(name);
  if (!stats) return;
  counted.count += 1;
  if (counted.count > counted.most || depth > counted.mostDeep) throw new TooMuch();
  const what = whatIs(stats);
  if (what === 'other') throw new WrongThing('other');
  if (what === 'link') return into.makeLink(newName, await from.linkTarget(name));
  if (what === 'file') return copyFile({ from, name, into, newName }, counted);
  const source = await from.folder(name);
  try {
    await into.makeFolder(newName);
    const target = await into.folder(newName);
    try {
      for (const each of await source.names())
        await copy({ from: source, name: each, into: target, newName: each }, counted, depth + 1);
      const { uid, gid, mode } = await source.stat();
      await target.dress({ uid: Number(uid), gid: Number(gid) }, Number(mode) & 0o777);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyFile({ from, name, into, newName }: Names, counted: Counted): Promise<void> {
  const { file, stats } = await from.openFile(name);
  try {
    const made = await into.createFile(newName);
    try {
      await pour(file, made, counted);
      await dress(made, ownerOf(stats), modeOf(stats));
    } finally {
      await made.close();
    }
  } finally {
    await file.close();
  }
}

async function pour(from: FileHandle, to: FileHandle, counted: Counted): Promise<void> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (;;) {
    const { bytesRead } = await from.read(piece, 0, PIECE_BYTES, null);
    if (bytesRead === 0) return;
    counted.bytes += bytesRead;
    if (counted.bytes > counted.mostBytes) throw new TooMuch();
    await writeAll(to, piece.subarray(0, bytesRead));
  }
}

/** A disk that is nearly full takes a part. */
export async function writeAll(to: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await to.write(bytes, at);
    at += bytesWritten;
  }
}

export const ownerOf = ({ uid, gid }: BigIntStats): { uid: number; gid: number } => ({
  uid: Number(uid),
  gid: Number(gid),
});
export const modeOf = ({ mode }: BigIntStats): number => Number(mode) & 0o777;
