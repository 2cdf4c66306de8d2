'use client';

import { useLocale, useTranslations } from 'next-intl';
import { memo } from 'react';
import type { ContainerId, ContainerUsage } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { useLiveItem } from '../../lib/live-hooks.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { useUnits } from './metric-format.ts';

/** What a container uses now, in one line: renders anew only when it was measured. */
export const UsageCell = memo(function UsageCell({ id, list }: { id: ContainerId; list: LiveList<ContainerUsage> }) {
  const t = useTranslations('metrics');
  const locale = useLocale();
  const { percent } = useUnits();
  const usage = useLiveItem(list, id);
  if (!usage) return null;
  const { cpus, memoryBytes, memoryLimitBytes } = usage;
  const share =
    memoryBytes === null || memoryLimitBytes === null ? null : Math.min(100, (memoryBytes / memoryLimitBytes) * 100);
  return (
    <span data-slot="usage" className="flex items-center gap-3 whitespace-nowrap tabular-nums">
      <span className="w-10 text-end">
        <span className="sr-only">{t('cpu')} </span>
        {cpus === null ? '–' : percent(cpus * 100)}
      </span>
      <span className="flex min-w-0 flex-col gap-0.5">
        <span>
          <span className="sr-only">{t('memory')} </span>
          {memoryBytes === null ? '–' : formatBytes(memoryBytes, locale)}
        </span>
        {share !== null && (
          <span aria-hidden className="h-1 w-16 overflow-hidden rounded-full bg-surface-3">
            <span
              className={`block h-full rounded-full ${share >= 95 ? 'bg-danger-solid' : share >= 80 ? 'bg-warning-solid' : 'bg-accent'}`}
              style={{ inlineSize: `${share}%` }}
            />
          </span>
        )}
      </span>
    </span>
  );
});
