import { type AppError, unreachable } from '../errors.js';

interface Kind {
  readonly codes: RegExp;
  readonly toError: (cause: unknown) => AppError;
}

/** SQLite's names and PostgreSQL's numbers for what is wrong with the place, not with the question. */
const KINDS: readonly Kind[] = [
  {
    codes: /^(SQLITE_FULL|ENOSPC|EDQUOT|53100)$/,
    toError: (cause) =>
      unreachable('storage_full', 'There is no room left to store this.', {
        hint: 'Free disk space on the host; nothing was changed.',
        cause,
      }),
  },
  {
    codes:
      /^(SQLITE_(BUSY|LOCKED|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB).*|08...|57P0.|53[034]00|ECONN\w+|ETIMEDOUT|EPIPE)$/,
    toError: (cause) =>
      unreachable('storage_unavailable', 'The database does not answer.', {
        hint: 'Nothing was changed. Try again in a moment; the log has the details.',
        cause,
      }),
  },
];

/** Undefined when it is not the storage that failed. */
export function toStorageError(error: unknown): AppError | undefined {
  const code = codeOf(error);
  return code === undefined ? undefined : KINDS.find(({ codes }) => codes.test(code))?.toError(error);
}

/** Only of what the database said: a lost engine has codes of the same names. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('driverError' in error)) return undefined;
  const { driverError } = error;
  if (typeof driverError !== 'object' || driverError === null || !('code' in driverError)) return undefined;
  return typeof driverError.code === 'string' ? driverError.code : undefined;
}
