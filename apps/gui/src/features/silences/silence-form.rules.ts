import { AlertRule, type CreateSilence, type GrantTarget } from '@bailiwick/contract';
import type { FieldRules } from '../shell/form.rules.ts';

const HOUR_MS = 3_600_000;

export const SILENCE_KINDS = ['for', 'once', 'weekly'] as const;
export type SilenceKind = (typeof SILENCE_KINDS)[number];
export const DURATIONS = { hour: HOUR_MS, four: 4 * HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS, month: 720 * HOUR_MS } as const; // prettier-ignore
export type Duration = keyof typeof DURATIONS;
export const DURATION_KEYS: readonly Duration[] = ['hour', 'four', 'day', 'week', 'month'];
export const SCOPE_KINDS = ['everywhere', 'container', 'project', 'environment', 'tenant'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

export const SILENCE_FIELDS = ['reason', 'rule', 'scope', 'thing', 'duration', 'from', 'until', 'at', 'minutes', 'timeZone'] as const; // prettier-ignore
export type SilenceField = (typeof SILENCE_FIELDS)[number];
export type SilenceValues = Record<SilenceField, string>;

/** A moment as `datetime-local` has it, by the clock of the browser. */
export function toLocal(epochMs: number): string {
  const away = new Date(epochMs).getTimezoneOffset() * 60_000;
  return new Date(epochMs - away).toISOString().slice(0, 16);
}

export const initialSilence = (nowMs: number, timeZone: string, scope: ScopeKind): SilenceValues => ({
  reason: '',
  rule: '',
  scope,
  thing: '',
  duration: 'hour',
  from: toLocal(nowMs + HOUR_MS),
  until: toLocal(nowMs + 2 * HOUR_MS),
  at: '03:00',
  minutes: '60',
  timeZone,
});

const isMoment = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** What is not of the kind is always right; what spans two fields the core says. */
export function silenceRules(kind: SilenceKind, hasScope: boolean): FieldRules<SilenceField> {
  return {
    reason: (reason) => reason.trim() !== '' && reason.trim().length <= 200,
    rule: () => true,
    scope: () => true,
    thing: (thing) => !hasScope || thing !== '',
    duration: () => true,
    from: (from) => kind !== 'once' || isMoment(from),
    until: (until) => kind !== 'once' || isMoment(until),
    at: (at) => kind !== 'weekly' || /^\d{2}:\d{2}$/.test(at),
    minutes: (minutes) => kind !== 'weekly' || (/^\d{1,4}$/.test(minutes) && Number(minutes) >= 1 && Number(minutes) <= 1440), // prettier-ignore
    timeZone: (timeZone) => kind !== 'weekly' || timeZone !== '',
  };
}

/** As the core takes it. */
export function toSilence(kind: SilenceKind, values: SilenceValues, days: ReadonlySet<number>): CreateSilence {
  const { reason, rule, scope, thing } = values;
  return {
    reason: reason.trim(),
    rule: AlertRule.safeParse(rule).data ?? null,
    // The list a thing was chosen from is of its kind.
    scope: scope === 'everywhere' ? null : ({ kind: scope, id: thing } as GrantTarget),
    time: toTime(kind, values, days),
  };
}

function toTime(kind: SilenceKind, values: SilenceValues, days: ReadonlySet<number>): CreateSilence['time'] {
  const { duration, from, until, at, minutes, timeZone } = values;
  switch (kind) {
    case 'for': {
      const key = DURATION_KEYS.find((each) => each === duration) ?? 'hour';
      return { kind, durationMs: DURATIONS[key] };
    }
    case 'once':
      return { kind, from: new Date(from).toISOString(), until: new Date(until).toISOString() };
    case 'weekly':
      return { kind, days: WEEK.filter((day) => days.has(day)), at, minutes: Number(minutes), timeZone };
  }
}
