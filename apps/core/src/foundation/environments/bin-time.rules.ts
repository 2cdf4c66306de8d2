const KEPT_DAYS = 7;
/** How long a container that was deleted can be brought back. */
export const BIN_MS = KEPT_DAYS * 24 * 3_600_000;

/** What was deleted before this moment is not kept any longer. */
export const keptSince = (nowMs: number): number => nowMs - BIN_MS;
