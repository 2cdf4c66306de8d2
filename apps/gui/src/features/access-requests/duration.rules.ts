import { endOf, endOfDay, type ExpiryChoice } from '../access/expiry.rules.ts';

/** How long something is wanted for: a choice, and the last day where a date was chosen. */
export interface Wanted {
  readonly choice: ExpiryChoice | 'asked';
  readonly day: string;
}

const LEAST_MS = 60_000;
const MOST_MS = 366 * 24 * 3_600_000;

/** From now on; null without an end, undefined for a day that is none, over, or too far away. */
export function toDurationMs({ choice, day }: Wanted, asked: number | null, now: Date): number | null | undefined {
  if (choice === 'asked') return asked;
  const end = choice === 'date' ? endOfDay(day, now) : endOf(choice, now);
  if (end === undefined || end === null) return end;
  const duration = Math.max(LEAST_MS, Date.parse(end) - now.getTime());
  return duration > MOST_MS ? undefined : duration;
}

export interface Span {
  readonly unit: 'days' | 'hours' | 'minutes';
  readonly count: number;
}

/** In the largest unit that says it well. */
export function toSpan(durationMs: number): Span {
  const minutes = Math.max(1, Math.round(durationMs / 60_000));
  if (minutes < 90) return minutes === 60 ? { unit: 'hours', count: 1 } : { unit: 'minutes', count: minutes };
  const hours = Math.round(minutes / 60);
  return hours < 48 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.round(hours / 24) };
}
