'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type ReactNode, type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { Container, Environment } from '@bailiwick/contract';
import type { LiveList } from '../../lib/live-list.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { HeaderCell } from '../../ui/table.tsx';
import { ContainerRow, type RowActions } from './container-row.tsx';
import { type ContainerView, type SortKey, turnSort, writeView } from './container-view.rules.ts';

/** Up to here rows are plain: better for find-in-page, print and screen readers. */
const PLAIN_ROWS = 60;
const ROW_PX = 40;
const OVERSCAN = 12;

interface Props {
  rows: readonly Container[];
  list: LiveList<Container>;
  view: ContainerView;
  chosen: ReadonlySet<string>;
  environments: readonly Environment[];
  actions: RowActions;
  onSort: (key: SortKey) => void;
  onChooseAll: (all: boolean) => void;
  onPointing: (pointing: boolean) => void;
  /** Lets the keyboard bring a row into view that is not drawn. */
  scrollerRef: RefObject<((index: number) => void) | null>;
  /** What stands in place of the rows when there are none. */
  empty: ReactNode;
}

export function ContainerTable(props: Props) {
  const { rows, view, environments, chosen, scrollerRef } = props;
  const t = useTranslations('containers');
  const showsEnvironment = environments.length > 1;
  const columns = showsEnvironment ? 8 : 7;
  const { drawn, before, after, measure, bodyRef } = useDrawnRows(rows.length, scrollerRef);
  const nameOf = new Map(environments.map(({ id, name }) => [id, name]));
  return (
    <div data-slot="table-box" className="@container rounded-lg border border-line bg-surface-1">
      <table
        role="table"
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-start max-md:block"
      >
        <caption className="sr-only">{t('caption')}</caption>
        <Head {...props} showsEnvironment={showsEnvironment} />
        <tbody
          ref={bodyRef}
          role="rowgroup"
          className="max-md:block"
          onPointerEnter={() => props.onPointing(true)}
          onPointerLeave={() => props.onPointing(false)}
        >
          {before > 0 && <Gap height={before} columns={columns} />}
          {drawn.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <ContainerRow
                key={row.id}
                initial={row}
                list={props.list}
                index={index}
                chosen={chosen.has(row.id)}
                peeked={view.peek === row.id}
                environment={showsEnvironment ? (nameOf.get(row.environmentId) ?? '') : null}
                actions={props.actions}
                measure={measure}
              />
            );
          })}
          {after > 0 && <Gap height={after} columns={columns} />}
          {rows.length === 0 && (
            <tr role="row" className="max-md:block">
              <td role="cell" colSpan={columns} className="border-t border-line max-md:block">
                {props.empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Head({ rows, view, chosen, onSort, onChooseAll, showsEnvironment }: Props & { showsEnvironment: boolean }) {
  const t = useTranslations('containers');
  const chosenHere = rows.filter(({ id }) => chosen.has(id)).length;
  const all = rows.length > 0 && chosenHere === rows.length;
  const sortable = (key: SortKey) => ({
    sort:
      view.sort.key === key
        ? view.sort.descending
          ? ('descending' as const)
          : ('ascending' as const)
        : ('none' as const),
    sortHref: `/containers${writeView({ ...view, sort: turnSort(view.sort, key), peek: '' })}`,
    onSort: () => onSort(key),
  });
  return (
    <thead
      role="rowgroup"
      className="text-xs text-fg-2 max-md:sr-only [&_th]:sticky [&_th]:top-12 [&_th]:z-10 [&_th]:bg-surface-2 [&_th:first-child]:rounded-ss-lg [&_th:last-child]:rounded-se-lg"
    >
      <tr role="row" aria-rowindex={1}>
        <th role="columnheader" scope="col" className="h-8 w-10 ps-3 text-start">
          <label className="-m-2 flex w-8 items-center p-2">
            <span className="sr-only">{t('selectAll', { count: rows.length })}</span>
            <Checkbox checked={all} mixed={chosenHere > 0 && !all} onChange={() => onChooseAll(!all)} />
          </label>
        </th>
        <HeaderCell role="columnheader" className="w-[25%] @max-[50rem]:w-[34%]" {...sortable('name')}>
          {t('column.name')}
        </HeaderCell>
        <HeaderCell role="columnheader" className="w-[19%] @max-[50rem]:w-auto" {...sortable('status')}>
          {t('column.status')}
        </HeaderCell>
        <HeaderCell role="columnheader" className="@max-[50rem]:hidden" {...sortable('image')}>
          {t('column.image')}
        </HeaderCell>
        <HeaderCell role="columnheader" className="w-[11%] @max-[50rem]:w-[16%]">
          {t('column.ports')}
        </HeaderCell>
        {showsEnvironment && (
          <HeaderCell role="columnheader" className="w-[10%]">
            {t('column.environment')}
          </HeaderCell>
        )}
        <HeaderCell role="columnheader" className="w-30 @max-[62rem]:hidden" {...sortable('createdAt')}>
          {t('column.createdAt')}
        </HeaderCell>
        <th role="columnheader" scope="col" className="w-22">
          <span className="sr-only">{t('column.actions')}</span>
        </th>
      </tr>
    </thead>
  );
}

const Gap = ({ height, columns }: { height: number; columns: number }) => (
  <tr role="presentation" aria-hidden className="max-md:block">
    <td colSpan={columns} style={{ height }} className="p-0 max-md:block" />
  </tr>
);

/** Which rows are drawn: all of a short list, of a long one those near the window. */
function useDrawnRows(count: number, scrollerRef: Props['scrollerRef']) {
  const [top, setTop] = useState(0);
  const bodyRef = useCallback((body: HTMLTableSectionElement | null) => {
    if (body === null) return undefined;
    const measure = () => setTop(Math.round(body.getBoundingClientRect().top + window.scrollY));
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const long = count > PLAIN_ROWS;
  const virtualizer = useWindowVirtualizer({
    count: long ? count : 0,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    // The server knows no window: it draws the first rows.
    initialRect: { width: 1440, height: PLAIN_ROWS * ROW_PX },
  });
  useLayoutEffect(() => {
    scrollerRef.current = (index) => {
      if (long) virtualizer.scrollToIndex(index, { align: 'auto' });
    };
  }, [long, virtualizer, scrollerRef]);

  if (!long) return { drawn: [...Array(count).keys()], before: 0, after: 0, measure: ignore, bodyRef };
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    drawn: items.map(({ index }) => index),
    before: first ? first.start - top : 0,
    after: last ? virtualizer.getTotalSize() - (last.end - top) : 0,
    measure: virtualizer.measureElement,
    bodyRef,
  };
}

const ignore = () => undefined;
