'use client';

import { ArchiveRestore, ScrollText, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BinItem, BinList } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { ActionsHead, CardCell, CardHead, CardRow, CardTable } from '../../ui/card-table.tsx';
import { RowGap, useDrawnRows } from '../../ui/drawn-rows.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { selectBinned, useBin } from './bin-queries.ts';
import { PurgeContainer } from './purge-container.tsx';
import { RestoreContainer } from './restore-container.tsx';
import { StaleNotice } from '../shell/stale-notice.tsx';

const COLUMNS = 6;

/** What was deleted lately, and can still be brought back. */
export function BinPage({ initial }: { initial: BinList }) {
  const t = useTranslations('bin');
  const { data, error, refetch, isFetching } = useBin(initial);
  const [text, setText] = useState('');
  const [open, setOpen] = useState<{ item: BinItem; act: 'restore' | 'purge' } | null>(null);
  const items = selectBinned(data.items, text);
  const { drawn, before, after, measure, bodyRef } = useDrawnRows(items.length);
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: data.items.length })}</span>}
        description={t('text')}
        actions={
          <Button asChild>
            <Link href="/logs">
              <ScrollText aria-hidden />
              {t('logs')}
            </Link>
          </Button>
        }
      />
      {error instanceof ApiError && (
        <StaleNotice error={error} title={t('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      {data.items.length === 0 ? (
        <EmptyState
          icon={ArchiveRestore}
          title={t('empty.title')}
          actions={
            <Button asChild>
              <Link href="/containers">{t('empty.containers')}</Link>
            </Button>
          }
        >
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <SearchField label={t('search')} placeholder={t('search')} value={text} onSearch={setText} />
          </div>
          {items.length === 0 ? (
            <EmptyState
              icon={ArchiveRestore}
              title={t('empty.filtered')}
              actions={<Button onClick={() => setText('')}>{t('clear')}</Button>}
            />
          ) : (
            <CardTable
              caption={t('title')}
              aria-rowcount={items.length + 1}
              className="table-fixed"
              bodyRef={bodyRef}
              head={
                <>
                  <CardHead className="w-[30%]">{t('column.name')}</CardHead>
                  <CardHead>{t('column.data')}</CardHead>
                  <CardHead>{t('column.owner')}</CardHead>
                  <CardHead>{t('column.deleted')}</CardHead>
                  <CardHead>{t('column.until')}</CardHead>
                  <ActionsHead label={t('column.actions')} className="w-36" />
                </>
              }
            >
              <RowGap height={before} columns={COLUMNS} />
              {drawn.map((index) => {
                const item = items[index];
                return (
                  item && (
                    <BinRow
                      key={item.id}
                      item={item}
                      index={index}
                      measure={measure}
                      onAct={(act) => setOpen({ item, act })}
                    />
                  )
                );
              })}
              <RowGap height={after} columns={COLUMNS} />
            </CardTable>
          )}
        </>
      )}
      {open?.act === 'restore' && <RestoreContainer item={open.item} onClose={close} />}
      {open?.act === 'purge' && <PurgeContainer item={open.item} onClose={close} />}
    </>
  );
}

interface RowProps {
  item: BinItem;
  /** Where it stands among those that are shown. */
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
  onAct: (act: 'restore' | 'purge') => void;
}

function BinRow({ item, index, measure, onAct }: RowProps) {
  const t = useTranslations('bin');
  const locale = useLocale();
  const { name, image, data, owner, deletedAt, until } = item;
  return (
    <CardRow ref={measure} data-index={index} data-id={item.id} aria-rowindex={index + 2}>
      <CardCell place="lead" className="py-1.5">
        <p translate="no" className="font-medium break-words max-md:text-md">
          {name}
        </p>
        <code translate="no" className="text-xs break-all text-fg-2">
          {image}
        </code>
      </CardCell>
      <CardCell label={t('column.data')} className="text-fg-2">
        <span>
          {data.length === 0 ? t('data.none') : [...new Set(data.map(({ state }) => t(`data.${state}`)))].join(', ')}
        </span>
      </CardCell>
      <CardCell label={t('column.owner')} translate="no" className="text-fg-2">
        {owner?.displayName ?? t('nobody')}
      </CardCell>
      <CardCell label={t('column.deleted')} className="text-fg-2">
        <TimeAgo at={deletedAt} />
      </CardCell>
      <CardCell label={t('column.until')} className="text-fg-2">
        <time dateTime={until} suppressHydrationWarning>
          {new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(until))}
        </time>
      </CardCell>
      <CardCell place="actions" className="text-end max-md:order-3 max-md:m-0 max-md:basis-full">
        <span className="inline-flex items-center gap-1">
          <Button size="small" aria-label={t('restore.open', { name })} onClick={() => onAct('restore')}>
            {t('restore.submit')}
          </Button>
          <IconButton label={t('purge.open', { name })} onClick={() => onAct('purge')}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      </CardCell>
    </CardRow>
  );
}
