'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Alert, EngineEventList, Environment, HostHistory, MetricsRange, Operation } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { EngineEventsCard } from '../engine-events/engine-events-card.tsx';
import { HostStats } from '../metrics/host-stats.tsx';
import { EnvironmentCard } from './environment-card.tsx';

interface Props {
  environment: Environment;
  range: MetricsRange;
  /** Null for who may not know it. */
  history: HostHistory | null;
  /** What happened to its host, as far as the reader may see it. */
  past: { alerts: readonly Alert[]; operations: readonly Operation[] };
  events: EngineEventList;
}

/** One place where things run: how it is reached, and how busy its host is. */
export function EnvironmentPage({ environment: first, range, history, past, events }: Props) {
  const t = useTranslations('environments');
  const environment = useFollowed('environments', [first]).find(({ id }) => id === first.id) ?? first;
  return (
    <>
      <Link
        href="/environments"
        className="mb-3 inline-flex min-h-6 items-center gap-1 text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('title')}
      </Link>
      <PageHeader title={environment.name} />
      <div className="flex flex-col gap-6">
        <EnvironmentCard environment={environment} />
        {history !== null && <HostStats key={range} id={first.id} range={range} history={history} past={past} />}
        <EngineEventsCard whose={{ environment: first.id }} read={events} />
      </div>
    </>
  );
}
