'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { BlackBoxList } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { BlackBoxCard } from './black-box-card.tsx';

interface Props {
  /** Of one alert, or of one container. */
  of: { path: `/alerts/${string}` | `/containers/${string}`; stand: string | null };
  /** Whether it is told where nothing is kept. */
  saysNothing?: boolean;
}

/** What is kept of ends that nobody asked for, the newest first; read anew with every new end. */
export function BlackBoxes({ of: { path, stand }, saysNothing = false }: Props) {
  const t = useTranslations('alerts.box');
  const { data, error } = useQuery({
    queryKey: ['black-boxes', path, stand],
    queryFn: ({ signal }) => api<BlackBoxList>('GET', `${path}/black-boxes`, { signal }),
    // It is written down a moment after the alert.
    refetchInterval: ({ state }) => (state.data?.items.length === 0 && saysNothing ? WAIT_MS : false),
  });
  const items = data?.items ?? [];
  if (error instanceof ApiError) return <ErrorNotice error={error} />;
  if (items.length === 0) return saysNothing && data ? <p className="text-fg-3">{t('none')}</p> : null;
  return (
    <section aria-label={t('title')} className="flex flex-col gap-3">
      <h2 className="text-md font-semibold">{t('title')}</h2>
      {items.map((box, position) => (
        <BlackBoxCard key={`${box.alertId} ${box.at}`} box={box} isOpen={position === 0} />
      ))}
    </section>
  );
}

const WAIT_MS = 3000;
