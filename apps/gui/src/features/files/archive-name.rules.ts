import type { ArchiveFormat } from '@bailiwick/contract';

const ENDINGS = ['.tar.gz', '.tgz', '.tar', '.zip'] as const;

/** Whether something is called as an archive the panel unpacks; the core looks at what is in it. */
export const isArchive = (name: string): boolean => endingOf(name) !== undefined;

/** The folder an archive would become by its name. */
export function folderNameOf(name: string): string {
  const stem = name.slice(0, name.length - (endingOf(name) ?? '').length);
  return stem === '' ? 'unpacked' : stem;
}

/** What an archive of these would be called, the first such name that is free. */
export function archiveNameOf(names: readonly string[], format: ArchiveFormat, taken: ReadonlySet<string>): string {
  const stem = names.length === 1 ? (names[0] ?? '') : 'archive';
  const ending = `.${format}`;
  let name = `${stem}${ending}`;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}${ending}`;
  return name;
}

const endingOf = (name: string) =>
  ENDINGS.find((ending) => name.length >= ending.length && name.toLowerCase().endsWith(ending));
