import type { AlertRule, CreateSilence, GrantTarget, SilenceTime } from '@bailiwick/contract';
import { toIso } from '../../kernel/clock.js';
import { momentOf, shownAt } from './zoned-time.rules.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A window may have begun the day before and lasts a day at most; clocks differ from ours by another. */
const DAYS_BACK = 2;
const DAYS_AHEAD = 8;
const LONGEST_MS = 30 * DAY_MS;
const FARTHEST_MS = 366 * DAY_MS;

/** Where an alert is. */
export interface AlertPlace {
  readonly rule: AlertRule;
  /** The ids of what it is in, and its own. */
  readonly within: ReadonlySet<string>;
}

/** How a silence stands at a moment. */
export interface Phase {
  /** Until when it silences; null where it does not now. */
  readonly activeUntil: number | null;
  /** When it begins next; null where it does not begin again. */
  readonly nextFrom: number | null;
}

/** Somebody who asks for access is no trouble that a window covers. */
export const covers = (
  { rule, scope }: { rule: AlertRule | null; scope: GrantTarget | null },
  place: AlertPlace,
): boolean =>
  (rule === null ? place.rule !== 'access_requested' : rule === place.rule) &&
  (scope === null || place.within.has(scope.id));

export function phaseAt(time: SilenceTime, nowMs: number): Phase {
  const runs = time.kind === 'once' ? [onceOf(time)] : weeklyRuns(time, nowMs);
  const active = runs.filter(({ from, until }) => from <= nowMs && nowMs < until).map(({ until }) => until);
  const next = runs.filter(({ from }) => from > nowMs).map(({ from }) => from);
  return {
    activeUntil: active.length === 0 ? null : Math.max(...active),
    nextFrom: next.length === 0 ? null : Math.min(...next),
  };
}

export const isOver = ({ activeUntil, nextFrom }: Phase): boolean => activeUntil === null && nextFrom === null;

/** When the phase is another; never for one that is over. */
export const changesAt = ({ activeUntil, nextFrom }: Phase): number =>
  Math.min(activeUntil ?? Infinity, nextFrom ?? Infinity);

/** As it is kept; what is wrong with it as a field and words. */
export function keptTime(
  time: CreateSilence['time'],
  nowMs: number,
): { kept: SilenceTime } | { path: string; message: string } {
  if (time.kind === 'for') return { kept: { kind: 'once', from: toIso(nowMs), until: toIso(nowMs + time.durationMs) } };
  if (time.kind === 'weekly') return { kept: { ...time, days: time.days.toSorted() } };
  const { from, until } = onceOf(time);
  if (until <= from) return { path: 'time.until', message: 'It ends before it begins.' };
  if (until <= nowMs) return { path: 'time.until', message: 'That is over already.' };
  if (until - from > LONGEST_MS) return { path: 'time.until', message: 'It lasts thirty days at most.' };
  if (from - nowMs > FARTHEST_MS) return { path: 'time.from', message: 'It begins within a year.' };
  return { kept: time };
}

const onceOf = ({ from, until }: { from: string; until: string }) => ({
  from: Date.parse(from),
  until: Date.parse(until),
});

function weeklyRuns({ days, at, minutes, timeZone }: Extract<SilenceTime, { kind: 'weekly' }>, nowMs: number) {
  const today = Math.floor(shownAt(nowMs, timeZone) / DAY_MS) * DAY_MS;
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const ofDay = (hour * 60 + minute) * MINUTE_MS;
  return Array.from({ length: DAYS_BACK + DAYS_AHEAD + 1 }, (_, index) => today + (index - DAYS_BACK) * DAY_MS)
    .filter((day) => days.includes(new Date(day).getUTCDay() || 7))
    .map((day) => {
      const from = momentOf(day + ofDay, timeZone);
      return { from, until: from + minutes * MINUTE_MS };
    });
}
