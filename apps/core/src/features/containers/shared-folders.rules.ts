import { isMountable, isOwnName } from '../../foundation/environments/docker-spec.rules.js';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import { isWorkspace } from '../../foundation/environments/workspace-name.rules.js';
import { rootsOf, workloadOf } from './workloads.rules.js';

interface Folders {
  readonly image: string;
  readonly workingDir: string;
  /** Where the panel put volumes of its own and a workspace. */
  readonly places: readonly string[];
}

/** What is shared with who may see files and not everything: where its data is kept, then the folders of its kind. */
export const sharedFolders = ({ image, workingDir, places }: Folders): readonly string[] => [
  ...new Set([...places.map(plain).filter(isMountable), ...rootsOf(workloadOf(image), workingDir)]),
];

/** Of what is mounted, what the panel put there. Folders of the host, and what somebody else mounted, are nobody's to share. */
export const ownPlaces = (
  mounts: ReadonlyArray<Pick<EngineInspection['mounts'][number], 'type' | 'name' | 'source' | 'target'>>,
  workspacesDir: string | null,
): string[] =>
  mounts.flatMap(({ type, name, source, target }) => {
    const isOwnVolume = type === 'volume' && name !== null && isOwnName(name);
    const folder = `${workspacesDir}/`;
    const isOwnWorkspace = workspacesDir !== null && type === 'bind' && source !== null && source.startsWith(folder) && isWorkspace(source.slice(folder.length)); // prettier-ignore
    return isOwnVolume || isOwnWorkspace ? [target] : [];
  });

/** What of it is reached where one folder was chosen: never more than is shared, and nothing where it is not shared any longer. */
export function reachedFolders(shared: readonly string[], root: string | null): readonly string[] {
  if (root === null) return shared;
  return isWithin(root, shared) ? [root] : [];
}

/** Whether a path is one of these folders or in one of them. */
export const isWithin = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

const plain = (target: string): string => `/${target.split('/').filter(Boolean).join('/')}`;
