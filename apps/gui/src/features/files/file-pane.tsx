'use client';

import { Download, FileQuestion, FileX, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { type Container, MOST_FILE_BYTES, MOST_READ_BYTES } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import { downloadAddress } from './file-changes.ts';
import { FileEditor } from './file-editor.tsx';
import { nameOf } from './file-path.rules.ts';
import { useFileContent } from './file-queries.ts';

export interface FilePaneProps {
  container: Pick<Container, 'id' | 'name' | 'rights'>;
  path: string;
  line: number;
  onDirty: (dirty: boolean) => void;
  onClose: () => void;
}

/** One file, beside the folder it was opened from. */
export function FilePane({ container, path, line, onDirty, onClose }: FilePaneProps) {
  const t = useTranslations('files.pane');
  const locale = useLocale();
  const [whole, setWhole] = useState(false);
  const [reads, setReads] = useState(0);
  const { data, error, refetch, isFetching } = useFileContent(container.id, path, whole ? MOST_FILE_BYTES : MOST_READ_BYTES); // prettier-ignore
  const reload = async () => {
    const { isSuccess } = await refetch();
    if (!isSuccess) return;
    setReads((was) => was + 1);
    onDirty(false);
  };
  const close = (
    <IconButton label={t('close', { name: nameOf(path) })} onClick={onClose}>
      <X aria-hidden />
    </IconButton>
  );
  if (data?.text != null)
    return (
      <Frame path={path}>
        <FileEditor
          key={`${reads} ${data.truncated}`}
          container={container}
          content={data}
          text={data.text}
          line={line}
          close={close}
          onDirty={onDirty}
          onReload={reload}
        >
          {data.truncated && (
            <Banner
              className="rounded-none border-x-0 border-t-0"
              title={t('truncated', {
                shown: formatBytes(whole ? MOST_FILE_BYTES : MOST_READ_BYTES, locale),
                size: formatBytes(data.sizeBytes, locale),
              })}
              actions={
                <>
                  {!whole && (
                    <Button loading={isFetching} onClick={() => setWhole(true)}>
                      {data.sizeBytes > MOST_FILE_BYTES ? t('readMore') : t('readAll')}
                    </Button>
                  )}
                  <DownloadButton container={container} path={path} />
                </>
              }
            >
              {data.sizeBytes > MOST_FILE_BYTES
                ? t('tooBig', { most: formatBytes(MOST_FILE_BYTES, locale) })
                : undefined}
            </Banner>
          )}
        </FileEditor>
      </Frame>
    );
  return (
    <Frame path={path}>
      <div className="flex items-center gap-2 border-b border-line px-3 py-1">
        <h2 translate="no" title={path} className="min-w-0 grow truncate font-medium">
          {nameOf(path)}
        </h2>
        {close}
      </div>
      {data ? (
        <EmptyState
          icon={FileQuestion}
          title={t('noText')}
          actions={<DownloadButton container={container} path={path} />}
        >
          <p>{t('noTextSize', { size: formatBytes(data.sizeBytes, locale) })}</p>
        </EmptyState>
      ) : error instanceof ApiError ? (
        error.envelope.code === 'not_found' ? (
          <EmptyState
            icon={FileX}
            title={t('gone')}
            actions={<Button onClick={() => void refetch()}>{t('lookAgain')}</Button>}
          />
        ) : (
          <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />
        )
      ) : (
        <Loading label={t('loading')} className="flex flex-col gap-2 p-3">
          {Array.from({ length: 8 }, (_, row) => (
            <Skeleton key={row} className={row % 3 === 0 ? 'w-1/2' : 'w-3/4'} />
          ))}
        </Loading>
      )}
    </Frame>
  );
}

function Frame({ path, children }: { path: string; children: ReactNode }) {
  const t = useTranslations('files.pane');
  return (
    <section
      aria-label={t('label', { name: nameOf(path) })}
      className="flex h-[calc(100dvh-21rem)] min-h-112 max-lg:h-[calc(100dvh-12rem)] min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface-1 lg:sticky lg:top-15"
    >
      {children}
    </section>
  );
}

function DownloadButton({ container, path }: Pick<FilePaneProps, 'container' | 'path'>) {
  const t = useTranslations('files.acts');
  if (!container.rights.can.includes('files.download')) return null;
  return (
    <Button asChild>
      <a href={downloadAddress(container.id, path)} download>
        <Download aria-hidden />
        {t('download')}
      </a>
    </Button>
  );
}
