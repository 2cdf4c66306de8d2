'use client';

import { useTranslations } from 'next-intl';
import type { ContainerHistory, ContainerId, ContainerMeasure, MetricsRange } from '@bailiwick/contract';
import { useLiveList } from '../../lib/live-hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { RangePicker } from './range-picker.tsx';
import { TimeChart } from './time-chart.tsx';
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
  const shared = { track, syncKey: `stats-${id}` };
  return (
    <div className="flex flex-col gap-4">
      <RangePicker range={range} href={(each) => `/containers/${id}/stats?range=${each}`} />
      {state !== 'running' && <Banner tone="info" title={t('notRunning')} />}
      <div className="grid gap-4 lg:grid-cols-2">
        <TimeChart
          {...shared}
          title={t('cpu')}
          unit="cores"
          limit={limits.cpus}
          lines={[{ measure: 'cpus', label: t('inUse') }]}
        />
        <TimeChart
          {...shared}
          title={t('memory')}
          unit="bytes"
          limit={history.limits.memoryBytes}
          lines={[
            { measure: 'memoryBytes', label: t('inUse') },
            { measure: 'cacheBytes', label: t('cache') },
          ]}
        />
        <TimeChart
          {...shared}
          title={t('network')}
          unit="bytesPerSecond"
          limit={null}
          lines={[
            { measure: 'receivedBytesPerSecond', label: t('received') },
            { measure: 'sentBytesPerSecond', label: t('sent') },
          ]}
        />
        <TimeChart
          {...shared}
          title={t('disk')}
          unit="bytesPerSecond"
          limit={null}
          lines={[
            { measure: 'readBytesPerSecond', label: t('read') },
            { measure: 'writtenBytesPerSecond', label: t('written') },
          ]}
        />
        <TimeChart
          {...shared}
          title={t('processes')}
          unit="count"
          limit={null}
          lines={[{ measure: 'processes', label: t('inUse') }]}
        />
      </div>
    </div>
  );
}
