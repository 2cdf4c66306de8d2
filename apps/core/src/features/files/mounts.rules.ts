import type { FileRoot } from '@bailiwick/contract';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import { isWithin, ownPlaces } from '../containers/shared-folders.rules.js';

export type Mount = EngineInspection['mounts'][number];

/** What a path lies on: the longest of the mounts it is in; undefined for the container's own writable layer. */
export const mountOf = (path: string, mounts: readonly Mount[]): Mount | undefined =>
  mounts
    .filter(({ target }) => isWithin(path, [withoutEnd(target)]))
    .toSorted((one, other) => other.target.length - one.target.length)[0];

/** It is there again when the container is made anew. */
export const isPersistent = (path: string, mounts: readonly Mount[]): boolean => {
  const mount = mountOf(path, mounts);
  return mount !== undefined && mount.type !== 'tmpfs';
};

export function kindOfRoot(path: string, mounts: readonly Mount[], workspacesDir: string | null): FileRoot['kind'] {
  const mount = mountOf(path, mounts);
  if (mount === undefined || mount.type === 'tmpfs') return 'container';
  return mount.type === 'bind' && ownPlaces([mount], workspacesDir).length > 0 ? 'workspace' : 'volume';
}

export const withoutEnd = (target: string): string => target.replace(/(?<=.)\/+$/, '');
