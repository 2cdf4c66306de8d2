'use client';

import { useTranslations } from 'next-intl';
import type { ContainerHistory, ContainerId, ContainerMeasure, MetricsRange } from '@bailiwick/contract';
import { useLiveList } from '../../lib/live-hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { type ChartPlan, MetricCharts, useTrafficCharts } from './metric-charts.tsx';
import { RangePicker } from './range-picker.tsx';
import { useTrack } from './use-track.ts';

interface Props {
  container: { id: ContainerId; state: string; limits: { cpus: number | null } };
  range: MetricsRange;
  history: ContainerHistory;
}

/** What a container uses and used. */
export function ContainerStats({ container: { id, state, limits }, range, history }: Props) {
  const t = useTranslations('metrics');
  const list = useLiveList(`usage:${id}`, []);
  const track = useTrack<ContainerMeasure>(history, list, id);
  const charts: Array<ChartPlan<ContainerMeasure>> = [
    { title: t('cpu'), unit: 'cores', limit: limits.cpus, lines: [{ measure: 'cpus', label: t('inUse') }] },
    {
      title: t('memory'),
      unit: 'bytes',
      limit: history.limits.memoryBytes,
      lines: [
        { measure: 'memoryBytes', label: t('inUse') },
        { measure: 'cacheBytes', label: t('cache') },
      ],
    },
    ...useTrafficCharts(),
    { title: t('processes'), unit: 'count', limit: null, lines: [{ measure: 'processes', label: t('inUse') }] },
  ];
  return (
    <div className="flex flex-col gap-4">
      <RangePicker range={range} href={(each) => `/containers/${id}/stats?range=${each}`} />
      {state !== 'running' && state !== 'paused' && <Banner tone="info" title={t('notRunning')} />}
      <MetricCharts track={track} charts={charts} syncKey={id} />
    </div>
  );
}
