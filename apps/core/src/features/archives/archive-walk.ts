import type { ArchiveFormat } from '@bailiwick/contract';
import { ARCHIVE_BOUNDS, ArchiveCheck, type CheckedEntry } from '../../kernel/archives/archive-check.rules.js';
import { type ArchiveBytes, type ArchiveEntry, ArchiveRefused } from '../../kernel/archives/archive.js';
import { formatOf, readArchive } from '../../kernel/archives/read-archive.js';
import type { Reached } from '../files/file-visits.service.js';

type OpenFile = Awaited<ReturnType<Reached['tree']['open']>>;

export interface Walk {
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  readonly withinMs: number;
}
export interface Totals {
  readonly format: ArchiveFormat;
  readonly files: number;
  readonly folders: number;
  readonly sizeBytes: number;
}
/** Of every entry that is more than the folder itself; it reads what is in it, or passes over it. */
export type Visitor = (checked: CheckedEntry, entry: ArchiveEntry) => Promise<void> | void;

/** An open file as the bytes of an archive. */
export const bytesOf = (file: OpenFile): ArchiveBytes => ({
  sizeBytes: file.facts.sizeBytes,
  read: (offset, maxBytes) => file.read(offset, maxBytes),
});

/** Each entry of an archive, held against all before it. Whoever reads it twice has it checked twice. */
export async function walkArchive(source: ArchiveBytes, walk: Walk, visit: Visitor): Promise<Totals> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new ArchiveRefused('time')), walk.withinMs);
  const signal = AbortSignal.any([walk.signal, late.signal]);
  const watched: ArchiveBytes = {
    sizeBytes: source.sizeBytes,
    read: async (offset, maxBytes) => {
      signal.throwIfAborted();
      return source.read(offset, maxBytes);
    },
  };
  const counts = { file: 0, folder: 0 };
  try {
    const format = await formatOf(watched);
    const check = new ArchiveCheck({ ...ARCHIVE_BOUNDS, mostBytes: walk.mostBytes });
    for await (const entry of readArchive(watched, format, { mostEntries: ARCHIVE_BOUNDS.mostEntries, signal })) {
      const checked = check.accept(entry);
      if (!checked) continue;
      counts[entry.kind] += 1;
      await visit(checked, entry);
    }
    return { format, files: counts.file, folders: counts.folder, sizeBytes: check.bytes };
  } catch (error) {
    // A library may wrap what it was stopped with.
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Reads what is in an entry for nothing but to know that it can be read. */
export async function readThrough(entry: ArchiveEntry, came: (bytes: number) => void): Promise<void> {
  for await (const piece of entry.bytes()) came(piece.length);
}
