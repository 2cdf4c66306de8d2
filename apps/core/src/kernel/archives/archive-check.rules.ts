import { Buffer } from 'node:buffer';
import { type ArchiveEntry, ArchiveRefused } from './archive.js';

export interface ArchiveBounds {
  readonly mostEntries: number;
  readonly mostDeep: number;
  readonly mostBytes: number;
}
export const ARCHIVE_BOUNDS = { mostEntries: 50_000, mostDeep: 64 } as const;
/** So many times its own size an archive may become, from so many bytes on. */
const MOST_RATIO = 100;
const RATIO_FROM_BYTES = 1024 * 1024;

/** All that is remembered of one archive: files, and folders whether an entry names them or not. */
const MOST_PLACES = 100_000;
const MOST_NAME_LENGTH = 8 * 1024 * 1024;
const MOST_PATH_BYTES = 4096;
const MOST_NAME_BYTES = 255;
const CONTROL = /[\p{Cc}\p{Cs}\\\uFFFD]/u;
const DRIVE = /^[A-Za-z]:/;
/** What the panel itself keeps beside files. */
const OURS = '.bailiwick-';

/** An entry by the parts of its path, none of them but a plain name. */
export interface CheckedEntry {
  readonly parts: readonly string[];
  readonly path: string;
}

/**
 * Holds all entries of one archive against each other: what would leave the folder, meets another one on some file
 * system, or is more than was agreed on. Ask it of each entry in turn, before anything of it is used.
 */
export class ArchiveCheck {
  private readonly top: Folder = { kind: 'folder', name: '', named: true, within: new Map() };
  private entries = 0;
  private total = 0;
  private places = 0;
  private nameLength = 0;

  constructor(private readonly bounds: ArchiveBounds) {}

  get bytes(): number {
    return this.total;
  }

  /** Null for the folder it is unpacked into, which some archives name. */
  accept(entry: Pick<ArchiveEntry, 'path' | 'kind' | 'sizeBytes' | 'packedBytes'>): CheckedEntry | null {
    this.entries += 1;
    if (this.entries > this.bounds.mostEntries) throw new ArchiveRefused('entries', entry.path);
    this.total += entry.sizeBytes;
    if (!Number.isSafeInteger(entry.sizeBytes) || this.total > this.bounds.mostBytes)
      throw new ArchiveRefused('bytes', entry.path);
    if (entry.packedBytes !== null) assertRatio(entry.sizeBytes, entry.packedBytes, entry.path);
    const parts = partsOf(entry);
    if (parts.length === 0) return null;
    if (parts.length > this.bounds.mostDeep) throw new ArchiveRefused('depth', entry.path);
    let folder = this.top;
    parts.forEach((name, index) => {
      const isLast = index === parts.length - 1;
      const place = this.place(folder, name, { kind: isLast ? entry.kind : 'folder', named: isLast, said: entry.path });
      if (place.within) folder = place;
    });
    return { parts, path: parts.join('/') };
  }

  private place(folder: Folder, name: string, { kind, named, said }: Said): Place {
    // How a file system that makes no difference of case would know it.
    const key = name.toUpperCase().toLowerCase();
    const before = folder.within.get(key);
    if (before) {
      if (before.name !== name || before.kind !== kind) throw new ArchiveRefused('collision', said);
      if (named && before.named) throw new ArchiveRefused('duplicate', said);
      before.named ||= named;
      return before;
    }
    this.places += 1;
    this.nameLength += name.length;
    if (this.places > MOST_PLACES || this.nameLength > MOST_NAME_LENGTH) throw new ArchiveRefused('entries', said);
    const made: Place = kind === 'folder' ? { kind, name, named, within: new Map() } : { kind, name, named };
    folder.within.set(key, made);
    return made;
  }
}

interface Folder {
  readonly kind: 'folder';
  readonly name: string;
  named: boolean;
  readonly within: Map<string, Place>;
}
type Place = Folder | { readonly kind: 'file'; readonly name: string; named: boolean; readonly within?: never };
interface Said {
  readonly kind: 'file' | 'folder';
  readonly named: boolean;
  readonly said: string;
}

/** 1 MiB may come of nothing; more only from a hundredth of it. */
export function assertRatio(bytes: number, packedBytes: number, path: string | null): void {
  if (bytes > RATIO_FROM_BYTES && bytes > packedBytes * MOST_RATIO) throw new ArchiveRefused('ratio', path);
}

function partsOf({ path, kind }: Pick<ArchiveEntry, 'path' | 'kind'>): string[] {
  const text = path.normalize('NFC');
  if (text.startsWith('/') || DRIVE.test(text)) throw new ArchiveRefused('outside', path);
  if (text === '' || CONTROL.test(text)) throw new ArchiveRefused('name', path);
  if (Buffer.byteLength(text) > MOST_PATH_BYTES) throw new ArchiveRefused('name', path);
  // `./` before everything is how `tar` says "here", and a folder ends in a slash.
  const inner = text
    .replace(/^(\.\/)+/, '')
    .replace(/^\.$/, '')
    .replace(kind === 'folder' ? /\/$/ : /$^/, '');
  if (inner === '') {
    if (kind === 'file') throw new ArchiveRefused('name', path);
    return [];
  }
  const parts = inner.split('/');
  for (const part of parts) {
    if (part === '..') throw new ArchiveRefused('outside', path);
    if (part === '' || part === '.' || Buffer.byteLength(part) > MOST_NAME_BYTES)
      throw new ArchiveRefused('name', path);
    if (part.toLowerCase().startsWith(OURS)) throw new ArchiveRefused('reserved', path);
  }
  return parts;
}
