import type { PluginStatus } from '@bailiwick/contract';

/** How one plugin's process stands, and what it has used up of our patience. */
export interface PluginStanding {
  readonly status: Extract<PluginStatus, 'stopped' | 'starting' | 'initialized' | 'healthy' | 'degraded' | 'unresponsive' | 'crashed' | 'disabled'>; // prettier-ignore
  readonly consecutiveTimeouts: number;
  readonly consecutiveHealthFailures: number;
  readonly consecutiveCrashes: number;
  /** Restarts we made, not those somebody asked for. */
  readonly restartCount: number;
  /** Since when it has been well without a break, epoch milliseconds. */
  readonly wellSinceMs: number | null;
}

export type PluginHappening =
  /** Somebody started it: it gets all its chances anew. */
  | { readonly kind: 'started' }
  | { readonly kind: 'initialized' }
  /** It answered that it is well; `isPartly`: with something to complain about. */
  | { readonly kind: 'well'; readonly isPartly: boolean; readonly atMs: number }
  /** It answered that it is not, or with an error. */
  | { readonly kind: 'unwell' }
  /** A call was not answered in time. */
  | { readonly kind: 'timedOut' }
  /** Its process ended by itself, or for its memory, or did not come up. */
  | { readonly kind: 'died' }
  | { readonly kind: 'stopped' };

/** `restart` after a while; `disable` until somebody starts it again. */
export type PluginVerdict = 'none' | 'restart' | 'disable';

const TIMEOUTS_TO_RESTART = 3;
const FAILURES_TO_RESTART = 2;
const CRASHES_TO_DISABLE = 3;
const RESTARTS = 3;
/** Whoever was well for so long has all their chances again. */
const FORGIVEN_AFTER_MS = 3_600_000;
const [FIRST_DELAY_MS, LONGEST_DELAY_MS] = [1000, 60_000];

export const NEW_STANDING: PluginStanding = {
  status: 'stopped',
  consecutiveTimeouts: 0,
  consecutiveHealthFailures: 0,
  consecutiveCrashes: 0,
  restartCount: 0,
  wellSinceMs: null,
};

/** What follows from what happened. */
export function after(
  before: PluginStanding,
  happening: PluginHappening,
): { readonly standing: PluginStanding; readonly verdict: PluginVerdict } {
  switch (happening.kind) {
    case 'started':
      return stays({ ...NEW_STANDING, status: 'starting' });
    case 'stopped':
      return stays({ ...before, status: 'stopped', wellSinceMs: null });
    case 'initialized':
      return stays({ ...before, status: 'initialized', consecutiveTimeouts: 0, consecutiveHealthFailures: 0 });
    case 'well':
      return stays(well(before, happening));
    case 'unwell': {
      const consecutiveHealthFailures = before.consecutiveHealthFailures + 1;
      const standing = { ...before, consecutiveHealthFailures, wellSinceMs: null };
      return consecutiveHealthFailures < FAILURES_TO_RESTART
        ? stays({ ...standing, status: 'degraded' })
        : again({ ...standing, status: 'unresponsive' });
    }
    case 'timedOut': {
      const consecutiveTimeouts = before.consecutiveTimeouts + 1;
      const standing = { ...before, consecutiveTimeouts, wellSinceMs: null };
      return consecutiveTimeouts < TIMEOUTS_TO_RESTART
        ? stays({ ...standing, status: 'degraded' })
        : again({ ...standing, status: 'unresponsive' });
    }
    case 'died': {
      const consecutiveCrashes = before.consecutiveCrashes + 1;
      const standing: PluginStanding = { ...before, status: 'crashed', consecutiveCrashes, wellSinceMs: null };
      return consecutiveCrashes < CRASHES_TO_DISABLE ? again(standing) : disabled(standing);
    }
  }
}

/** How long the next restart waits, ms: longer each time. */
export const restartDelayMs = (restartCount: number): number =>
  Math.min(FIRST_DELAY_MS * 2 ** Math.max(0, restartCount - 1), LONGEST_DELAY_MS);

function well(before: PluginStanding, { isPartly, atMs }: Extract<PluginHappening, { kind: 'well' }>): PluginStanding {
  const wellSinceMs = isPartly ? null : (before.wellSinceMs ?? atMs);
  const isForgiven = wellSinceMs !== null && atMs - wellSinceMs >= FORGIVEN_AFTER_MS;
  return {
    ...before,
    status: isPartly ? 'degraded' : 'healthy',
    consecutiveTimeouts: 0,
    consecutiveHealthFailures: 0,
    wellSinceMs,
    ...(isForgiven ? { consecutiveCrashes: 0, restartCount: 0 } : {}),
  };
}

const stays = (standing: PluginStanding) => ({ standing, verdict: 'none' as const });
const disabled = (standing: PluginStanding) => ({ standing: { ...standing, status: 'disabled' as const }, verdict: 'disable' as const }); // prettier-ignore

/** One restart less. */
function again(standing: PluginStanding) {
  if (standing.restartCount >= RESTARTS) return disabled(standing);
  const next = { ...standing, restartCount: standing.restartCount + 1 };
  return { standing: next, verdict: 'restart' as const };
}
