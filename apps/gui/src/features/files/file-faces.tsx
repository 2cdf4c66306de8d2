'use client';

import { FolderOpen, FolderSearch, FolderX, Power } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Container, ErrorEnvelope } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';

const SKELETON_ROWS = 8;

export function FilesLoading() {
  const t = useTranslations('files');
  return (
    <Loading label={t('loading')} className="rounded-lg border border-line bg-surface-1">
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        <div key={row} className="flex h-row items-center gap-3 border-b border-line px-3 last:border-b-0">
          <Skeleton className="size-4" />
          <Skeleton className="w-1/3" />
          <Skeleton className="ms-auto w-16" />
          <Skeleton className="w-24 max-md:hidden" />
        </div>
      ))}
    </Loading>
  );
}

interface FailedProps {
  error: ErrorEnvelope;
  container: Pick<Container, 'rights' | 'state'>;
  path: string;
  onRetry: () => void;
  onGo: (path: string) => void;
}

/** Why a folder cannot be listed, and what can be done instead. */
export function FilesFailed({ error, container, path, onRetry, onGo }: FailedProps) {
  const t = useTranslations('files.failed');
  const begin =
    path !== '' ? (
      <Button onClick={() => onGo('')}>{t('toBegin')}</Button>
    ) : container.rights.can.includes('files.root') ? (
      <Button onClick={() => onGo('/')}>{t('toRoot')}</Button>
    ) : undefined;
  if (error.code === 'wrong_state' && container.state !== 'running')
    return (
      <EmptyState icon={Power} title={t('notRunning')} actions={begin}>
        <p>{t('notRunningText')}</p>
      </EmptyState>
    );
  if (error.code === 'not_found' || error.code === 'file_refused')
    return (
      <EmptyState
        icon={FolderX}
        title={path === '' ? t('noStart') : error.code === 'not_found' ? t('gone') : t('noFolder')}
        actions={begin}
      >
        {path !== '' && (
          <p translate="no" className="font-mono break-all">
            {path}
          </p>
        )}
      </EmptyState>
    );
  return <Failure level="part" error={error} onRetry={onRetry} />;
}

export function FolderEmpty() {
  const t = useTranslations('files.empty');
  return <EmptyState icon={FolderOpen} title={t('title')} />;
}

interface NoneFitsProps {
  q: string;
  /** How many would, with those whose names begin with a dot. */
  more: number;
  onClear: () => void;
  onDotFiles: () => void;
}

export function NoneFits({ q, more, onClear, onDotFiles }: NoneFitsProps) {
  const t = useTranslations('files.empty');
  return (
    <EmptyState
      icon={FolderSearch}
      title={q.trim() === '' ? t('onlyDotFiles') : t('filtered', { q: q.trim() })}
      actions={
        <>
          {more > 0 && <Button onClick={onDotFiles}>{t('dotFiles', { count: more })}</Button>}
          {q.trim() !== '' && <Button onClick={onClear}>{t('clear')}</Button>}
        </>
      }
    />
  );
}
