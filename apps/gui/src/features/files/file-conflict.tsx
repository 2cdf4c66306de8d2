'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { type Container, MOST_FILE_BYTES } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import type { MergeHandle } from './compare-view.tsx';
import { nameOf } from './file-path.rules.ts';
import { readContent } from './file-queries.ts';
import { readForm } from './text-form.rules.ts';

const CompareView = dynamic(() => import('./compare-view.tsx'), { ssr: false, loading: Waiting });

export interface FileConflictProps {
  container: Pick<Container, 'id'>;
  path: string;
  /** The text as it stands in the editor. */
  mine: () => string;
  /** Its lines end in several ways. */
  mixed: boolean;
  /** Somebody took the file away. */
  gone: boolean;
  busy: boolean;
  onReload: () => void;
  onOverwrite: () => void;
  /** What was made of both, to go on with over what is there now. */
  onMerged: (text: string, theirs: { body: string; etag: string }) => void;
  onClose: () => void;
}

/** Somebody else changed the file since it was read: theirs, one's own, or both side by side. */
export function FileConflict(props: FileConflictProps) {
  const { path, gone, busy, onReload, onOverwrite, onClose } = props;
  const t = useTranslations('files.conflict');
  const [comparing, setComparing] = useState(false);
  if (comparing) return <Compare {...props} />;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: nameOf(path) })}
        footer={
          gone ? (
            <>
              <Button onClick={onClose}>{t('keep')}</Button>
              <Button look="primary" loading={busy} onClick={onOverwrite}>
                {t('makeAgain')}
              </Button>
            </>
          ) : (
            <>
              <Button onClick={onReload}>{t('reload')}</Button>
              <Button look="danger" loading={busy} onClick={onOverwrite}>
                {t('overwrite')}
              </Button>
              <Button look="primary" onClick={() => setComparing(true)}>
                {t('compare')}
              </Button>
            </>
          )
        }
      >
        <p className="pb-2">{gone ? t('goneText') : t('text')}</p>
      </DialogContent>
    </Dialog>
  );
}

function Compare({ container, path, mine, mixed, onMerged, onClose }: FileConflictProps) {
  const t = useTranslations('files.conflict');
  const [own] = useState(mine);
  const merge = useRef<MergeHandle | null>(null);
  const { data, error } = useQuery({
    queryKey: ['files', container.id, 'theirs', path],
    queryFn: ({ signal }) => readContent(container.id, path, MOST_FILE_BYTES, signal),
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const theirs = data?.text == null ? null : { body: readForm(data.text).body, etag: data.etag };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('compareTitle', { name: nameOf(path) })}
        description={t('compareText')}
        className="max-w-6xl"
        footer={
          <>
            <Button onClick={onClose}>{t('back')}</Button>
            <Button
              look="primary"
              disabled={theirs === null}
              onClick={() => theirs && merge.current && onMerged(merge.current.text(), theirs)}
            >
              {t('goOn')}
            </Button>
          </>
        }
      >
        <ErrorNotice error={error instanceof ApiError ? error : null} />
        {data && theirs === null && <p>{t('noText')}</p>}
        {theirs !== null && (
          <>
            <div className="mb-1 grid grid-cols-2 gap-3 text-xs text-fg-2">
              <span>{t('theirs')}</span>
              <span>{t('mine')}</span>
            </div>
            <CompareView
              theirs={theirs.body}
              mine={own}
              mixed={mixed}
              labels={{ theirs: t('theirs'), mine: t('mine'), take: t('take') }}
              handleRef={merge}
            />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Waiting() {
  const t = useTranslations('files.pane');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-64" />
    </Loading>
  );
}
