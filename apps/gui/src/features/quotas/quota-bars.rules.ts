import type { Quota, QuotaUsage } from '@bailiwick/contract';

export const QUOTA_KINDS = ['containers', 'cpus', 'memoryBytes', 'diskBytes'] as const;
export type QuotaKind = (typeof QUOTA_KINDS)[number];

const NEAR = 0.8;
/** Sums of cores are decimal: what differs in the ninth place does not. */
const TOLERANCE = 1e-9;

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
  if (used > limit + TOLERANCE) return 'over';
  if (limit === 0) return 'closed';
  if (used >= limit - TOLERANCE) return 'full';
  return used >= limit * NEAR ? 'near' : 'room';
}
