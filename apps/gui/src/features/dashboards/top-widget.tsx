'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Container, ContainerUsage } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { useUnits } from '../metrics/metric-format.ts';
import { topOf } from './dashboard.rules.ts';

interface Props {
  measure: 'cpus' | 'memoryBytes';
  most: number;
  containers: readonly Container[];
}

const NONE: readonly ContainerUsage[] = [];

/** Who uses most of something, drawn against the one that uses most of all. */
export function TopWidget({ measure, most, containers }: Props) {
  const t = useTranslations('dashboards.top');
  const units = useUnits();
  const write = units[measure === 'cpus' ? 'cores' : 'bytes'];
  const top = topOf(useFollowed('usage', NONE), (usage) => usage[measure], most);
  if (top.length === 0) return <p className="text-fg-2">{t('nothing')}</p>;
  const [first] = top;
  return (
    <ol className="flex flex-col gap-2">
      {top.map(({ usage: { id }, value }) => (
        <li key={id}>
          <span className="flex items-baseline gap-2 text-xs">
            <Link href={`/containers/${id}/stats`} translate="no" className="min-w-0 truncate hover:underline">
              {containers.find((container) => container.id === id)?.name ?? id}
            </Link>
            <span className="ms-auto whitespace-nowrap text-fg-2 tabular-nums">{write(value)}</span>
          </span>
          <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-surface-3">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ inlineSize: `${(value / (first?.value ?? value)) * 100}%` }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
