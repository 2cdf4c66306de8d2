'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FileEntry } from '@bailiwick/contract';
import { CardHead, CardTable } from '../../ui/card-table.tsx';
import { RowGap, useDrawnRows } from '../../ui/drawn-rows.tsx';
import { FileRow } from './file-row.tsx';
import type { FileSortKey, FileView } from './file-view.rules.ts';
import { useFileKeys } from './use-file-keys.ts';

export interface FileTableProps {
  path: string;
  rows: readonly FileEntry[];
  sort: FileView['sort'];
  /** Only what a list beside an open file has room for. */
  narrow: boolean;
  /** The name of the file that is open. */
  opened: string | null;
  /** The name the keyboard goes to now that this folder is shown; empty for the first, null for none. */
  arriveAt: string | null;
  onArrived: () => void;
  sortHref: (key: FileSortKey) => string;
  hrefOf: (entry: FileEntry) => string | null;
  onSort: (key: FileSortKey) => void;
  onOpen: (entry: FileEntry) => void;
  onUp: () => void;
  /** What stands in place of the rows when there are none. */
  empty: ReactNode;
}

export function FileTable(props: FileTableProps) {
  const { path, rows, narrow, opened, arriveAt, onArrived, hrefOf, onOpen, onUp, empty } = props;
  const t = useTranslations('files');
  const scroller = useRef<((index: number) => void) | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const { drawn, before, after, measure, bodyRef } = useDrawnRows(rows.length, scroller);
  const { onKeyDown, focus } = useFileKeys({ rows, box, scroller, onUp });
  const [active, setActive] = useState('');
  const columns = narrow ? 2 : 5;
  const reached = drawn.find((index) => rows[index]?.name === active) ?? drawn[0];
  const arrive = useEffectEvent((name: string) => {
    focus(
      Math.max(
        0,
        rows.findIndex((row) => row.name === name),
      ),
    );
    onArrived();
  });
  const ready = rows.length > 0;
  useEffect(() => {
    if (arriveAt !== null && ready) arrive(arriveAt);
  }, [arriveAt, ready]);
  return (
    <div ref={box} onKeyDown={onKeyDown}>
      <CardTable
        caption={t('caption', { path })}
        aria-rowcount={rows.length + 1}
        className="table-fixed"
        bodyRef={bodyRef}
        head={<Head {...props} />}
      >
        <RowGap height={before} columns={columns} />
        {drawn.map((index) => {
          const entry = rows[index];
          return (
            entry && (
              <FileRow
                key={entry.name}
                entry={entry}
                index={index}
                href={hrefOf(entry)}
                active={index === reached}
                open={entry.name === opened}
                narrow={narrow}
                measure={measure}
                onOpen={onOpen}
                onFocus={setActive}
              />
            )
          );
        })}
        <RowGap height={after} columns={columns} />
        {rows.length === 0 && (
          <tr role="row" className="max-md:block">
            <td role="cell" colSpan={columns} className="border-t border-line max-md:block">
              {empty}
            </td>
          </tr>
        )}
      </CardTable>
    </div>
  );
}

function Head({ sort, narrow, sortHref, onSort }: FileTableProps) {
  const t = useTranslations('files.column');
  const sortable = (key: FileSortKey) => ({
    sort: sort.key === key ? (sort.descending ? ('descending' as const) : ('ascending' as const)) : ('none' as const),
    sortHref: sortHref(key),
    onSort: () => onSort(key),
  });
  return (
    <>
      <CardHead {...sortable('name')}>{t('name')}</CardHead>
      <CardHead className="w-24 text-end" {...sortable('sizeBytes')}>
        {t('size')}
      </CardHead>
      {!narrow && (
        <>
          <CardHead className="w-36" {...sortable('modifiedAt')}>
            {t('modified')}
          </CardHead>
          <CardHead className="w-20">{t('mode')}</CardHead>
          <CardHead className="w-28">{t('owner')}</CardHead>
        </>
      )}
    </>
  );
}
