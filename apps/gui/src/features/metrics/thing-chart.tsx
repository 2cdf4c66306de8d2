'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type {
  ChartedMeasure,
  ContainerHistory,
  ContainerId,
  ContainerMeasure,
  EnvironmentId,
  HostHistory,
  HostMeasure,
  MetricsRange,
} from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { useLiveList } from '../../lib/live-hooks.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type ChartPlan, useTrafficCharts } from './metric-charts.tsx';
import type { Unit } from './metric-format.ts';
import { type ChartLine, TimeChart } from './time-chart.tsx';
import { useTrack } from './use-track.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface Chosen {
  title: string;
  measure: ChartedMeasure;
  range: MetricsRange;
  /** Charts of one page that move their pointers together. */
  syncKey: string;
}

/** One measure of a container over time, read by itself. */
export function ContainerChart({ id, title, measure, range, syncKey }: Chosen & { id: ContainerId }) {
  const { data, error } = useQuery({
    queryKey: ['containers', id, 'metrics', range],
    queryFn: ({ signal }) => api<ContainerHistory>('GET', `/containers/${id}/metrics?range=${range}`, { signal }),
  });
  if (!data) return <Waiting title={title} error={error} />;
  return <ContainerPlot id={id} title={title} measure={measure} history={data} syncKey={syncKey} />;
}

/** The same of the host of an environment. */
export function HostChart({ id, title, measure, range, syncKey }: Chosen & { id: EnvironmentId }) {
  const { data, error } = useQuery({
    queryKey: ['environments', id, 'metrics', range],
    queryFn: ({ signal }) => api<HostHistory>('GET', `/environments/${id}/metrics?range=${range}`, { signal }),
  });
  if (!data) return <Waiting title={title} error={error} />;
  return <HostPlot id={id} title={title} measure={measure} history={data} syncKey={syncKey} />;
}

interface ContainerPlotProps extends Omit<Chosen, 'range'> {
  id: ContainerId;
  history: ContainerHistory;
}

function ContainerPlot({ id, title, measure, history, syncKey }: ContainerPlotProps) {
  const track = useTrack<ContainerMeasure>(history, useLiveList(`usage:${id}`, []), id);
  const plan = usePlan(measure, { cpus: null, memoryBytes: history.limits.memoryBytes });
  return <TimeChart {...plan} track={track} syncKey={syncKey} title={title} />;
}

interface HostPlotProps extends Omit<Chosen, 'range'> {
  id: EnvironmentId;
  history: HostHistory;
}

function HostPlot({ id, title, measure, history, syncKey }: HostPlotProps) {
  const track = useTrack<HostMeasure>(history, useLiveList('hostUsage', []), id);
  return <TimeChart {...usePlan(measure, history.limits)} track={track} syncKey={syncKey} title={title} />;
}

type Both = ContainerMeasure & HostMeasure;

function usePlan(
  measure: ChartedMeasure,
  limits: { cpus: number | null; memoryBytes: number | null },
): Omit<ChartPlan<Both>, 'title'> {
  const t = useTranslations('metrics');
  const [network, disk] = useTrafficCharts();
  const inUse = (of: Both, unit: Unit, limit: number | null) => ({
    unit,
    limit,
    lines: [{ measure: of, label: t('inUse') }] satisfies Array<ChartLine<Both>>,
  });
  if (measure === 'cpu') return inUse('cpus', 'cores', limits.cpus);
  if (measure === 'memory') return inUse('memoryBytes', 'bytes', limits.memoryBytes);
  const traffic = measure === 'network' ? network : disk;
  if (!traffic) throw new Error('There is a chart of traffic.');
  return traffic;
}

function Waiting({ title, error }: { title: string; error: Error | null }) {
  return (
    <section aria-label={title} className="h-full rounded-lg border border-line bg-surface-1 p-4">
      <h2 className="mb-2 text-sm font-semibold">{title}</h2>
      {error instanceof ApiError ? <ErrorNotice error={error} /> : <Skeleton className="h-40" />}
    </section>
  );
}
