'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useLayoutEffect, useRef } from 'react';
import type { Plugin, PluginLog } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Card, CardTitle } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { timeText } from '../logs/log-time.ts';
import { Failure } from '../shell/failure.tsx';
import { StaleNotice } from '../shell/stale-notice.tsx';
import { isUp } from './plugin.rules.ts';

const LINES = 500;
/** Nothing is asked for while nobody looks at the page. */
const [BUSY_MS, RESTING_MS] = [3000, 30_000];
const NEAR_END_PX = 24;

/** The newest of what it says and what is said of it. */
export function PluginLogCard({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins.log');
  const titleId = useId();
  const { data, error, refetch, isFetching } = useQuery({
    // How it stands is part of the key no more than time is: the lines stay while they are asked for anew.
    queryKey: ['plugins', plugin.id, 'log'],
    queryFn: ({ signal }) => api<PluginLog>('GET', `/plugins/${plugin.id}/log?limit=${LINES}`, { signal }),
    refetchInterval: isUp(plugin) ? BUSY_MS : RESTING_MS,
  });
  useLayoutEffect(() => void refetch(), [plugin.status, refetch]);
  return (
    <Card aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <CardTitle id={titleId}>{t('title')}</CardTitle>
        <span className="text-xs text-fg-3">{t('text', { lines: LINES })}</span>
      </div>
      {error instanceof ApiError && data && (
        <StaleNotice error={error} title={t('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      {data ? (
        <Lines lines={data.lines} label={t('title')} none={t('none')} />
      ) : error instanceof ApiError ? (
        <Failure error={error.envelope} level="part" onRetry={() => void refetch()} />
      ) : (
        <Loading label={t('loading')} className="flex flex-col gap-2">
          {Array.from({ length: 6 }, (_, row) => (
            <Skeleton key={row} />
          ))}
        </Loading>
      )}
    </Card>
  );
}

function Lines({ lines, label, none }: { lines: PluginLog['lines']; label: string; none: string }) {
  const t = useTranslations('plugins.log.source');
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  if (lines.length === 0) return <p className="text-sm text-fg-2">{none}</p>;
  return (
    <div
      ref={box}
      role="log"
      aria-live="off"
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollTop + clientHeight >= scrollHeight - NEAR_END_PX;
      }}
      className="max-h-96 overflow-auto rounded-md bg-inset py-1 font-mono text-xs leading-5 -outline-offset-2"
    >
      {lines.map(({ at, source, text }, place) => (
        <p key={`${at} ${place}`} className="flex gap-3 px-3 max-md:flex-wrap max-md:gap-x-2">
          <time dateTime={at} className="shrink-0 text-fg-3 tabular-nums">
            {timeText(at, 'local')}
          </time>
          <span className={cn('w-14 shrink-0', source === 'err' ? 'text-danger' : 'text-fg-3')}>{t(source)}</span>
          <span
            translate="no"
            className={cn('min-w-0 break-words whitespace-pre-wrap', source === 'core' && 'text-info')}
          >
            {text}
          </span>
        </p>
      ))}
    </div>
  );
}
