'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { AuditEvent, Statistics } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Card, CardTitle } from '../../ui/card.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { StaleNotice } from '../shell/stale-notice.tsx';
import { foldBegun } from '../audit/audit-event.rules.ts';
import { AuditTable } from '../audit/audit-table.tsx';
import { NewestContainers } from './newest-containers.tsx';
import { TakingsTable } from './takings-table.tsx';
import { TopPeople } from './top-people.tsx';

/** So often they are asked for while somebody looks. */
const EVERY_MS = 12_000;

interface Props {
  statistics: Statistics;
  /** Null for who may not see the trail. */
  deeds: readonly AuditEvent[] | null;
}

/** The whole installation in figures. */
export function StatisticsPage({ statistics: read, deeds }: Props) {
  const t = useTranslations('statistics');
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['statistics'],
    queryFn: ({ signal }) => api<Statistics>('GET', '/statistics', { signal }),
    initialData: read,
    refetchInterval: EVERY_MS,
  });
  const { at, people, containers, operations, presets, topPeople, newest, takings } = data;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        aside={<span className="text-xs text-fg-3">{t.rich('asOf', { age: () => <TimeAgo at={at} /> })}</span>}
      />
      {error instanceof ApiError && (
        <StaleNotice error={error} title={t('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      <div className="flex flex-col gap-4">
        <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
          <Figure name={t('people')} value={people.total} text={t('peopleText', { active: people.active })} />
          <Figure name={t('containers')} value={containers.total} text={t('containersText', containers)} />
          <Figure
            name={t('operations')}
            value={operations.queued + operations.running + operations.cancelling}
            text={t('operationsText', operations)}
          />
          <Figure name={t('presets')} value={presets.total} text={t('presetsText', { count: presets.withVolumes })} />
        </dl>
        <div className="grid gap-4 lg:grid-cols-2">
          <Card aria-label={t('topPeople')}>
            <CardTitle className="mb-3">{t('topPeople')}</CardTitle>
            <TopPeople people={topPeople} />
          </Card>
          <Card aria-label={t('newest')}>
            <CardTitle className="mb-3">{t('newest')}</CardTitle>
            <NewestContainers newest={newest} />
          </Card>
        </div>
        {deeds !== null && (
          <section aria-label={t('deeds')}>
            <h2 className="mb-3 text-lg font-semibold">{t('deeds')}</h2>
            <AuditTable events={foldBegun(deeds)} hrefOf={({ id }) => `/audit/${id}`} />
          </section>
        )}
        <TakingsTable takings={takings} />
      </div>
    </>
  );
}

function Figure({ name, value, text }: { name: string; value: number; text: string }) {
  return (
    <div data-figure={name} className="flex flex-col rounded-lg border border-line bg-surface-1 p-4">
      <dt className="text-sm text-fg-2">{name}</dt>
      <dd className="text-2xl font-semibold tabular-nums">{value}</dd>
      <dd className="text-xs text-fg-2 tabular-nums">{text}</dd>
    </div>
  );
}
