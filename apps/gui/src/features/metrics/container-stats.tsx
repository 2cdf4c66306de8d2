'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef } from 'react';
import type { ConfigurationVersion, ContainerEnd, ContainerHistory, ContainerId, ContainerMeasure, MetricsRange } from '@bailiwick/contract'; // prettier-ignore
import { useLiveList } from '../../lib/live-hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { marksIn, marksOf, restartsSince } from './chart-marks.rules.ts';
import { type ChartPlan, MetricCharts, useTrafficCharts } from './metric-charts.tsx';
import { RangePicker } from './range-picker.tsx';
import { useEnds } from './use-ends.ts';
import { useTrack } from './use-track.ts';
import { WhatHappened } from './what-happened.tsx';

interface Props {
  container: { id: ContainerId; state: string; startedAt: string | null; limits: { cpus: number | null } };
  range: MetricsRange;
  history: ContainerHistory;
  /** Each null where the reader may not know it. */
  past: { ends: readonly ContainerEnd[] | null; versions: readonly ConfigurationVersion[] | null };
}

/** What a container uses and used. */
export function ContainerStats({ container: { id, state, startedAt, limits }, range, history, past }: Props) {
  const t = useTranslations('metrics');
  const list = useLiveList(`usage:${id}`, []);
  const track = useTrack<ContainerMeasure>(history, list, id);
  const ends = useEnds(id, past.ends);
  useReadAgain(ends?.[0]?.endedAt);
  const fromMs = Date.parse(history.from);
  const marks = useMemo(
    () => marksIn(marksOf(ends ?? [], past.versions ?? []), fromMs, Infinity),
    [ends, past.versions, fromMs],
  );
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
    { title: t('ownFiles'), unit: 'bytes', limit: null, lines: [{ measure: 'diskBytes', label: t('taken') }] },
    { title: t('restartsChart'), unit: 'count', limit: null, lines: [{ measure: 'restarts', label: t('inEachStep') }] },
  ];
  return (
    <div className="flex flex-col gap-4">
      <RangePicker range={range} href={(each) => `/containers/${id}/stats?range=${each}`} />
      {state !== 'running' && state !== 'paused' && <Banner tone="info" title={t('notRunning')} />}
      {ends !== null && <WhatHappened marks={marks} restarts={restartsSince(ends, startedAt, fromMs)} />}
      <MetricCharts track={track} charts={charts} syncKey={id} marks={marks} />
    </div>
  );
}

/** Restarts are in what is kept, not in what is told live: it is read again when a run ended. */
function useReadAgain(lastEnd: string | undefined): void {
  const router = useRouter();
  const known = useRef(lastEnd);
  useEffect(() => {
    if (known.current === lastEnd) return;
    known.current = lastEnd;
    router.refresh();
  }, [lastEnd, router]);
}
