'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Environment } from '@bailiwick/contract';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { HostCapacity } from '../metrics/host-capacity.tsx';

const ICONS: Record<Environment['state'], StatusIcon> = { connecting: 'busy', online: 'good', offline: 'bad' };

/** One host in a few lines: whether it answers, what runs there, and how full it is. */
export function EnvironmentStrip({ environment }: { environment: Environment }) {
  const t = useTranslations('home');
  const words = useTranslations('environments');
  const usage = useLiveItem(useLiveList('hostUsage', []), environment.id);
  const { name, state, info, containers } = environment;
  return (
    <Link
      href={`/environments/${environment.id}`}
      className="flex h-full flex-wrap items-baseline gap-x-3 gap-y-1 rounded-lg border border-line bg-surface-1 p-4 hover:bg-surface-2"
    >
      <span translate="no" className="min-w-0 grow font-medium break-words">
        {name}
      </span>
      <StatusBadge icon={ICONS[state]}>{words(`state.${state}`)}</StatusBadge>
      <span className="basis-full text-fg-2 tabular-nums">
        {t('running', { running: containers.running, total: containers.total })}
        {info !== null && <span translate="no"> · {info.version}</span>}
      </span>
      {usage && (
        <div className="basis-full pt-2">
          <HostCapacity usage={usage} />
        </div>
      )}
    </Link>
  );
}
