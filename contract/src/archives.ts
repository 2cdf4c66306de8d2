import * as z from 'zod';
import { FileKind, FilePath } from './files.ts';

export const ArchiveFormat = z.enum(['zip', 'tar', 'tar.gz']);
export type ArchiveFormat = z.infer<typeof ArchiveFormat>;
/** As many entries of an archive are named before it is unpacked. */
export const MOST_SHOWN_ENTRIES = 2_000;

export const LookIntoArchive = z.strictObject({ path: FilePath });
export type LookIntoArchive = z.infer<typeof LookIntoArchive>;

/** What is in an archive that may be unpacked; one that may not answers 409 `archive_refused` or 413 `archive_too_large`. */
export const ArchiveContent = z.object({
  path: z.string(),
  format: ArchiveFormat,
  /** The first 2,000, in their order. */
  entries: z.array(z.object({ path: z.string(), kind: FileKind.extract(['file', 'folder']), sizeBytes: z.int() })),
  files: z.int(),
  folders: z.int(),
  /** Unpacked. */
  sizeBytes: z.int(),
});
export type ArchiveContent = z.infer<typeof ArchiveContent>;

/** Into a folder that is there, or one that is made; what is there already is refused unless `replace`. */
export const UnpackArchive = z.strictObject({ path: FilePath, into: FilePath, replace: z.boolean().default(false) });
export type UnpackArchive = z.infer<typeof UnpackArchive>;
/** `done` of `files.unpack`. */
export const UnpackResult = z.object({ files: z.int(), folders: z.int(), sizeBytes: z.int() });
export type UnpackResult = z.infer<typeof UnpackResult>;

/** What is under these names of one folder, into a `.zip`, `.tar`, `.tar.gz` or `.tgz`, by how `to` ends. */
export const PackFiles = z.strictObject({
  folder: FilePath,
  names: z.array(z.string().min(1).max(255)).min(1).max(1000),
  to: FilePath,
  replace: z.boolean().default(false),
});
export type PackFiles = z.infer<typeof PackFiles>;
/** `done` of `files.pack`: `left` links are not in it, for a `.zip` has none. */
export const PackResult = z.object({ sizeBytes: z.int(), left: z.int() });
export type PackResult = z.infer<typeof PackResult>;
