import type { ArchiveFormat } from '@bailiwick/contract';
import { type ArchiveFault, ArchiveRefused } from '../../kernel/archives/archive.js';
import { AppError, conflict, invalid } from '../../kernel/errors.js';
import { isTypable } from '../files/files.rules.js';

const TOO_MUCH: ReadonlySet<ArchiveFault> = new Set(['entries', 'depth', 'bytes', 'ratio', 'time']);

/** What an archive is refused for; who follows an operation about it may not be who sees its files, and gets no names. */
export function toArchiveError(error: unknown, { named }: { named: boolean }): unknown {
  if (!(error instanceof ArchiveRefused)) return error;
  const params = { reason: error.fault, ...(named && error.entry !== null ? { name: error.entry } : {}) };
  return TOO_MUCH.has(error.fault)
    ? new AppError('archive_too_large', 413, 'This archive holds more than is unpacked at once.', {
        params,
        cause: error,
      })
    : conflict('archive_refused', 'Nothing of this archive is unpacked.', { params, cause: error });
}

const ENDINGS: ReadonlyArray<readonly [string, ArchiveFormat]> = [
  ['.zip', 'zip'],
  ['.tar', 'tar'],
  ['.tar.gz', 'tar.gz'],
  ['.tgz', 'tar.gz'],
];

/** 400 for a name that says nothing of a kind that is made here. */
export function formatFor(path: string): ArchiveFormat {
  const format = ENDINGS.find(([ending]) => path.toLowerCase().endsWith(ending))?.[1];
  if (format !== undefined) return format;
  throw invalid([{ path: 'to', code: 'invalid_path', message: 'An archive ends in .zip, .tar, .tar.gz or .tgz.' }]);
}

/** 400 unless each is one name, as the panel lists them. */
export function assertNames(names: readonly string[]): void {
  const wrong = names.findIndex((name) => name.includes('/') || !isTypable(name));
  if (wrong >= 0)
    throw invalid([{ path: `names.${wrong}`, code: 'invalid_path', message: 'Name what is in that folder itself.' }]);
}

/** What lies in a folder until it is put in its place, by the operation it is of. */
export const stagingName = (operationId: string): string => `.bailiwick-${operationId}`;
