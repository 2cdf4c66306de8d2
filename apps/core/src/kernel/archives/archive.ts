import type { Buffer } from 'node:buffer';

/** What is wrong with an archive, as a word the panel turns into a sentence. */
export type ArchiveFault =
  // What an archive of ours never holds.
  | 'unknown_format'
  | 'broken'
  | 'encrypted'
  | 'link'
  | 'special'
  | 'name'
  | 'outside'
  | 'duplicate'
  | 'collision'
  | 'reserved'
  | 'method'
  | 'overlap'
  | 'trailing'
  | 'changed'
  // What is more than is unpacked at once.
  | 'entries'
  | 'depth'
  | 'bytes'
  | 'ratio'
  | 'time';

/** This archive is not unpacked, and nothing of it. */
export class ArchiveRefused extends Error {
  constructor(
    readonly fault: ArchiveFault,
    /** The entry that is to blame, as the archive spells it. */
    readonly entry: string | null = null,
  ) {
    super(`The archive is refused: ${fault}${entry === null ? '' : ` at ${JSON.stringify(entry)}`}.`);
  }
}

/** One entry as it stands in an archive; nothing of it is checked yet but that it is a file or a folder. */
export interface ArchiveEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly sizeBytes: number;
  /** How many bytes of the archive it takes, where that can be said of one entry. */
  readonly packedBytes: number | null;
  /** Who may read, write and run it; null where the archive does not say. */
  readonly mode: number | null;
  readonly modifiedAtMs: number | null;
  /** What is in it, to be read before the next entry is asked for; what is not read is passed over. */
  bytes(): AsyncIterable<Buffer>;
}

/** What an archive is read from, at any place. */
export interface ArchiveBytes {
  readonly sizeBytes: number;
  /** Up to so many bytes; fewer only at the end. */
  read(offset: number, maxBytes: number): Promise<Buffer>;
}

export const ARCHIVE_FORMATS = ['zip', 'tar', 'tar.gz'] as const;
export type ArchiveFormat = (typeof ARCHIVE_FORMATS)[number];
