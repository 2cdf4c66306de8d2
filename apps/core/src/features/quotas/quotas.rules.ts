import { type Quota, QUOTA_KINDS, QUOTA_TOLERANCE, type QuotaKind, type QuotaUsage } from '@bailiwick/contract';
import * as z from 'zod';

export const NO_USAGE: QuotaUsage = { containers: 0, cpus: 0, memoryBytes: 0, diskBytes: 0 };

/** What would be too much: how much there may be, is, and was asked for. */
export interface Exceeded {
  readonly what: QuotaKind;
  readonly limit: number;
  readonly used: number;
  readonly wanted: number;
}

export function exceeded(quota: Quota, used: QuotaUsage, wanted: QuotaUsage): Exceeded[] {
  return QUOTA_KINDS.flatMap((what) => {
    const limit = quota[what];
    const isOver = limit !== null && wanted[what] > 0 && used[what] + wanted[what] > limit + QUOTA_TOLERANCE;
    return isOver ? [{ what, limit, used: used[what], wanted: wanted[what] }] : [];
  });
}

/** What a container was deployed with; limits it has none of take nothing. */
const Sizes = z.object({ memoryBytes: z.number().catch(0), cpus: z.number().catch(0), diskBytes: z.number().catch(0) });

/** What takes something: all it was made with, or only its disk while it is stopped. */
export interface Taker {
  readonly configuration: unknown;
  readonly isResting: boolean;
}

export function usageOf(takers: readonly Taker[]): QuotaUsage {
  const usage = { ...NO_USAGE };
  for (const { configuration, isResting } of takers) {
    const { memoryBytes, cpus, diskBytes } = Sizes.parse(configuration ?? {});
    usage.diskBytes += diskBytes;
    if (isResting) continue;
    usage.containers += 1;
    usage.memoryBytes += memoryBytes;
    usage.cpus = Math.round((usage.cpus + cpus) * 1e6) / 1e6;
  }
  return usage;
}

/** In words, with the numbers. */
export function toSentence(name: string, [first]: readonly Exceeded[]): string {
  if (!first) throw new Error('Nothing is exceeded.');
  const { what, limit, used, wanted } = first;
  return `${name} may take ${say(what, limit)}; ${say(what, used)} is taken, and this needs ${say(what, wanted)}.`;
}

function say(what: Exceeded['what'], amount: number): string {
  switch (what) {
    case 'containers':
      return `${amount} ${amount === 1 ? 'container' : 'containers'}`;
    case 'cpus':
      return `${amount} CPU cores`;
    case 'memoryBytes':
      return `${mebibytes(amount)} MiB of memory`;
    case 'diskBytes':
      return `${mebibytes(amount)} MiB of disk`;
  }
}

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
