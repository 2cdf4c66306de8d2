'use client';

import { useTranslations } from 'next-intl';
import { ChartedMeasure, type ContainerId } from '@bailiwick/contract';
import { ContainerChart } from '../metrics/thing-chart.tsx';

/** What it used in the last hour, at a glance. */
export function UsageCharts({ id }: { id: ContainerId }) {
  const t = useTranslations('metrics');
  return (
    <div data-slot="usage-charts" className="mb-4 grid gap-3 [--chart-height:7rem] sm:grid-cols-2 2xl:grid-cols-4">
      {ChartedMeasure.options.map((measure) => (
        <ContainerChart key={measure} id={id} title={t(measure)} measure={measure} range="1h" syncKey={id} />
      ))}
    </div>
  );
}
