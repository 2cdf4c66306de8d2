'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode, RefObject } from 'react';
import type { Container, Environment } from '@bailiwick/contract';
import { useLiveList } from '../../lib/live-hooks.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { RowGap, useDrawnRows } from '../../ui/drawn-rows.tsx';
import { HeaderCell } from '../../ui/table.tsx';
import { ContainerRow, type RowActions } from './container-row.tsx';
import { type ContainerView, type SortKey, turnSort, writeView } from './container-view.rules.ts';

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
  const usage = useLiveList('usage', []);
  const showsEnvironment = environments.length > 1;
  const columns = showsEnvironment ? 9 : 8;
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
          <RowGap height={before} columns={columns} />
          {drawn.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <ContainerRow
                key={row.id}
                initial={row}
                list={props.list}
                usage={usage}
                index={index}
                chosen={chosen.has(row.id)}
                peeked={view.peek === row.id}
                environment={showsEnvironment ? (nameOf.get(row.environmentId) ?? '') : null}
                actions={props.actions}
                measure={measure}
              />
            );
          })}
          <RowGap height={after} columns={columns} />
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
        <HeaderCell role="columnheader" className="w-38 @max-[62rem]:hidden">
          {t('column.usage')}
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
