/** Wrong codes in a row; kept until a day has passed without one. */
export interface CodeTries {
  readonly failures: number;
  readonly lastTriedAt: number;
  readonly lockedUntil: number | null;
}

export type CodeTryAnswer =
  { readonly allowed: true; readonly next: CodeTries } | { readonly allowed: false; readonly waitMs: number };

export const FORGET_MS = 24 * 3_600_000;
const FREE = 5;
const MINUTE = 60_000;
const LONGEST_MS = 60 * MINUTE;

/** Every try counts before its code is looked at. From the fifth on each locks twice as long as the one before, to an hour. */
export function takeCodeTry(before: CodeTries | undefined, now: number): CodeTryAnswer {
  if (before?.lockedUntil != null && now < before.lockedUntil)
    return { allowed: false, waitMs: before.lockedUntil - now };
  const fresh = !before || now - before.lastTriedAt >= FORGET_MS;
  const failures = fresh ? 1 : before.failures + 1;
  return {
    allowed: true,
    next: { failures, lastTriedAt: now, lockedUntil: failures < FREE ? null : now + lockMs(failures) },
  };
}

/** The code of the try taken at `at` was right: what stays counts from the wrong one before it, at `failedAt`. */
export function giveCodeTryBack(
  { failures, lastTriedAt }: CodeTries,
  { at, failedAt }: { at: number; failedAt: number },
): CodeTries {
  return {
    failures: Math.max(0, failures - 1),
    lastTriedAt: lastTriedAt === at ? failedAt : lastTriedAt,
    lockedUntil: null,
  };
}

const lockMs = (failures: number): number => Math.min(LONGEST_MS, MINUTE * 2 ** (failures - FREE));
