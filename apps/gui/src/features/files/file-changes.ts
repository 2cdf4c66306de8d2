import type { ContainerId, FileDeleted, FileEntry } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { copyName } from './file-acts.rules.ts';
import { inFolder } from './file-path.rules.ts';

export const makeFolder = (id: ContainerId, path: string) =>
  api('POST', `/containers/${id}/files/folders`, { body: { path } });

export const moveFile = (id: ContainerId, from: string, to: string, replace = false) =>
  api('POST', `/containers/${id}/files/move`, { body: { from, to, replace } });

const copyFile = (id: ContainerId, from: string, to: string, replace = false) =>
  api('POST', `/containers/${id}/files/copy`, { body: { from, to, replace } });

interface Bring {
  from: string;
  to: string;
  name: string;
  /** The names there are where it goes. */
  taken: ReadonlySet<string>;
  replace: boolean;
}

/** From one folder to another; a copy beside its original gets a name of its own. */
export const bringFile = (id: ContainerId, act: 'move' | 'copy', { from, to, name, taken, replace }: Bring) => {
  const path = inFolder(from, name);
  if (act === 'move') return moveFile(id, path, inFolder(to, name), replace);
  return copyFile(id, path, inFolder(to, to === from ? copyName(name, taken) : name), replace);
};

export const deleteFile = (id: ContainerId, path: string, forever: boolean) =>
  api<FileDeleted>('DELETE', `/containers/${id}/files?${new URLSearchParams({ path, forever: `${forever}` })}`);

export const changeMode = (id: ContainerId, path: string, mode: string) =>
  api('PUT', `/containers/${id}/files/mode`, { body: { path, mode } });

export const downloadAddress = (id: ContainerId, path: string): string =>
  `/api/v1/containers/${id}/files/download?${new URLSearchParams({ path })}`;

export interface Undone {
  entry: FileEntry;
  error: ApiError;
}

/** One after the other; answers those it could not be done to. */
export async function forEachFile(
  entries: readonly FileEntry[],
  act: (entry: FileEntry) => Promise<unknown>,
): Promise<Undone[]> {
  const undone: Undone[] = [];
  for (const entry of entries) {
    try {
      await act(entry);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      undone.push({ entry, error });
    }
  }
  return undone;
}
