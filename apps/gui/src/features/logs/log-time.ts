import type { LogPreferences } from './log-preferences.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** What a time is told against: now, and the line before. */
export interface Against {
  nowMs: number;
  /** Null for the first line. */
  before: string | null;
}

/** A line's time with milliseconds, always as wide as the next one; empty when times are off. */
export function timeText(at: string, time: LogPreferences['time'], against?: Against): string {
  if (time === 'off') return '';
  if (time === 'ago' && against) return agoText(against.nowMs - Date.parse(at)).padStart(5);
  if (time === 'delta' && against) return deltaText(at, against.before).padStart(10);
  if (time === 'utc') return `${at.slice(0, 10)} ${at.slice(11, 23)}Z`;
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  const clock = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':');
  return `${day} ${clock}.${at.slice(20, 23).padEnd(3, '0')}`;
}

/** `3m` ago, in its largest unit. */
function agoText(agoMs: number): string {
  const [unit, ms] = UNITS.find(([, each]) => agoMs >= each) ?? ['s', 1000];
  return `-${Math.max(0, Math.floor(agoMs / ms))}${unit}`;
}

function deltaText(at: string, before: string | null): string {
  if (before === null) return '';
  const sinceMs = Date.parse(at) - Date.parse(before);
  return `${sinceMs < 0 ? '-' : '+'}${(Math.abs(sinceMs) / 1000).toFixed(3)}s`;
}
