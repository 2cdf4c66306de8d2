'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BackgroundCommand, BackgroundCommandList, Container } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { formatDuration } from '../../lib/format.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { stateOf } from './background-state.rules.ts';
import { CommandLogView } from './command-log-view.tsx';

const SOON_MS = 2000;
const LATER_MS = 15_000;

export const backgroundKey = (id: string) => ['containers', id, 'background-commands'] as const;

/** Those that run on by themselves, and those that did; the address says whose log is open. */
export function BackgroundCommands({ container: { id } }: { container: Pick<Container, 'id'> }) {
  const t = useTranslations('commands.background');
  const open = useSearchParams().get('background');
  const { data, error } = useQuery({
    queryKey: backgroundKey(id),
    queryFn: ({ signal }) => api<BackgroundCommandList>('GET', `/containers/${id}/background-commands`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ endedAt }) => endedAt === null) === true ? SOON_MS : LATER_MS,
  });
  return (
    <section aria-labelledby="in-background" className="flex flex-col gap-3">
      <h2 id="in-background" className="text-base font-semibold">
        {t('title')}
      </h2>
      <p className="text-sm text-fg-2">{t('text')}</p>
      <ErrorNotice error={error instanceof ApiError ? error : null} />
      {data === undefined && error === null && <Skeleton className="h-12" />}
      {data?.items.length === 0 && <p className="text-sm text-fg-3">{t('none')}</p>}
      <ol aria-label={t('list')} className="flex flex-col gap-3">
        {(data?.items ?? []).map((each) => (
          <li key={each.id}>
            <Command of={each} isOpen={each.id === open} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Command({ of, isOpen }: { of: BackgroundCommand; isOpen: boolean }) {
  const t = useTranslations('commands.background');
  const locale = useLocale();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const { id, containerId, command, startedBy, startedAt, endedAt } = of;
  const { key, icon, values } = stateOf(of);

  const cancel = () => {
    setBusy(true);
    setError(null);
    api('DELETE', `/containers/${containerId}/background-commands/${id}`)
      .then(() => announce(t('cancelledNow')))
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      })
      .finally(() => {
        setBusy(false);
        void client.invalidateQueries({ queryKey: backgroundKey(containerId) });
      });
  };

  return (
    <article data-slot="background" className="overflow-hidden rounded-lg border border-line bg-surface-1">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2">
        <code translate="no" className="min-w-0 grow basis-64 font-mono text-sm break-all">
          {command}
        </code>
        <StatusBadge icon={icon}>{t(`states.${key}`, values)}</StatusBadge>
        <span className="flex gap-2">
          <Button asChild size="small">
            <Link
              href={isOpen ? '?' : `?background=${id}`}
              scroll={false}
              replace
              aria-expanded={isOpen}
              aria-label={isOpen ? t('hideOf', { command }) : t('showOf', { command })}
            >
              {isOpen ? t('hide') : t('show')}
            </Link>
          </Button>
          {endedAt === null && (
            <Button size="small" loading={busy} aria-label={t('cancelOf', { command })} onClick={cancel}>
              {t('cancel')}
            </Button>
          )}
        </span>
        <span className="basis-full text-xs text-fg-3">
          {t.rich('startedBy', { name: startedBy.name, ago: () => <TimeAgo at={startedAt} /> })}
          {endedAt !== null &&
            ` · ${t('ran', { duration: formatDuration(Date.parse(endedAt) - Date.parse(startedAt), locale) })}`}
        </span>
      </header>
      <ErrorNotice error={error} />
      {isOpen && <CommandLogView of={of} />}
    </article>
  );
}
