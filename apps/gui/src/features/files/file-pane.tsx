'use client';

import { Download, FileQuestion, FileText, FileX, Table2, X } from 'lucide-react';
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
import { DisabledReason } from '../../ui/tooltip.tsx';
import { BinaryView } from '../previews/binary-view.tsx';
import { isTableName } from '../previews/previews.rules.ts';
import { TableView } from '../previews/table-view.tsx';
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
  const previews = useTranslations('previews');
  const locale = useLocale();
  const [whole, setWhole] = useState(false);
  const [reads, setReads] = useState(0);
  const { data, error, refetch, isFetching } = useFileContent(container.id, path, whole ? MOST_FILE_BYTES : MOST_READ_BYTES); // prettier-ignore
  const name = nameOf(path);
  const [dirty, setDirty] = useState(false);
  const note = (changed: boolean) => {
    setDirty(changed);
    onDirty(changed);
  };
  const reload = async () => {
    const { isSuccess } = await refetch();
    if (!isSuccess) return;
    setReads((was) => was + 1);
    note(false);
  };
  const [asTable, setAsTable] = useState(isTableName(name) && line === 0);
  const [lineSeen, setLineSeen] = useState(line);
  if (line !== lineSeen) {
    setLineSeen(line);
    // A line is a place in the text.
    if (line > 0) setAsTable(false);
  }
  // What was saved meanwhile is not what was read.
  const turn = async () => {
    await reload();
    setAsTable(!asTable);
  };
  const close = (
    <>
      {isTableName(name) && data?.text != null && (
        <DisabledReason reason={dirty ? previews('saveFirst') : null}>
          <IconButton label={previews(asTable ? 'text' : 'table')} disabled={dirty} onClick={() => void turn()}>
            {asTable ? <FileText aria-hidden /> : <Table2 aria-hidden />}
          </IconButton>
        </DisabledReason>
      )}
      <IconButton label={t('close', { name })} onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </>
  );
  if (data?.text != null && asTable)
    return (
      <Frame path={path}>
        <Title path={path}>{close}</Title>
        <TableView name={name} text={data.text} truncated={data.truncated} />
      </Frame>
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
          onDirty={note}
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
      <Title path={path}>{close}</Title>
      {data && container.rights.can.includes('files.download') && data.sizeBytes > 0 ? (
        <>
          <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1 text-xs text-fg-2">
            <span className="me-auto">
              {t('noText')} · {formatBytes(data.sizeBytes, locale)}
            </span>
            <DownloadButton container={container} path={path} />
          </div>
          <BinaryView id={container.id} content={data} />
        </>
      ) : data ? (
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

function Title({ path, children }: { path: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2 border-b border-line px-3 py-1">
      <h2 translate="no" title={path} className="min-w-0 grow truncate font-medium">
        {nameOf(path)}
      </h2>
      {children}
    </div>
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
