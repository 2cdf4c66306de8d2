'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Container, ContainerId } from '@bailiwick/contract';
import { useLiveList } from '../../lib/live-hooks.ts';
import { ContainerStatus } from '../containers/container-status.tsx';
import { UsageCell } from '../metrics/usage-cell.tsx';

interface Props {
  ids: readonly ContainerId[];
  containers: readonly Container[];
}

/** The containers somebody looks after: how they are and what they use. */
export function PinnedWidget({ ids, containers }: Props) {
  const t = useTranslations('dashboards');
  const usage = useLiveList('usage', []);
  const shown = ids.flatMap((wanted) => containers.find(({ id }) => id === wanted) ?? []);
  if (shown.length === 0) return <p className="text-fg-2">{t('hidden')}</p>;
  return (
    <ul className="divide-y divide-line">
      {shown.map((container) => (
        <li key={container.id} data-id={container.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
          <Link
            href={`/containers/${container.id}`}
            translate="no"
            className="min-w-0 font-medium break-words hover:underline"
          >
            {container.name}
          </Link>
          <ContainerStatus container={container} />
          <span className="ms-auto text-xs">
            <UsageCell id={container.id} list={usage} />
          </span>
        </li>
      ))}
    </ul>
  );
}
