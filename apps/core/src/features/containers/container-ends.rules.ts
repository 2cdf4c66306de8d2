import type { SeenContainer } from '../../foundation/environments/seen-container.js';

/** The newest end of a container that is written down. */
export interface KnownEnd {
  readonly finishedAtMs: number;
  /** When the engine announced it; null where it was only seen to be over. */
  readonly announcedAtMs: number | null;
  /** Whether its container was looked at since: an announcement says less. */
  readonly isSeen: boolean;
}
type Run = Pick<SeenContainer, 'startedAtMs' | 'finishedAtMs'>;

/** An engine announces an end a moment after it came. */
const ANNOUNCED_WITHIN_MS = 5000;

/** Whether an announcement tells nothing new: it was heard before, or what it tells was seen first. */
export function isKnownAnnouncement(
  last: KnownEnd | undefined,
  atMs: number,
  { startedAtMs }: Pick<Run, 'startedAtMs'>,
): boolean {
  if (!last) return false;
  if (last.announcedAtMs !== null) return atMs <= last.announcedAtMs;
  const ranSince = startedAtMs !== null && last.finishedAtMs < startedAtMs && startedAtMs <= atMs;
  return !ranSince && atMs - last.finishedAtMs < ANNOUNCED_WITHIN_MS;
}

/** Whether what is seen to be over is the run whose end is known: nothing that started since could have ended before. */
export function isKnownRun(last: KnownEnd | undefined, finishedAtMs: number, startedAtMs: number | null): boolean {
  if (!last) return false;
  if (last.finishedAtMs >= finishedAtMs) return true;
  return startedAtMs !== null && startedAtMs < last.finishedAtMs;
}

/** When what just ended began, where that was seen; else null. */
export function beginningOf({ startedAtMs }: Pick<Run, 'startedAtMs'>, endedAtMs: number, last: KnownEnd | undefined) {
  if (startedAtMs === null || startedAtMs > endedAtMs) return null;
  return last && last.finishedAtMs > startedAtMs ? null : startedAtMs;
}
