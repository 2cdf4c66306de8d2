'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerDetail, ContainerEnd, ContainerEnds } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { formatDuration } from '../../lib/format.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { endWord, ranForMs } from './container-ends.rules.ts';
import { FactCard } from './facts.tsx';

const FIRST = 5;

type Whose = Pick<ContainerDetail, 'id' | 'state' | 'startedAt' | 'finishedAt'>;

/** How its runs ended, the newest first. */
export function EndsCard({ container: { id, state, startedAt, finishedAt } }: { container: Whose }) {
  const t = useTranslations('containers.ends');
  const [all, setAll] = useState(false);
  const { data, error } = useQuery({
    // Each start and each end makes the list another one.
    queryKey: ['containers', id, 'ends', state, startedAt, finishedAt],
    queryFn: ({ signal }) => api<ContainerEnds>('GET', `/containers/${id}/ends`, { signal }),
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  return (
    <FactCard title={t('title')}>
      <ErrorNotice error={error instanceof ApiError ? error : null} />
      {data === undefined && error === null && <Skeleton className="h-5" />}
      {data !== undefined && items.length === 0 && <p className="text-fg-3">{t('none')}</p>}
      <ol className="flex flex-col gap-2.5">
        {(all ? items : items.slice(0, FIRST)).map((end) => (
          <li key={end.endedAt}>
            <End end={end} />
          </li>
        ))}
      </ol>
      {items.length > FIRST && (
        <Button size="small" className="mt-3 self-start" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('all', { count: items.length })}
        </Button>
      )}
    </FactCard>
  );
}

function End({ end }: { end: ContainerEnd }) {
  const t = useTranslations('containers.ends');
  const locale = useLocale();
  const { key, icon, values } = endWord(end);
  const ranMs = ranForMs(end);
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
      <StatusBadge icon={icon}>{t(key, values)}</StatusBadge>
      <TimeAgo at={end.endedAt} className="text-xs text-fg-3" />
      <span className="basis-full text-xs text-fg-2">
        {ranMs === null ? t('ranUnknown') : t('ran', { duration: formatDuration(ranMs, locale) })}
        {' · '}
        <Why end={end} />
      </span>
    </div>
  );
}

function Why({ end: { asked, operationId } }: { end: ContainerEnd }) {
  const t = useTranslations('containers.ends');
  if (asked !== null) return t(`asked.${asked.action}`, { name: asked.by.displayName });
  if (operationId === null) return t('byItself');
  return (
    <Link href={`/activity/${operationId}`} className="text-accent-text hover:underline">
      {t('byOperation')}
    </Link>
  );
}
