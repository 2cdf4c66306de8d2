import type { FileEntry } from '@bailiwick/contract';
import type { FileSortKey, FileView } from './file-view.rules.ts';

type Compare = (one: FileEntry, other: FileEntry) => number;

/** Folders first, whatever it is sorted by; names as people count: `log2` before `log10`. */
export function sortFiles(
  items: readonly FileEntry[],
  { key, descending }: FileView['sort'],
  locale: string,
): FileEntry[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const byName: Compare = (one, other) => collator.compare(one.name, other.name) || (one.name < other.name ? -1 : 1);
  const by: Record<FileSortKey, Compare> = {
    name: byName,
    sizeBytes: (one, other) => one.sizeBytes - other.sizeBytes || byName(one, other),
    modifiedAt: (one, other) => Date.parse(one.modifiedAt) - Date.parse(other.modifiedAt) || byName(one, other),
  };
  const turn = descending ? -1 : 1;
  return items.toSorted((one, other) => rank(one) - rank(other) || turn * by[key](one, other));
}

const rank = ({ kind }: FileEntry): number => (kind === 'folder' ? 0 : 1);

const isDotFile = ({ name }: FileEntry): boolean => name.startsWith('.');

/** Those that are meant by every word of the filter. */
export function selectFiles(
  items: readonly FileEntry[],
  { q, dotFiles }: Pick<FileView, 'q' | 'dotFiles'>,
): FileEntry[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(
    (item) => (dotFiles || !isDotFile(item)) && (words.length === 0 || includesAll(item.name.toLowerCase(), words)),
  );
}

const includesAll = (name: string, words: readonly string[]): boolean => words.every((word) => name.includes(word));

/** Where the next name that begins so stands, from after `from` on and round again; -1 where there is none. */
export function findTyped(items: readonly FileEntry[], typed: string, from: number): number {
  const wanted = typed.toLowerCase();
  const begins = ({ name }: FileEntry) => name.toLowerCase().startsWith(wanted);
  const after = items.findIndex((item, at) => at > from && begins(item));
  return after >= 0 ? after : items.findIndex(begins);
}

const BITS = ['r', 'w', 'x'] as const;

/** `755` as `rwxr-xr-x`. */
export function modeWords(mode: string): string {
  return [...mode].map((digit) => BITS.map((bit, at) => ((Number(digit) >> (2 - at)) & 1 ? bit : '-')).join('')).join(''); // prettier-ignore
}
