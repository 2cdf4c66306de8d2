import type { ContainerId, UserId } from '@bailiwick/contract';

export interface UploadTarget {
  readonly containerId: ContainerId;
  readonly containerName: string;
  readonly folder: string;
}
/** What a page that is loaded anew knows of an upload; the file itself it does not have any more. */
export interface KeptUpload {
  /** Where it is sent. */
  readonly location: string;
  readonly target: UploadTarget;
  /** Below the folder it goes to. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly replace: boolean;
}
interface Book {
  readonly userId: UserId;
  readonly uploads: readonly KeptUpload[];
}

/** Those of one person; of somebody else who used this browser nothing is told. */
export function readKept(text: string | null, userId: UserId): readonly KeptUpload[] {
  const book = text === null ? null : (JSON.parse(text) as Book);
  return book?.userId === userId ? book.uploads : [];
}

export const writeKept = (userId: UserId, uploads: readonly KeptUpload[]): string =>
  JSON.stringify({ userId, uploads } satisfies Book);

/** The same place again: a new upload takes the place of the one before. */
export function withKept(all: readonly KeptUpload[], upload: KeptUpload): readonly KeptUpload[] {
  return [...all.filter((each) => !goesTo(each, upload.target, upload.name)), upload];
}

export const without = (all: readonly KeptUpload[], location: string): readonly KeptUpload[] =>
  all.filter((each) => each.location !== location);

export const goesTo = (kept: KeptUpload, { containerId, folder }: UploadTarget, name: string): boolean =>
  kept.target.containerId === containerId && kept.target.folder === folder && kept.name === name;

/** As far as a browser tells: what else could be in it, it does not say. */
export const isSameFile = (kept: KeptUpload, file: Pick<File, 'name' | 'size' | 'lastModified'>): boolean =>
  kept.name.split('/').at(-1) === file.name && kept.sizeBytes === file.size && kept.modifiedAtMs === file.lastModified;
