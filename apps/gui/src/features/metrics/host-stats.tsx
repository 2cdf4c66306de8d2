'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Alert, EnvironmentId, HostHistory, HostMeasure, HostUsage, MetricsRange, Operation } from '@bailiwick/contract'; // prettier-ignore
import { formatBytes } from '../../lib/format.ts';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { CapacityBar } from './capacity-bar.tsx';
import { hostMarksOf, marksIn } from './chart-marks.rules.ts';
import { useUnits } from './metric-format.ts';
import { type ChartPlan, MetricCharts, useTrafficCharts } from './metric-charts.tsx';
import { RangePicker } from './range-picker.tsx';
import { useTrack } from './use-track.ts';
import { WhatHappened } from './what-happened.tsx';

interface Props {
  id: EnvironmentId;
  range: MetricsRange;
  history: HostHistory;
  past: { alerts: readonly Alert[]; operations: readonly Operation[] };
}

/** What a host uses and used, and how full its disks are. */
export function HostStats({ id, range, history, past }: Props) {
  const t = useTranslations('metrics');
  const list = useLiveList('hostUsage', []);
  const track = useTrack<HostMeasure>(history, list, id);
  const usage = useLiveItem(list, id);
  const marks = useMemo(
    () => marksIn(hostMarksOf(past.alerts, past.operations), Date.parse(history.from), Infinity),
    [past, history.from],
  );
  const charts: Array<ChartPlan<HostMeasure>> = [
    {
      title: t('cpu'),
      unit: 'cores',
      limit: history.limits.cpus,
      lines: [
        { measure: 'cpus', label: t('inUse') },
        { measure: 'load', label: t('load'), unit: 'count' },
      ],
    },
    {
      title: t('memory'),
      unit: 'bytes',
      limit: history.limits.memoryBytes,
      lines: [
        { measure: 'memoryBytes', label: t('inUse') },
        { measure: 'swapBytes', label: t('swap') },
      ],
    },
    ...useTrafficCharts(),
    {
      title: t('pressure'),
      unit: 'percent',
      limit: null,
      lines: [
        { measure: 'cpuPressure', label: t('cpu') },
        { measure: 'ioPressure', label: t('disk') },
      ],
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      <RangePicker range={range} href={(each) => `/environments/${id}?range=${each}`} />
      <WhatHappened marks={marks} />
      <MetricCharts track={track} charts={charts} syncKey={id} marks={marks} />
      {usage && usage.disks.length > 0 && <Disks disks={usage.disks} />}
    </div>
  );
}

function Disks({ disks }: { disks: HostUsage['disks'] }) {
  const t = useTranslations('metrics');
  const locale = useLocale();
  const { percent } = useUnits();
  return (
    <Table>
      <caption className="sr-only">{t('disks')}</caption>
      <TableHead>
        <tr>
          <HeaderCell>{t('mountpoint')}</HeaderCell>
          <HeaderCell className="max-md:hidden">{t('device')}</HeaderCell>
          <HeaderCell className="max-md:hidden">{t('fileSystem')}</HeaderCell>
          <HeaderCell>{t('taken')}</HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {disks.map(({ device, mountpoint, type, totalBytes, usedBytes, freeBytes }) => (
          <TableRow key={mountpoint}>
            <TableCell translate="no" className="font-mono text-xs break-all">
              {mountpoint}
            </TableCell>
            <TableCell translate="no" className="max-md:hidden font-mono text-xs break-all">
              {device}
            </TableCell>
            <TableCell translate="no" className="max-md:hidden">
              {type}
            </TableCell>
            <TableCell className="min-w-40 py-2">
              <CapacityBar
                name={percent((usedBytes / Math.max(1, usedBytes + freeBytes)) * 100)}
                used={usedBytes}
                total={usedBytes + freeBytes}
                text={t('of', { used: formatBytes(usedBytes, locale), total: formatBytes(totalBytes, locale) })}
              />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
