'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { QuotaSubject } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { cn } from '../../ui/class-names.ts';
import { Progress } from '../../ui/progress.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import { type QuotaBar, sayAmount, toBars } from './quota-bars.rules.ts';
import { useQuota } from './quota-queries.ts';

/** How much is taken of each limit. */
export function QuotaUsage({ subject, className }: { subject: QuotaSubject; className?: string }) {
  const t = useTranslations('quotas');
  const { data, error, isPending, refetch } = useQuota(subject);
  return (
    <div className={cn('max-w-lg', className)} data-slot="quota-usage">
      {isPending && (
        <Loading label={t('loading')} className="flex flex-col gap-2">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-2/3" />
        </Loading>
      )}
      {error instanceof ApiError && !data && (
        <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />
      )}
      {data && (
        <>
          <ul aria-label={t('usage')} className="flex flex-col gap-3">
            {toBars(data.quota, data.usage).map((bar) => (
              <Bar key={bar.what} bar={bar} />
            ))}
          </ul>
          <p className="mt-3 text-xs text-fg-3">{t(error ? 'stale' : 'counted')}</p>
        </>
      )}
    </div>
  );
}

function Bar({ bar }: { bar: QuotaBar }) {
  const t = useTranslations('quotas');
  const locale = useLocale();
  const { what, limit } = bar;
  const used = sayAmount(what, bar.used, locale);
  const words = limit === null ? t('unlimited', { used }) : t('of', { used, limit: sayAmount(what, limit, locale) });
  return (
    <li>
      <p className="mb-1 flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{t(`what.${what}`)}</span>
        <span className="text-fg-2 tabular-nums">{words}</span>
        <BarState bar={bar} />
      </p>
      {bar.limit !== null && (
        <Progress role="meter" label={t(`what.${what}`)} aria-valuetext={words} percent={bar.percent} />
      )}
    </li>
  );
}

function BarState({ bar }: { bar: QuotaBar }) {
  const t = useTranslations('quotas.state');
  const locale = useLocale();
  if (bar.limit === null || bar.state === 'room') return null;
  if (bar.state === 'over')
    return (
      <StatusBadge icon="bad">{t('over', { amount: sayAmount(bar.what, bar.used - bar.limit, locale) })}</StatusBadge>
    );
  return <StatusBadge icon={bar.state === 'closed' ? 'off' : 'warning'}>{t(bar.state)}</StatusBadge>;
}
