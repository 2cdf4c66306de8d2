/** How long a session lives, in milliseconds. */
export interface SessionTimes {
  readonly idleMs: number;
  readonly maxMs: number;
}

interface Lived {
  readonly idleEndsAt: number;
  readonly endsAt: number;
  readonly revokedAt: number | null;
}

export const isAlive = ({ idleEndsAt, endsAt, revokedAt }: Lived, now: number): boolean =>
  revokedAt === null && now < idleEndsAt && now < endsAt;

export const idleEnd = (now: number, endsAt: number, { idleMs }: SessionTimes): number =>
  Math.min(now + idleMs, endsAt);

/** A write for every request would be waste: the idle end moves once it has a thirtieth to gain. */
export const needsTouch = ({ idleEndsAt, endsAt }: Lived, now: number, times: SessionTimes): boolean =>
  idleEnd(now, endsAt, times) - idleEndsAt >= times.idleMs / 30;
