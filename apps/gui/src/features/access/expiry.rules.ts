export const EXPIRY_CHOICES = ['none', 'hour', 'today', 'week', 'date'] as const;
export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number];

const HOUR_MS = 3_600_000;

/** The moment a choice stands for, counted from `now`; null for none. */
export function endOf(choice: Exclude<ExpiryChoice, 'date'>, now: Date): string | null {
  switch (choice) {
    case 'none':
      return null;
    case 'hour':
      return new Date(now.getTime() + HOUR_MS).toISOString();
    case 'today':
      return lastMomentOf(now).toISOString();
    case 'week':
      return new Date(now.getTime() + 7 * 24 * HOUR_MS).toISOString();
  }
}

/** The end of a day as people write it in a date field; undefined where it is none, or over. */
export function endOfDay(day: string, now: Date): string | undefined {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const end = lastMomentOf(new Date(year, month - 1, date));
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && end.getTime() > now.getTime() ? end.toISOString() : undefined;
}

/** A day as a date field wants it, where the person is. */
export function toDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const lastMomentOf = (day: Date): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate(), 23, 59, 59, 999);
