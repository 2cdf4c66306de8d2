import { AppError, conflict } from '../../kernel/errors.js';
import { Occupied } from '../../kernel/disk/merge-tree.js';
import { codeOf, WrongThing } from '../../kernel/disk/open-folder.js';
import { TooMuch } from '../../kernel/disk/copy-tree.js';
import { TooDeep } from '../../kernel/disk/remove-tree.js';
import { fileRefused } from './files.rules.js';

const REFUSED: Readonly<Record<string, string>> = {
  ELOOP: 'link',
  ENOTDIR: 'file',
  EISDIR: 'folder',
  EINVAL: 'inside_itself',
  EACCES: 'not_permitted',
  EPERM: 'not_permitted',
  EROFS: 'read_only',
  ENAMETOOLONG: 'name_too_long',
  // Whoever listened at a pipe or a socket, or a device that is none.
  ENXIO: 'other',
};

/** What a disk says, in our words; as it is where it says something nobody expects. */
export function toFileError(error: unknown): unknown {
  if (error instanceof WrongThing) return fileRefused(error.what);
  if (error instanceof Occupied) return conflict('file_exists', 'There is something of that name.');
  if (error instanceof TooMuch) return new AppError('too_large', 413, 'This is more than is copied at once.');
  if (error instanceof TooDeep) return new AppError('too_large', 413, error.message);
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code === 'EEXIST' || code === 'ENOTEMPTY') return conflict('file_exists', 'There is something of that name.');
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('storage_full', 507, 'There is no room left for it.', { hint: 'Free some space on the host.' });
  const reason = REFUSED[code];
  return reason === undefined ? error : fileRefused(reason);
}
