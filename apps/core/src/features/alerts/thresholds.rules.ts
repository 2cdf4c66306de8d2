import {
  type AlertRule,
  type AlertThreshold,
  AMOUNT_RULES,
  type AmountRule,
  THRESHOLD_RULES,
  type ThresholdRule,
} from '@bailiwick/contract';

/** Two readings so far apart say nothing of what was between. */
const GAP_MS = 120_000;
/** It must be lower by so many points to be over, so that what goes up and down around a number is one alert. */
const MARGIN = 5;

/** A share of what there is, at a moment; null where nothing says it. */
export interface Reading {
  readonly atMs: number;
  readonly percent: number | null;
}

/** Since when every reading was as high, or as low, as it takes. */
export interface Watched {
  readonly atMs: number;
  readonly highSinceMs: number | null;
  readonly lowSinceMs: number | null;
}

/** What an alert does: undefined where it stays as it is. */
export type Verdict = 'opens' | 'closes' | undefined;

/** Takes one reading more. What is not known is neither high nor low, and what was before it counts no more. */
export function judge(
  before: Watched | undefined,
  { atMs, percent }: Reading,
  threshold: AlertThreshold,
): { watched: Watched | undefined; verdict: Verdict } {
  if (percent === null) return { watched: undefined, verdict: undefined };
  if (before && atMs <= before.atMs) return { watched: before, verdict: undefined };
  const known = before && atMs - before.atMs <= GAP_MS ? before : undefined;
  const isHigh = percent >= threshold.percent;
  const isLow = percent < lowOf(threshold);
  const highSinceMs = isHigh ? (known?.highSinceMs ?? atMs) : null;
  const lowSinceMs = isLow ? (known?.lowSinceMs ?? atMs) : null;
  const watched = { atMs, highSinceMs, lowSinceMs };
  if (highSinceMs !== null && atMs - highSinceMs >= threshold.durationMs) return { watched, verdict: 'opens' };
  if (lowSinceMs !== null && atMs - lowSinceMs >= threshold.durationMs / 2) return { watched, verdict: 'closes' };
  return { watched, verdict: undefined };
}

/** Of a small number half of it: nothing is less than nothing. */
const lowOf = ({ percent }: AlertThreshold): number => Math.max(percent - MARGIN, percent / 2);

export const isThresholdRule = (rule: string): rule is ThresholdRule => THRESHOLD_RULES.some((each) => each === rule);

/** Null where one of them is not known, or there is nothing to take a share of. */
export const shareOf = (used: number | null | undefined, all: number | null | undefined): number | null =>
  used == null || all == null || all <= 0 ? null : (used / all) * 100;

const MINUTE_MS = 60_000;
/** Until staff decide otherwise. */
export const THRESHOLDS: Readonly<Record<ThresholdRule, AlertThreshold>> = {
  container_cpu: { percent: 90, durationMs: 15 * MINUTE_MS },
  container_memory: { percent: 90, durationMs: 10 * MINUTE_MS },
  host_cpu: { percent: 95, durationMs: 15 * MINUTE_MS },
  host_memory: { percent: 95, durationMs: 10 * MINUTE_MS },
  host_disk: { percent: 90, durationMs: 5 * MINUTE_MS },
};
export const AMOUNT_DEFAULTS: Readonly<Record<AmountRule, number>> = {
  container_disk: 10 * 1024 ** 3,
  certificate: 14,
};
export const isAmountRule = (rule: string): rule is AmountRule => AMOUNT_RULES.some((each) => each === rule);

/** A program may mean to take all it was given, or much of what nobody limited: whether that needs somebody is for staff to say. */
const OFF_BY_DEFAULT: ReadonlySet<AlertRule> = new Set<AlertRule>([
  'container_cpu',
  'container_memory',
  'container_disk',
]);
export const isOnByDefault = (rule: AlertRule): boolean => !OFF_BY_DEFAULT.has(rule);

/** What takes as much opens; to be over it must take a twentieth less, so that what goes up and down is one alert. */
export function judgeBytes(bytes: number, amount: number): Verdict {
  if (bytes >= amount) return 'opens';
  return bytes < amount * BYTES_MARGIN ? 'closes' : undefined;
}
const BYTES_MARGIN = 0.95;
