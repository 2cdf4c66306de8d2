import type { Alert, AlertEnd, AlertFacts, AlertId, AlertRule, AlertSeverity, TenantId } from '@bailiwick/contract';

const MINUTE_MS = 60_000;
/** One that comes and goes is told again once it stays. */
const STAYS_MS = 10 * MINUTE_MS;
/** Nobody wants to hear of a recovery that is older. */
const STALE_MS = 24 * 60 * MINUTE_MS;

/** As much of an alert as decides what is told of it. */
export interface WatchedAlert {
  readonly rule: AlertRule;
  readonly tenantId: TenantId | null;
  readonly count: number;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly closedAt: number | null;
  readonly acknowledgedAt: number | null;
  /** Whether it is of a container that was made or taken over here. */
  readonly isOfTenant: boolean;
}

/** What a channel is told of. */
export interface Wish {
  readonly rules: readonly AlertRule[] | null;
  readonly tenantId: TenantId | null;
  readonly delegated: boolean;
  readonly recoveries: boolean;
  readonly since: number;
}

export interface Told {
  readonly state: 'open' | 'closed';
  readonly count: number;
}

/** `nothing`: it counts as told, and nobody hears of it. */
export type About = 'opened' | 'again' | 'closed' | 'nothing';

/** One thing to tell, with all that is said of it: it holds no secret. */
export interface Notice {
  readonly about: Exclude<About, 'nothing'>;
  readonly alertId: AlertId;
  readonly rule: AlertRule;
  readonly severity: AlertSeverity;
  readonly label: string;
  readonly thing: Alert['thing'];
  /** What it runs on, where it runs on something. */
  readonly environment: string | null;
  readonly count: number;
  readonly facts: AlertFacts;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly closedAt: number | null;
  readonly end: AlertEnd | null;
}

/**
 * What there is to tell of an alert as it is now: undefined where it was told already, where nobody wants it, and while
 * it is silent or somebody sees to it. What happens over and over is told each time it has happened twice as often.
 */
export function aboutWhat(
  alert: WatchedAlert,
  wish: Wish,
  told: Told | undefined,
  { isSilent, nowMs }: { isSilent: boolean; nowMs: number },
): About | undefined {
  if (isSilent) return undefined;
  if (alert.closedAt !== null) {
    if (told?.state !== 'open') return undefined;
    return wish.recoveries && nowMs - alert.closedAt < STALE_MS ? 'closed' : 'nothing';
  }
  if (alert.acknowledgedAt !== null || !isWanted(alert, wish)) return undefined;
  if (!told) return 'opened';
  const stays = told.state === 'closed' && nowMs - alert.lastAt >= STAYS_MS;
  return stays || alert.count >= 2 * told.count ? 'again' : undefined;
}

const isWanted = (alert: WatchedAlert, { rules, tenantId, delegated, since }: Wish): boolean =>
  (rules === null || rules.includes(alert.rule)) &&
  (tenantId === null || tenantId === alert.tenantId) &&
  // What a right for a whole tenant does not reach is not told by it either.
  (!delegated || alert.isOfTenant) &&
  Math.max(alert.openedAt, alert.lastAt) >= since;

/** Of each alert only how it is now, in the order in which they were first told of. */
export function latestOfEach(notices: readonly Notice[]): Notice[] {
  const latest = new Map<AlertId, Notice>();
  for (const notice of notices) latest.set(notice.alertId, notice);
  return [...latest.values()];
}
