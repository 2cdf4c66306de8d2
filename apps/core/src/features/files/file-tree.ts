import type { FileKind, FileList } from '@bailiwick/contract';
import type { OpenFolder } from '../../kernel/disk/open-folder.js';
import type { FileSearch } from './file-search.rules.js';

export interface FileFacts {
  readonly kind: FileKind;
  /** Who may read, write and run it; never what would make it run as somebody else. */
  readonly mode: string;
  readonly owner: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Another one as soon as something else is in it. */
  readonly etag: string;
}
export interface Found {
  readonly path: string;
  readonly facts: FileFacts;
}
export interface NamedFacts extends FileFacts {
  readonly name: string;
  /** Where a link leads, as it says itself. */
  readonly target?: string;
}
export interface Listing {
  readonly entries: readonly NamedFacts[];
  /** With a name nobody could ask for. */
  readonly hidden: number;
  readonly truncated: boolean;
}
export interface Place {
  readonly folder: string;
  readonly name: string;
}
export interface Range {
  readonly offset: number;
  readonly maxBytes: number;
}
/** Throws where what is there is not to be replaced; undefined: nothing is there. */
export type Check = (before: FileFacts | undefined) => void;

/** What came from outside and lies in a folder of the panel's own until it is put in its place. */
export interface Brought {
  readonly folder: OpenFolder;
  readonly name: string;
  /** All of it, from its beginning. */
  pieces(): AsyncIterable<Buffer>;
}

/** A file that is held open while it is sent. Close it. */
export interface OpenFile {
  readonly facts: FileFacts;
  /** As much as is read at once. */
  readonly pieceBytes: number;
  read(offset: number, maxBytes: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Close it, whether it was read or not. */
export interface OpenArchive {
  readonly pieces: AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

export interface Deleted {
  readonly items: ReadonlyArray<{
    readonly key: string;
    /** Where it was. */
    readonly path: string;
    readonly deletedAtMs: number;
    readonly facts: FileFacts;
  }>;
  readonly truncated: boolean;
}

/** The files of one container, by one way to them. Paths are those inside the container, from its root. */
export interface FileTree {
  readonly by: FileList['by'];
  /** Where a path leads, and what is there; undefined where nothing is. */
  find(path: string): Promise<Found | undefined>;
  /** The thing itself, a link too. */
  look(path: string): Promise<FileFacts | undefined>;
  /** Those that are there, without anything more of them. */
  there(paths: readonly string[]): Promise<ReadonlySet<string>>;
  list(folder: string): Promise<Listing>;
  /** Adds what it finds below a folder to the search, until that is over. */
  search(folder: string, search: FileSearch): Promise<void>;
  read(file: Found, range: Range): Promise<{ bytes: Buffer; facts: FileFacts }>;
  open(file: Found): Promise<OpenFile>;
  /** All that is in a folder as an archive, under this name. */
  archive(folder: Found, name: string): Promise<OpenArchive>;
  /** All of it or nothing: beside the old one first, with its owner and rights, then in its place. */
  write(place: Place, content: Buffer, check: Check): Promise<FileFacts>;
  /** The same of what was brought: in its place it is whole. What could not be put there stays where it was. */
  take(place: Place, brought: Brought, check: Check): Promise<FileFacts>;
  /** How many bytes there is room for; null where nobody can say. */
  room(folder: string): Promise<number | null>;
  makeFolder(place: Place): Promise<void>;
  /** Over what is there only where that is said, and only a file over a file. */
  move(from: Place, into: FileTree, to: Place, replace: boolean): Promise<void>;
  copy(from: Place, into: FileTree, to: Place, replace: boolean): Promise<void>;
  /** To the bin of its root where it has one, unless for ever; says under which key. */
  remove(place: Place, how: { forever: boolean; nowMs: number }): Promise<string | null>;
  /** What lies in the bin of the root, the latest first; 409 where this way has none. */
  deleted(): Promise<Deleted>;
  /** From the bin, under a key, to the place it was in; never over what is there. */
  putBack(place: Place, key: string): Promise<void>;
  changeMode(path: string, mode: number): Promise<void>;
  /** A folder held open while more than one thing is done in it; 409 where this way has none. */
  hold<Result>(folder: string, how: { write: boolean }, work: (open: OpenFolder) => Promise<Result>): Promise<Result>;
}
