import type { HostHealth, UsedMeasure } from '@bailiwick/contract';
import type { CountedUsage } from '../../foundation/environments/usage.js';

const MICROS_PER_MS = 1000;
const MS = 1000;

/** What was used from `fromMs` to `toMs`. Null where nothing counts it. */
export interface Sample<Measure extends string> {
  readonly fromMs: number;
  readonly toMs: number;
  readonly values: Readonly<Record<Measure, number | null>>;
}

/** Undefined where the two say nothing together: the second is of a new start, or no time went by. */
export function usedBetween(before: CountedUsage, after: CountedUsage): Sample<UsedMeasure> | undefined {
  const ms = after.atMs - before.atMs;
  if (ms <= 0) return undefined;
  const grown = (one: number | null, other: number | null) => (one === null || other === null ? null : other - one);
  const perSecond = (name: 'receivedBytes' | 'sentBytes' | 'readBytes' | 'writtenBytes') =>
    rate(grown(before[name], after[name]), ms);
  const cpuMicros = grown(before.cpuMicros, after.cpuMicros);
  if (cpuMicros !== null && cpuMicros < 0) return undefined;
  return {
    fromMs: before.atMs,
    toMs: after.atMs,
    values: {
      cpus: cpuMicros === null ? null : cpuMicros / MICROS_PER_MS / ms,
      memoryBytes: after.memoryBytes,
      cacheBytes: after.cacheBytes,
      receivedBytesPerSecond: perSecond('receivedBytes'),
      sentBytesPerSecond: perSecond('sentBytes'),
      readBytesPerSecond: perSecond('readBytes'),
      writtenBytesPerSecond: perSecond('writtenBytes'),
      processes: after.processes,
    },
  };
}

/** A counter that went back began anew: what it was in between nobody knows. */
export const rate = (grown: number | null, ms: number): number | null =>
  grown === null || grown < 0 ? null : (grown / ms) * MS;

const BANDS: ReadonlyArray<readonly [below: number, health: HostHealth]> = [
  [55, 'optimal'],
  [75, 'stable'],
  [90, 'elevated'],
];
/** By the share of memory that is taken, in percent. */
export const healthAt = (percent: number): HostHealth => BANDS.find(([below]) => percent < below)?.[1] ?? 'critical';
