'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { FileEntry } from '@bailiwick/contract';
import { ActionsHead, CardHead, CardTable } from '../../ui/card-table.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { RowGap, useDrawnRows } from '../../ui/drawn-rows.tsx';
import type { Selection } from '../container-list/use-selection.ts';
import { FileRow, type RowActs } from './file-row.tsx';
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
  chosen: Selection;
  /** The name of what is being called something else. */
  renaming: string | null;
  /** The name the keyboard goes to now that this folder is shown; empty for the first, null for none. */
  arriveAt: string | null;
  onArrived: () => void;
  sortHref: (key: FileSortKey) => string;
  hrefOf: (entry: FileEntry) => string | null;
  onSort: (key: FileSortKey) => void;
  onOpen: (entry: FileEntry) => void;
  onUp: () => void;
  onMenu: (entry: FileEntry, x: number, y: number) => void;
  onRename: (entry: FileEntry, to: string) => void;
  onStopRenaming: () => void;
  onAct: (act: 'rename' | 'delete', entry: FileEntry) => void;
  onTake: (act: 'copy' | 'move', entry: FileEntry) => void;
  onPaste: () => void;
  /** What stands in place of the rows when there are none. */
  empty: ReactNode;
}

export function FileTable(props: FileTableProps) {
  const { path, rows, narrow, opened, chosen, renaming, arriveAt, onArrived, hrefOf, empty } = props;
  const t = useTranslations('files');
  const scroller = useRef<((index: number) => void) | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const { drawn, before, after, measure, bodyRef } = useDrawnRows(rows.length, scroller);
  const choose = (name: string, range: boolean) =>
    range
      ? chosen.extend(
          name,
          rows.map((row) => row.name),
        )
      : chosen.toggle(name);
  const { onKeyDown, focus } = useFileKeys({
    rows,
    box,
    scroller,
    onUp: props.onUp,
    onChoose: choose,
    onChooseAll: () => chosen.replace(rows.map(({ name }) => name)),
    onAct: props.onAct,
    onTake: props.onTake,
    onPaste: props.onPaste,
  });
  const [active, setActive] = useState('');
  const columns = narrow ? 3 : 6;
  const reached = drawn.find((index) => rows[index]?.name === active) ?? drawn[0];
  const acts = useStable({
    open: props.onOpen,
    focus: setActive,
    choose,
    menu: props.onMenu,
    rename: props.onRename,
    stopRenaming: props.onStopRenaming,
  });
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
                chosen={chosen.ids.has(entry.name)}
                renaming={entry.name === renaming}
                narrow={narrow}
                measure={measure}
                acts={acts}
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

/** The same object on every render, so that rows are drawn anew only when they change; what it does is the latest. */
function useStable(acts: RowActs): RowActs {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  return useMemo(
    () => ({
      open: (...all) => latest.current.open(...all),
      focus: (...all) => latest.current.focus(...all),
      choose: (...all) => latest.current.choose(...all),
      menu: (...all) => latest.current.menu(...all),
      rename: (...all) => latest.current.rename(...all),
      stopRenaming: () => latest.current.stopRenaming(),
    }),
    [],
  );
}

function Head({ rows, sort, narrow, chosen, sortHref, onSort }: FileTableProps) {
  const t = useTranslations('files');
  const all = rows.length > 0 && chosen.ids.size >= rows.length;
  const sortable = (key: FileSortKey) => ({
    sort: sort.key === key ? (sort.descending ? ('descending' as const) : ('ascending' as const)) : ('none' as const),
    sortHref: sortHref(key),
    onSort: () => onSort(key),
  });
  return (
    <>
      <CardHead
        {...sortable('name')}
        before={
          <label className="-my-2 -ms-2 me-0 inline-flex items-center p-2 align-middle">
            <span className="sr-only">{t('bulk.chooseAll', { count: rows.length })}</span>
            <Checkbox
              checked={all}
              mixed={chosen.ids.size > 0 && !all}
              onChange={() => (all ? chosen.clear() : chosen.replace(rows.map(({ name }) => name)))}
            />
          </label>
        }
      >
        {t('column.name')}
      </CardHead>
      <CardHead className="w-24 text-end" {...sortable('sizeBytes')}>
        {t('column.size')}
      </CardHead>
      {!narrow && (
        <>
          <CardHead className="w-36" {...sortable('modifiedAt')}>
            {t('column.modified')}
          </CardHead>
          <CardHead className="w-20">{t('column.mode')}</CardHead>
          <CardHead className="w-28">{t('column.owner')}</CardHead>
        </>
      )}
      <ActionsHead label={t('column.actions')} />
    </>
  );
}
