import type { ContainerId } from '@bailiwick/contract';
import { removeTree } from '../../kernel/disk/remove-tree.js';
import { isAppError } from '../../kernel/errors.js';
import type { FileVisitsService } from '../files/file-visits.service.js';
import { stagingName } from './archives.rules.js';

interface Staging {
  readonly containerId: ContainerId;
  readonly folder: string;
  /** Of the operation it is of. */
  readonly id: string;
}

/** What lies beside its place goes, whoever may write there by now; with its folder it is gone already. */
export async function discardStaging(visits: FileVisitsService, { containerId, folder, id }: Staging): Promise<void> {
  const tree = await visits.ownTree(containerId, folder);
  try {
    await tree.hold(folder, { write: true }, (open) => removeTree(open, stagingName(id)));
  } catch (error) {
    if (!isAppError(error, 'not_found')) throw error;
  }
}
