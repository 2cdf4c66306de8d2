import { useLocale, useTranslations } from 'next-intl';
import type { HostUsage } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { CapacityBar } from './capacity-bar.tsx';
import { useUnits } from './metric-format.ts';

/** What of a host is taken: its processors, its memory and the fullest of its disks. */
export function HostCapacity({ usage }: { usage: HostUsage }) {
  const t = useTranslations('metrics');
  const locale = useLocale();
  const { percent } = useUnits();
  const { cpus, totalCpus, memoryBytes, totalMemoryBytes, disks } = usage;
  const fullest = disks.toSorted((one, other) => shareOf(other) - shareOf(one))[0];
  const of = (used: number, total: number) => t('of', { used: formatBytes(used, locale), total: formatBytes(total, locale) }); // prettier-ignore
  return (
    <div className="grid gap-2">
      <CapacityBar
        name={t('cpu')}
        used={cpus ?? 0}
        total={totalCpus}
        text={t('ofCores', { used: percent(((cpus ?? 0) / totalCpus) * 100), count: totalCpus })}
      />
      <CapacityBar
        name={t('memory')}
        used={memoryBytes ?? 0}
        total={totalMemoryBytes}
        text={of(memoryBytes ?? 0, totalMemoryBytes)}
      />
      {fullest && (
        <CapacityBar
          name={t('diskAt', { mountpoint: fullest.mountpoint })}
          used={fullest.usedBytes}
          total={fullest.usedBytes + fullest.freeBytes}
          text={of(fullest.usedBytes, fullest.usedBytes + fullest.freeBytes)}
        />
      )}
    </div>
  );
}

const shareOf = ({ usedBytes, freeBytes }: HostUsage['disks'][number]): number =>
  usedBytes / Math.max(1, usedBytes + freeBytes);
