import type { Advice } from '@bailiwick/contract';

const HOUR_MS = 3_600_000;
/** Of less nothing is known. */
const LEAST_MEASURED_MS = 24 * HOUR_MS;
const MIB = 1024 * 1024;
const USUAL = 0.95;
/** What is proposed is so many times what is used: it must last for what was not measured. */
const ROOM = 1.5;
/** Below so much of its limit it has too much; from so much on too little. */
const LITTLE = 0.5;
const FULL = 0.9;
const MEMORY_STEP = 16 * MIB;
const LEAST_MEMORY = 32 * MIB;
/** What is saved must be worth a change. */
const WORTH_MEMORY = 64 * MIB;
const CPU_STEP = 0.05;
const LEAST_CPUS = 0.1;
const WORTH_CPUS = 0.25;

/** The most of each step that was measured. */
export interface Measured {
  readonly values: readonly number[];
  readonly stepMs: number;
}

/** A size of memory that would fit better; undefined where it fits, or too little is known. */
export function adviseMemory(
  limit: number | null,
  measured: Measured,
  { oomKills, all }: { oomKills: number; all: number | null },
): Advice | undefined {
  if (limit === null || !isEnough(measured)) return undefined;
  const { usual, most } = used(measured);
  const about = { limit, usual, most, oomKills };
  if (oomKills > 0 || usual >= limit * FULL) {
    const proposed = Math.min(upTo(Math.max(limit, most) * ROOM, MEMORY_STEP), all ?? Infinity);
    return proposed > limit ? { kind: 'memoryTooLittle', ...about, proposed } : undefined;
  }
  if (most > limit * LITTLE) return undefined;
  const proposed = Math.max(upTo(most * ROOM, MEMORY_STEP), LEAST_MEMORY);
  return limit - proposed >= WORTH_MEMORY ? { kind: 'memoryTooMuch', ...about, proposed } : undefined;
}

/** The same of processors: who gets too few is slow and goes on, so single peaks do not count. */
export function adviseCpus(limit: number | null, measured: Measured, all: number | null): Advice | undefined {
  if (limit === null || !isEnough(measured)) return undefined;
  const { usual, most } = used(measured);
  const about = { limit, usual, most, oomKills: 0 };
  if (usual >= limit * FULL) {
    const proposed = Math.min(upTo(limit * ROOM, CPU_STEP), all ?? Infinity);
    return proposed > limit ? { kind: 'cpusTooFew', ...about, proposed } : undefined;
  }
  if (usual > limit * LITTLE) return undefined;
  const proposed = Math.max(upTo(usual * ROOM, CPU_STEP), LEAST_CPUS);
  return limit - proposed >= WORTH_CPUS ? { kind: 'cpusTooMany', ...about, proposed } : undefined;
}

export const measuredMs = ({ values, stepMs }: Measured): number => values.length * stepMs;
const isEnough = (measured: Measured): boolean => measuredMs(measured) >= LEAST_MEASURED_MS;

function used({ values }: Measured): { usual: number; most: number } {
  const ordered = [...values].sort((one, other) => one - other);
  const at = Math.max(0, Math.ceil(ordered.length * USUAL) - 1);
  return { usual: ordered[at] ?? 0, most: ordered.at(-1) ?? 0 };
}

/** The next whole number of steps; what is kept of a measure is a little above or below it. */
const upTo = (value: number, step: number): number => Number((Math.ceil(value / step - 1e-3) * step).toFixed(4));
