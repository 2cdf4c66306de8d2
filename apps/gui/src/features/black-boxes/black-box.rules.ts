import type { BlackBox } from '@bailiwick/contract';
import type { History } from '../metrics/metric-track.rules.ts';
import { toSpans } from '../logs/ansi.rules.ts';

export type BoxMeasure = 'cpus' | 'memoryBytes';

/** What was measured once for each step, as what draws it knows it. */
export function toHistory({ from, stepMs, cpus, memoryBytes }: NonNullable<BlackBox['figures']>): History<BoxMeasure> {
  const column = (values: Array<number | null>) => ({ min: [...values], avg: [...values], max: [...values] });
  return { from, stepMs, series: { cpus: column(cpus), memoryBytes: column(memoryBytes) } };
}

/** A line as it is read: without what only colours it. */
export const toPlain = (text: string): string => toSpans(text).map((span) => span.text).join(''); // prettier-ignore
