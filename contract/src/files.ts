import * as z from 'zod';
import { Timestamp } from './wire.ts';

/** The most a file may hold to be edited as text. */
export const MOST_FILE_BYTES = 5 * 1024 * 1024;
/** The most that is read as text at once. */
export const MOST_READ_BYTES = 512 * 1024;
/** One part of an upload. */
export const UPLOAD_PART_BYTES = 8 * 1024 * 1024;

/** Where a file is inside the container, from its root. The core checks every part of it. */
export const FilePath = z.string().min(1).max(4096);

export const ListFiles = z.strictObject({ path: FilePath.optional() });
export type ListFiles = z.infer<typeof ListFiles>;
/** From `offset` on, at most `maxBytes`. */
export const ReadFile = z.strictObject({
  path: FilePath,
  offset: z.coerce.number().int().min(0).default(0),
  maxBytes: z.coerce.number().int().min(1024).max(MOST_FILE_BYTES).default(MOST_READ_BYTES),
});
export type ReadFile = z.infer<typeof ReadFile>;
/** `ifMatch`: the `etag` it was read as; null: only where there is no such file yet. Left out: whatever is there. */
export const WriteFile = z.strictObject({
  path: FilePath,
  text: z.string().max(MOST_FILE_BYTES),
  ifMatch: z.string().max(100).nullable().optional(),
});
export type WriteFile = z.infer<typeof WriteFile>;
export const MakeFolder = z.strictObject({ path: FilePath });
export type MakeFolder = z.infer<typeof MakeFolder>;
/** Also for a copy. A rename is a move within one folder. What is there already is refused unless `replace`. */
export const MoveFile = z.strictObject({ from: FilePath, to: FilePath, replace: z.boolean().default(false) });
export type MoveFile = z.infer<typeof MoveFile>;
/** To the bin of its root where it has one; `forever` past it. */
export const DeleteFile = z.strictObject({ path: FilePath, forever: z.stringbool().default(false) });
export type DeleteFile = z.infer<typeof DeleteFile>;
/** In the bin of the place something is in. */
export const ListDeleted = z.strictObject({ path: FilePath });
export type ListDeleted = z.infer<typeof ListDeleted>;
/** To `path`, where it was, from the bin of that place. */
export const PutBack = z.strictObject({ path: FilePath, key: z.string().regex(/^\d{1,12}-[0-9a-f]{12}-\d{1,4}$/) });
export type PutBack = z.infer<typeof PutBack>;
/** Three octal digits. */
export const ChangeMode = z.strictObject({ path: FilePath, mode: z.string().regex(/^[0-7]{3}$/) });
export type ChangeMode = z.infer<typeof ChangeMode>;

/** Plain text: nothing in it is a pattern. */
const Sought = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?:\t|\P{Cc})*$/u);
/** Below a folder: what has `name` in its name, files with `text` in them, or, with both, such files of such names. */
export const FindFiles = z
  .strictObject({
    path: FilePath,
    name: Sought.optional(),
    text: Sought.optional(),
    matchCase: z.stringbool().default(false),
  })
  .refine(({ name, text }) => name !== undefined || text !== undefined, 'Name what is to be found.');
export type FindFiles = z.infer<typeof FindFiles>;

/** A file, or a folder as a `.tar`. */
export const DownloadFile = z.strictObject({ path: FilePath });
export type DownloadFile = z.infer<typeof DownloadFile>;

export const FileKind = z.enum(['file', 'folder', 'link', 'other']);
export type FileKind = z.infer<typeof FileKind>;
export const FileEntry = z.object({
  name: z.string(),
  kind: FileKind,
  sizeBytes: z.int(),
  modifiedAt: Timestamp,
  /** Three octal digits. */
  mode: z.string(),
  /** `user:group`, by number. */
  owner: z.string(),
  /** Where a link leads, as it says itself. */
  target: z.string().optional(),
});
export type FileEntry = z.infer<typeof FileEntry>;

/** Under which key it lies in the bin; null: nothing brings it back. */
export const FileDeleted = z.object({ key: z.string().nullable() });
export type FileDeleted = z.infer<typeof FileDeleted>;
export const DeletedFile = z.object({
  key: z.string(),
  /** Where it was. */
  path: z.string(),
  kind: FileKind,
  sizeBytes: z.int(),
  deletedAt: Timestamp,
});
export type DeletedFile = z.infer<typeof DeletedFile>;
/** The latest first, up to 1,000. */
export const DeletedFiles = z.object({ items: z.array(DeletedFile), truncated: z.boolean() });
export type DeletedFiles = z.infer<typeof DeletedFiles>;

export const FileRoot = z.object({
  path: z.string(),
  /** A volume, a managed workspace, or the container's own writable layer, which goes when it is made anew. */
  kind: z.enum(['volume', 'workspace', 'container']),
});
export type FileRoot = z.infer<typeof FileRoot>;

/** What is in one folder: all of it up to 100,000 entries. */
export const FileList = z.object({
  path: z.string(),
  /** The folders the asker reaches; `/` with `files.root`. */
  roots: z.array(FileRoot),
  /** `disk`: read where it lies, also while nothing runs. `container`: by the image's own programs. */
  by: z.enum(['disk', 'container']),
  /** It stays when the container is made anew. */
  persistent: z.boolean(),
  items: z.array(FileEntry),
  /** How many were found and are not shown: with a name that cannot be typed. */
  hidden: z.int(),
  /** There are more than were read at all. */
  truncated: z.boolean(),
});
export type FileList = z.infer<typeof FileList>;

/** A part of a file; `text` is null where it is no text. */
export const FileContent = z.object({
  path: z.string(),
  text: z.string().nullable(),
  binary: z.boolean(),
  sizeBytes: z.int(),
  /** There is more than was read: never to be written back. */
  truncated: z.boolean(),
  etag: z.string(),
  mode: z.string(),
  owner: z.string(),
});
export type FileContent = z.infer<typeof FileContent>;
export const FileWritten = z.object({ path: z.string(), etag: z.string(), sizeBytes: z.int() });
export type FileWritten = z.infer<typeof FileWritten>;

/** A line with the text that was looked for, cut to what is around it. */
export const FoundLine = z.object({ line: z.int(), before: z.string(), match: z.string(), after: z.string() });
export type FoundLine = z.infer<typeof FoundLine>;
export const FoundFile = z.object({
  path: z.string(),
  kind: FileKind,
  /** The first of those in it; none where only names were looked for. */
  lines: z.array(FoundLine),
  /** There are more in it. */
  more: z.boolean(),
});
export type FoundFile = z.infer<typeof FoundFile>;
/** `another`: its person began another search. */
export const FindBound = z.enum(['matches', 'entries', 'bytes', 'time', 'another']);
export type FindBound = z.infer<typeof FindBound>;
export const FilesFound = z.object({
  path: z.string(),
  items: z.array(FoundFile),
  /** How many things were looked at. */
  entries: z.int(),
  /** What could not be looked into: too large, too deep, mounted there, not to be read. */
  leftOut: z.int(),
  /** It ended before all was looked at, and why. */
  truncated: z.boolean(),
  stoppedBy: FindBound.nullable(),
});
export type FilesFound = z.infer<typeof FilesFound>;

/** How much of an upload is there; it is forgotten when nobody goes on with it until then. */
export const UploadProgress = z.object({ offset: z.int(), length: z.int(), expiresAt: Timestamp });
export type UploadProgress = z.infer<typeof UploadProgress>;
