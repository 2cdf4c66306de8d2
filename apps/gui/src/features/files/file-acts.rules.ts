import type { Capability, FileEntry } from '@bailiwick/contract';
import { isArchive } from './archive-name.rules.ts';

/** What can be done to files that are there. */
export type FileAct = 'download' | 'rename' | 'move' | 'copy' | 'unpack' | 'pack' | 'mode' | 'delete';

export const FILE_ACTS: readonly FileAct[] = ['download', 'rename', 'move', 'copy', 'unpack', 'pack', 'mode', 'delete'];
/** Those that can be done to several at once. */
export const BULK_ACTS: readonly FileAct[] = ['move', 'copy', 'pack', 'mode', 'delete'];

export const NEEDS: Record<FileAct, Capability> = {
  download: 'files.download',
  rename: 'files.write',
  move: 'files.write',
  copy: 'files.write',
  unpack: 'files.write',
  pack: 'files.write',
  mode: 'files.chmod',
  delete: 'files.delete',
};

/** Whether it makes sense for a thing of this kind at all. */
export function isFor(act: FileAct, { kind, name }: Pick<FileEntry, 'kind' | 'name'>): boolean {
  switch (act) {
    case 'unpack':
      return kind === 'file' && isArchive(name);
    case 'download':
    case 'copy':
    case 'pack':
    case 'mode':
      return kind === 'file' || kind === 'folder';
    case 'rename':
    case 'move':
    case 'delete':
      return true;
  }
}

/** A name that can be asked for later. */
export const isFileName = (name: string): boolean =>
  name !== '' &&
  name !== '.' &&
  name !== '..' &&
  !/[/\\\p{Cc}]/u.test(name) &&
  new TextEncoder().encode(name).length <= 255;

/** The name of a copy beside its original: `a (2).txt`, the first that is free. */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let number = 2;
  while (taken.has(`${stem} (${number})${end}`)) number += 1;
  return `${stem} (${number})${end}`;
}

/** Which of read, write and run each of owner, group and others has: three digits, most significant first. */
export const BITS = [4, 2, 1] as const;

export const hasBit = (mode: string, who: number, bit: number): boolean => (Number(mode[who] ?? 0) & bit) !== 0;

export const turnBit = (mode: string, who: number, bit: number): string =>
  [...mode].map((digit, at) => (at === who ? `${Number(digit) ^ bit}` : digit)).join('');
