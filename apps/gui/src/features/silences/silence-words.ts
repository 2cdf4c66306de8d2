import { useLocale, useTranslations } from 'next-intl';
import type { Silence } from '@bailiwick/contract';

/** 1 is Monday; the fifth of January 2026 was one. */
const aDay = (day: number): Date => new Date(Date.UTC(2026, 0, 4 + day));

export function useDayName(): (day: number, width: 'long' | 'short') => string {
  const locale = useLocale();
  return (day, weekday) => new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(aDay(day));
}

/** What is silenced, and when, each in one sentence. */
export function useSilenceWords(): (silence: Silence) => { what: string; when: string; now: string } {
  const t = useTranslations('silences');
  const rules = useTranslations('alerts.rules.name');
  const locale = useLocale();
  const toDay = useDayName();
  const toMoment = (at: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
  const whenOf = ({ time }: Silence): string => {
    if (time.kind === 'once') return t('once', { from: toMoment(time.from), until: toMoment(time.until) });
    const { at, minutes, timeZone } = time;
    const days = new Intl.ListFormat(locale).format(time.days.map((day) => toDay(day, 'long')));
    return t('weekly', { days, at, minutes, timeZone });
  };
  return (silence) => {
    const { rule, scope, label, activeUntil, nextFrom } = silence;
    const where = scope === null ? t('everywhere') : t(`where.${scope.kind}`, { name: label ?? t('gone') });
    return {
      what: rule === null ? t('what.all', { where }) : t('what.rule', { rule: rules(rule), where }),
      when: whenOf(silence),
      now:
        activeUntil === null
          ? nextFrom === null
            ? ''
            : t('next', { from: toMoment(nextFrom) })
          : t('until', { until: toMoment(activeUntil) }),
    };
  };
}
