import { COUNTED_MEASURES, type MetricsRange } from '@bailiwick/contract';
import type { Sample } from './usage.rules.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** So fine, so long: each keeps the last `slots` steps. */
export interface Tier {
  readonly stepMs: number;
  readonly slots: number;
}
export const TIERS = [
  { stepMs: SECOND, slots: 300 },
  { stepMs: 10 * SECOND, slots: 360 },
  { stepMs: MINUTE, slots: 1440 },
  { stepMs: 10 * MINUTE, slots: 4320 },
] as const satisfies readonly Tier[];

/** Which tier answers for a range, and how much of it. */
export const RANGES: Readonly<Record<MetricsRange, { tier: number; ms: number }>> = {
  '5m': { tier: 0, ms: 5 * MINUTE },
  '1h': { tier: 1, ms: HOUR },
  '24h': { tier: 2, ms: DAY },
  '7d': { tier: 3, ms: 7 * DAY },
  '30d': { tier: 3, ms: 30 * DAY },
};

/** One step: which one since the epoch, and what was in it, measure after measure. */
export interface Slot {
  readonly step: number;
  readonly min: ReadonlyArray<number | null>;
  readonly avg: ReadonlyArray<number | null>;
  readonly max: ReadonlyArray<number | null>;
}

interface Tally {
  min: number;
  max: number;
  /** Value times milliseconds. */
  sum: number;
  ms: number;
}

/** A step that is not over. */
export interface Growing {
  readonly step: number;
  readonly tallies: ReadonlyArray<Tally | null>;
}

/**
 * Adds what was used in a time to every step it reaches into, each by its share, and returns those that are over with it.
 * Slower sampling than a step leaves no holes so: a mean over fifteen seconds is one over each ten of them.
 * What is counted happened in the newest step, and adds up there.
 */
export function addTo<Measure extends string>(
  growing: Growing | undefined,
  { fromMs, toMs, values }: Sample<Measure>,
  measures: readonly Measure[],
  { stepMs, slots }: Tier,
): { over: Slot[]; growing: Growing } {
  const last = Math.floor(toMs / stepMs);
  // What is older than the tier keeps would only be written over.
  const first = Math.max(Math.floor(fromMs / stepMs), last - slots + 1);
  const over: Slot[] = [];
  let now = growing;
  for (let step = first; step <= last; step++) {
    const ms = Math.min(toMs, (step + 1) * stepMs) - Math.max(fromMs, step * stepMs);
    if (now && now.step > step) continue;
    if (now && now.step < step) over.push(toSlot(now));
    const before: Growing = now?.step === step ? now : { step, tallies: measures.map(() => null) };
    now = ms > 0 ? { step, tallies: measures.map((name, n) => grown(name, before.tallies[n] ?? null, values[name], ms)) } : before; // prettier-ignore
  }
  const newest = now ?? { step: last, tallies: measures.map(() => null) };
  const tallies = measures.map((name, n) => counted(name, newest.tallies[n] ?? null, values[name]));
  return { over, growing: { step: newest.step, tallies } };
}

const NONE: Tally = { min: 0, max: 0, sum: 0, ms: 1 };

function counted(name: string, tally: Tally | null, value: number | null): Tally | null {
  if (!COUNTED_MEASURES.has(name) || value === null) return tally;
  const sum = (tally ?? NONE).sum + value;
  return { min: sum, max: sum, sum, ms: 1 };
}

function grown(name: string, tally: Tally | null, value: number | null, ms: number): Tally | null {
  if (value === null) return tally;
  if (COUNTED_MEASURES.has(name)) return tally ?? NONE;
  if (tally === null) return { min: value, max: value, sum: value * ms, ms };
  return {
    min: Math.min(tally.min, value),
    max: Math.max(tally.max, value),
    sum: tally.sum + value * ms,
    ms: tally.ms + ms,
  };
}

export const toSlot = ({ step, tallies }: Growing): Slot => ({
  step,
  min: tallies.map((tally) => tally && tally.min),
  avg: tallies.map((tally) => tally && tally.sum / tally.ms),
  max: tallies.map((tally) => tally && tally.max),
});

export interface Column {
  readonly min: Array<number | null>;
  readonly avg: Array<number | null>;
  readonly max: Array<number | null>;
}

/** The steps of a range one after the other, each measure by itself; null where nothing was measured. */
export function toColumns<Measure extends string>(
  slots: readonly Slot[],
  measures: readonly Measure[],
  { firstStep, steps }: { firstStep: number; steps: number },
): Record<Measure, Column> {
  const blank = () => new Array<number | null>(steps).fill(null);
  const columns = measures.map((name) => [name, { min: blank(), avg: blank(), max: blank() }] as const);
  for (const slot of slots) {
    const at = slot.step - firstStep;
    if (at < 0 || at >= steps) continue;
    columns.forEach(([, column], n) => {
      column.min[at] = slot.min[n] ?? null;
      column.avg[at] = slot.avg[n] ?? null;
      column.max[at] = slot.max[n] ?? null;
    });
  }
  // Each measure stands there once, by its name.
  return Object.fromEntries(columns) as Record<Measure, Column>;
}
