'use client';

import { Play } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerId, Recording, RecordingList } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { formatBytes, formatDuration } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useMayAnywhere } from '../identity/me.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { RecordingDialog } from './recording-dialog.tsx';

/** What terminals in a container showed, for who may see the trail; nothing where none was recorded. */
export function RecordingsSection({ containerId }: { containerId: ContainerId }) {
  return useMayAnywhere('audit.see') ? <Recordings containerId={containerId} /> : null;
}

function Recordings({ containerId }: { containerId: ContainerId }) {
  const t = useTranslations('recordings');
  const locale = useLocale();
  const [played, setPlayed] = useState<Recording | null>(null);
  const { data, error } = useQuery({
    queryKey: ['containers', containerId, 'recordings'],
    queryFn: ({ signal }) => api<RecordingList>('GET', `/containers/${containerId}/recordings`, { signal }),
  });
  if (error instanceof ApiError) return <ErrorNotice error={error} />;
  const recordings = data?.items ?? [];
  if (recordings.length === 0) return null;
  return (
    <Card aria-label={t('section')} className="mb-4 flex flex-col gap-2">
      <CardTitle>{t('section')}</CardTitle>
      <ul className="flex max-h-80 flex-col divide-y divide-line overflow-y-auto">
        {recordings.map((recording) => {
          const { id, openedBy, startedAt, endedAt, bytes, root, cut } = recording;
          return (
            <li key={id} data-recording={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
              <span translate="no" className="font-medium">
                {openedBy.name}
              </span>
              <TimeAgo at={startedAt} className="text-fg-2" />
              <span className="text-xs text-fg-3">
                {endedAt === null
                  ? t('open')
                  : `${formatDuration(Date.parse(endedAt) - Date.parse(startedAt), locale)} · ${formatBytes(bytes, locale)}`}
              </span>
              {root && <Badge tone="danger">{t('root')}</Badge>}
              {cut && <Badge tone="warning">{t('cut')}</Badge>}
              <Button size="small" className="ms-auto" onClick={() => setPlayed(recording)}>
                <Play aria-hidden />
                {t('play')}
              </Button>
            </li>
          );
        })}
      </ul>
      {played !== null && <RecordingDialog recording={played} onClose={() => setPlayed(null)} />}
    </Card>
  );
}
