import * as z from 'zod';
import { Timestamp } from './wire.ts';

/** The most a file may hold to be read or written as text. */
export const MOST_FILE_BYTES = 512 * 1024;

/** Where a file is inside the container, from its root. The core checks every part of it. */
const FilePath = z.string().min(1).max(4096);

export const ListFiles = z.strictObject({ path: FilePath.optional() });
export type ListFiles = z.infer<typeof ListFiles>;
export const ReadFile = z.strictObject({ path: FilePath });
export type ReadFile = z.infer<typeof ReadFile>;
export const WriteFile = z.strictObject({ path: FilePath, text: z.string().max(MOST_FILE_BYTES) });
export type WriteFile = z.infer<typeof WriteFile>;

export const FileKind = z.enum(['file', 'folder', 'link', 'other']);
export type FileKind = z.infer<typeof FileKind>;
export const FileEntry = z.object({
  name: z.string(),
  kind: FileKind,
  sizeBytes: z.int(),
  modifiedAt: Timestamp,
});
export type FileEntry = z.infer<typeof FileEntry>;

/** What is in one folder. */
export const FileList = z.object({
  path: z.string(),
  /** The folders the asker reaches without `files.root`. */
  roots: z.array(z.string()),
  items: z.array(FileEntry),
  /** How many were found and are not shown: past the first thousand, or with a name that cannot be typed. */
  hidden: z.int(),
  /** There are more than were read at all. */
  truncated: z.boolean(),
});
export type FileList = z.infer<typeof FileList>;

/** The beginning of a file; `text` is null where it is no text. */
export const FileContent = z.object({
  path: z.string(),
  text: z.string().nullable(),
  binary: z.boolean(),
  sizeBytes: z.int(),
  truncated: z.boolean(),
});
export type FileContent = z.infer<typeof FileContent>;
