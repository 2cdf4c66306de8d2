'use client';

import { Trash2, Undo2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, DeletedFile } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { FileIcon } from '../files/file-icon.tsx';
import { useNeeds } from '../identity/needs.ts';
import { Failure } from '../shell/failure.tsx';
import { useDeletedFiles } from './deleted-queries.ts';
import { usePutBack } from './use-put-back.ts';

interface Props {
  container: Pick<Container, 'id' | 'rights'>;
  /** Of which the place is meant. */
  folder: string;
  onClose: () => void;
}

/** What was deleted in a place, each with the way back to where it was. */
export function DeletedDialog({ container, folder, onClose }: Props) {
  const t = useTranslations('deletedFiles');
  const { data, error, refetch } = useDeletedFiles(container.id, folder);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('title')} description={t('text')} className="max-w-2xl">
        {data ? (
          <>
            {data.truncated && <Banner className="mb-2" title={t('truncated', { count: data.items.length })} />}
            {data.items.length === 0 ? (
              <EmptyState icon={Trash2} title={t('empty')} />
            ) : (
              <ul aria-label={t('list')} className="mb-2 rounded-lg border border-line">
                {data.items.map((item) => (
                  <DeletedRow key={item.key} container={container} item={item} />
                ))}
              </ul>
            )}
          </>
        ) : error instanceof ApiError ? (
          <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />
        ) : (
          <Loading label={t('loading')} className="flex flex-col gap-3 py-3">
            {Array.from({ length: 4 }, (_, row) => (
              <Skeleton key={row} />
            ))}
          </Loading>
        )}
      </DialogContent>
    </Dialog>
  );
}

function DeletedRow({ container, item }: Pick<Props, 'container'> & { item: DeletedFile }) {
  const t = useTranslations('deletedFiles');
  const locale = useLocale();
  const reason = useNeeds()(container, 'files.write');
  const back = usePutBack(container.id);
  const [busy, setBusy] = useState(false);
  const { path, kind, sizeBytes, deletedAt } = item;
  const run = async () => {
    setBusy(true);
    try {
      await back([item]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 text-sm last:border-b-0">
      <FileIcon kind={kind} />
      <span className="min-w-0 grow basis-48">
        <span translate="no" className="font-mono text-xs break-all">
          {path}
        </span>
        <span className="flex gap-3 text-xs text-fg-3 tabular-nums">
          <TimeAgo at={deletedAt} />
          {kind === 'file' && <span>{formatBytes(sizeBytes, locale)}</span>}
        </span>
      </span>
      <DisabledReason reason={reason}>
        <Button
          size="small"
          loading={busy}
          disabled={reason !== null}
          aria-label={t('putBackNamed', { path })}
          onClick={() => void run()}
        >
          <Undo2 aria-hidden />
          {t('putBack')}
        </Button>
      </DisabledReason>
    </li>
  );
}
