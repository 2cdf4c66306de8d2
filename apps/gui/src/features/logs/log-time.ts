import type { LogPreferences } from './log-preferences.ts';

/** A line's time with milliseconds, always as wide as the next one; empty when times are off. */
export function timeText(at: string, time: LogPreferences['time']): string {
  if (time === 'off') return '';
  if (time === 'utc') return `${at.slice(0, 10)} ${at.slice(11, 23)}Z`;
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  const clock = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':');
  return `${day} ${clock}.${at.slice(20, 23).padEnd(3, '0')}`;
}
