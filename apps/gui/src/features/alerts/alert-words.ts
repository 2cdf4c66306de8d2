import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { type Alert, OUTAGE_CODES, type OutageCode } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { useErrorWords } from '../shell/error-words.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** What is wrong with what, in one sentence. */
export function useAlertTitle(): (alert: Pick<Alert, 'rule' | 'label'>) => string {
  const t = useTranslations('alerts.rule');
  return ({ rule, label }) => t(rule, { label });
}

/** How long something must be so. */
export function useSpan(): (ms: number) => string {
  const t = useTranslations('alerts');
  return (ms) =>
    ms < MINUTE_MS
      ? t('seconds', { count: Math.round(ms / SECOND_MS) })
      : t('minutes', { count: Math.round(ms / MINUTE_MS) });
}

/** What else is known of it, each in words. */
export function useAlertFacts(): (alert: Pick<Alert, 'facts'>) => string[] {
  const t = useTranslations('alerts');
  const toWords = useErrorWords();
  const toSpan = useSpan();
  const date = useFormatter();
  const locale = useLocale();
  return ({ facts: { exitCode, code, by, percent, threshold, mountpoint, certificate, bytes, amount } }) => [
    ...(mountpoint === undefined ? [] : [t('onDisk', { mountpoint })]),
    ...(threshold === undefined
      ? []
      : [t('overFor', { percent: threshold.percent, duration: toSpan(threshold.durationMs) })]),
    ...(percent === undefined ? [] : [t('measured', { percent })]),
    ...(bytes === undefined || amount === undefined
      ? []
      : [t('taken', { bytes: formatBytes(bytes, locale), amount: formatBytes(amount, locale) })]),
    ...(certificate === undefined
      ? []
      : [
          t(`certificate.${certificate.problem}`),
          t('validUntil', { until: date.dateTime(new Date(certificate.validUntil), { dateStyle: 'medium' }) }),
        ]),
    ...(exitCode === undefined ? [] : [t('exitCode', { code: exitCode })]),
    ...(code === undefined ? [] : [isOutage(code) ? t(`outage.${code}`) : toWords({ code }).text]),
    ...(by === undefined ? [] : [t('askedBy', { name: by })]),
  ];
}

const isOutage = (code: string): code is OutageCode => OUTAGE_CODES.some((each) => each === code);
