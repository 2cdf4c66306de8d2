'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Silence } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { useSilenceWords } from './silence-words.ts';

/** One silence or maintenance window, and an end to it for who may. */
export function SilenceCard({ silence, onEnded }: { silence: Silence; onEnded: () => void }) {
  const t = useTranslations('silences');
  const titleId = useId();
  const showError = useErrorToast();
  const { what, when, now } = useSilenceWords()(silence);
  const { id, reason, activeUntil, by, createdAt, rights } = silence;
  const isActive = activeUntil !== null;
  const end = useMutation({
    mutationFn: () => api('DELETE', `/silences/${id}`),
    onSuccess: () => {
      announce(t('end.done'));
      onEnded();
    },
    onError: showError,
  });
  return (
    <Card aria-labelledby={titleId} data-silence={id} className="flex flex-col gap-2">
      <header className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <h2 id={titleId} className="min-w-0 grow basis-56 font-semibold break-words">
          {reason}
        </h2>
        <StatusBadge icon={isActive ? 'paused' : 'created'} look="pill">
          {t(isActive ? 'state.active' : 'state.planned')}
        </StatusBadge>
      </header>
      <div className="flex flex-col gap-1 text-sm text-fg-2">
        <p className="break-words text-fg">{what}</p>
        <p suppressHydrationWarning>{when}</p>
        {now !== '' && <p suppressHydrationWarning>{now}</p>}
        <p>{t.rich('by', { name: by.name, at: () => <TimeAgo at={createdAt} /> })}</p>
      </div>
      {rights.can.includes('containers.restart') && (
        <footer>
          <Button aria-label={t('end.label', { reason })} loading={end.isPending} onClick={() => end.mutate()}>
            {t('end.open')}
          </Button>
        </footer>
      )}
    </Card>
  );
}
