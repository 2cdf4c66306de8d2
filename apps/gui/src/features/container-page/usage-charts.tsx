'use client';

import { useTranslations } from 'next-intl';
import { ChartedMeasure, type ContainerId } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { ContainerChart } from '../metrics/thing-chart.tsx';

/** What it used in the last hour, at a glance. */
export function UsageCharts({ id }: { id: ContainerId }) {
  const t = useTranslations('metrics');
  return (
    <div data-slot="usage-charts" className="mb-4 grid gap-3 [--chart-height:7rem] sm:grid-cols-2 2xl:grid-cols-4">
      {ChartedMeasure.options.map((measure) => (
        // On a phone the two that matter most stand before everything else, the others on their own page.
        <div key={measure} className={cn('min-w-0', (measure === 'network' || measure === 'disk') && 'max-sm:hidden')}>
          <ContainerChart id={id} title={t(measure)} measure={measure} range="1h" syncKey={id} />
        </div>
      ))}
    </div>
  );
}
