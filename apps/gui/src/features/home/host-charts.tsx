'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { ChartedMeasure, type Environment } from '@bailiwick/contract';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { HostChart } from '../metrics/thing-chart.tsx';
import { HomeSection } from './home-section.tsx';

/** How busy a host was in the last hour; nothing where it is not measured. */
export function HostCharts({ environment: { id, name } }: { environment: Environment }) {
  const t = useTranslations('home');
  const metrics = useTranslations('metrics');
  const usage = useLiveItem(useLiveList('hostUsage', []), id);
  if (!usage) return null;
  return (
    <HomeSection
      title={t('host', { name })}
      more={
        <Link
          href={`/environments/${id}?range=24h`}
          className="inline-flex min-h-6 items-center text-accent-text hover:underline"
        >
          {t('longer')}
        </Link>
      }
    >
      <div data-slot="host-charts" className="grid gap-3 [--chart-height:8rem] lg:grid-cols-2">
        {ChartedMeasure.options.map((measure) => (
          <HostChart key={measure} id={id} title={metrics(measure)} measure={measure} range="1h" syncKey={id} />
        ))}
      </div>
    </HomeSection>
  );
}
