export interface Age {
  value: number;
  unit: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';
}

const STEPS: [Age['unit'], number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, in the largest unit that is at least one. */
function toAge(from: number, to: number): Age {
  const seconds = Math.max(0, Math.round((to - from) / 1000));
  const step = STEPS.find(([, length]) => seconds >= length);
  return step ? { value: Math.floor(seconds / step[1]), unit: step[0] } : { value: seconds, unit: 'second' };
}

/** `5 min. ago`, `2 days ago`. */
export function formatAgo(from: number, to: number, locale: string): string {
  const age = toAge(from, to);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' }).format(-age.value, age.unit);
}

/** `5 min`, `2 days`: how long something has lasted. */
export function formatSpan(from: number, to: number, locale: string): string {
  const age = toAge(from, to);
  return new Intl.NumberFormat(locale, { style: 'unit', unit: age.unit, unitDisplay: 'short' }).format(age.value);
}
