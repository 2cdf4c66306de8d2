'use client';

import { useTranslations } from 'next-intl';
import type { Mark } from './chart-marks.rules.ts';
import type { Unit } from './metric-format.ts';
import type { MetricTrack } from './metric-track.ts';
import { type ChartLine, TimeChart } from './time-chart.tsx';

/** What one chart shows. */
export interface ChartPlan<Measure extends string> {
  title: string;
  unit: Unit;
  /** Drawn across; null for none. */
  limit: number | null;
  lines: ReadonlyArray<ChartLine<Measure>>;
}

interface Props<Measure extends string> {
  track: MetricTrack<Measure>;
  charts: ReadonlyArray<ChartPlan<Measure>>;
  /** Their pointers move together. */
  syncKey: string;
  /** What happened meanwhile. */
  marks?: readonly Mark[];
}

/** Charts of one history, side by side where there is room. */
export function MetricCharts<Measure extends string>({ track, charts, syncKey, marks = [] }: Props<Measure>) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {charts.map((chart) => (
        <TimeChart key={chart.title} track={track} syncKey={syncKey} marks={marks} {...chart} />
      ))}
    </div>
  );
}

type Traffic = 'receivedBytesPerSecond' | 'sentBytesPerSecond' | 'readBytesPerSecond' | 'writtenBytesPerSecond';

/** What goes over the network and to the disks, the same for containers and hosts. */
export function useTrafficCharts(): Array<ChartPlan<Traffic>> {
  const t = useTranslations('metrics');
  const unit = 'bytesPerSecond';
  return [
    {
      title: t('network'),
      unit,
      limit: null,
      lines: [
        { measure: 'receivedBytesPerSecond', label: t('received') },
        { measure: 'sentBytesPerSecond', label: t('sent') },
      ],
    },
    {
      title: t('disk'),
      unit,
      limit: null,
      lines: [
        { measure: 'readBytesPerSecond', label: t('read') },
        { measure: 'writtenBytesPerSecond', label: t('written') },
      ],
    },
  ];
}
