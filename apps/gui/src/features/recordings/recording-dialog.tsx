'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Recording } from '@bailiwick/contract';
import { ApiError, apiText } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { readCast } from './cast.rules.ts';

/** A terminal is drawn by the browser alone. */
const RecordingPlayer = dynamic(() => import('./recording-player.tsx'), { ssr: false, loading: Waiting });

export function RecordingDialog({ recording, onClose }: { recording: Recording; onClose: () => void }) {
  const t = useTranslations('recordings');
  const format = useFormatter();
  const { id, openedBy, startedAt } = recording;
  // Each time it is read that is written down: it is asked for once, when somebody opens it.
  const { data, error } = useQuery({
    queryKey: ['recordings', id],
    queryFn: ({ signal }) => apiText(`/recordings/${id}`, { signal }),
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const cast = useMemo(() => (data === undefined ? undefined : readCast(data)), [data]);
  const title = t('title', { name: openedBy.name });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        description={format.dateTime(new Date(startedAt), { dateStyle: 'medium', timeStyle: 'medium' })}
        className="max-w-5xl"
        footer={
          <Button asChild>
            <a href={`/api/v1/recordings/${id}`} download>
              {t('download')}
            </a>
          </Button>
        }
      >
        <div className="pb-2">
          <ErrorNotice error={error instanceof ApiError ? error : null} />
          {data === undefined && error === null && <Waiting />}
          {cast === null && <Banner tone="danger" title={t('unreadable')} />}
          {cast && <RecordingPlayer cast={cast} label={title} />}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Waiting() {
  const t = useTranslations('recordings');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-64" />
    </Loading>
  );
}
