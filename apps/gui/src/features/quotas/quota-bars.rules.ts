import { type Quota, QUOTA_KINDS, QUOTA_TOLERANCE, type QuotaKind, type QuotaUsage } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';

const NEAR = 0.8;

export type QuotaBar = { what: QuotaKind; used: number } & (
  { limit: null } | { limit: number; percent: number; state: 'room' | 'near' | 'full' | 'over' | 'closed' }
);

/** How much of each limit is taken, in the order it is shown. */
export const toBars = (quota: Quota, usage: QuotaUsage): QuotaBar[] =>
  QUOTA_KINDS.map((what) => {
    const limit = quota[what];
    const used = usage[what];
    if (limit === null) return { what, used, limit };
    const percent = limit === 0 ? 100 : Math.min(100, (used / limit) * 100);
    return { what, used, limit, percent, state: stateOf(used, limit) };
  });

function stateOf(used: number, limit: number) {
  if (used > limit + QUOTA_TOLERANCE) return 'over';
  if (limit === 0) return 'closed';
  if (used >= limit - QUOTA_TOLERANCE) return 'full';
  return used >= limit * NEAR ? 'near' : 'room';
}

/** An amount of it as people read it: bytes in their unit, all else as a number. */
export const sayAmount = (what: QuotaKind, amount: number, locale: string): string =>
  what === 'memoryBytes' || what === 'diskBytes'
    ? formatBytes(amount, locale)
    : new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(amount);
