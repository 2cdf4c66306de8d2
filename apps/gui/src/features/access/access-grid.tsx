'use client';

import { useTranslations } from 'next-intl';
import { Fragment, type KeyboardEvent, useId, useMemo } from 'react';
import { flushSync } from 'react-dom';
import type { CapabilityGroup, GrantableRole } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { cn } from '../../ui/class-names.ts';
import { RowGap } from '../../ui/drawn-rows.tsx';
import type { AccessAction } from './access-edit.rules.ts';
import type { HolderRow, MatrixRow, RoleRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { CellInspector } from './cell-inspector.tsx';
import { pressRange } from './cell-range.rules.ts';
import { GridHead } from './grid-head.tsx';
import { capabilitiesOf, type Column, toColumns } from './matrix-columns.ts';
import { RowCells } from './row-cells.tsx';
import { RowEnd, RowExpiry, RowRole } from './row-controls.tsx';
import { HolderFacts, StageBadge } from './row-facts.tsx';
import { type CellActions, useCellActions } from './use-cell-actions.ts';
import { useCellChanges } from './use-cell-changes.ts';
import { useDrawnHolders } from './use-drawn-holders.ts';
import { type GridKeys, useGridKeys } from './use-grid-keys.ts';

export interface MatrixProps {
  name: string;
  holders: readonly HolderRow[];
  tags: readonly RoleRow[];
  roles: readonly GrantableRole[];
  act: (action: AccessAction) => void;
  onExplain: (row: MatrixRow, capability: Column['capability'], anchor: HTMLElement) => void;
}
interface Props extends MatrixProps {
  open: ReadonlySet<CapabilityGroup>;
  onToggle: (group: CapabilityGroup) => void;
}

/** Who against what: one row for each person, team and role, one column for each right or group of rights. */
export function AccessGrid({ name, holders, tags, roles, act, open, onToggle, onExplain }: Props) {
  const t = useTranslations('access.grid');
  const hint = useId();
  const columns = useMemo(() => toColumns(open), [open]);
  const rows: readonly MatrixRow[] = [...holders, ...tags];
  const says = useTranslations('access.range');
  const keys = useGridKeys({
    rows: rows.map(({ key }) => key),
    before: ['role', 'until'],
    cells: columns.map(({ key }) => key),
    after: ['end'],
    onRange: (range) =>
      announce(range ? says('chosen', { rows: range.rows.length, columns: range.cols.length }) : says('dropped')),
  });
  const actions = useCellActions(act);
  const change = useCellChanges(act);
  const headRows = open.size > 0 ? 2 : 1;
  const { scrollerRef, drawn, rest, measure } = useDrawnHolders(
    holders.length,
    holders.findIndex(({ key }) => key === keys.active?.row),
  );
  const focused = keys.active;
  const focusedRow = rows.find(({ key }) => key === focused?.row);
  const focusedColumn = columns.find(({ key }) => key === focused?.col);

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (keys.range && isPress(event)) {
      event.preventDefault();
      const { rows: chosen, cols } = keys.range;
      const meant = columns.filter(({ key }) => cols.includes(key));
      change(
        pressRange(
          rows.filter(({ key }) => chosen.includes(key)),
          meant.flatMap(({ capability, group }) => (capability === null ? capabilitiesOf(group) : [capability])),
        ),
      );
      return;
    }
    if (event.target instanceof HTMLElement && focusedRow && focusedColumn) {
      if (event.key === '?') {
        event.preventDefault();
        explain(focusedRow, focusedColumn, event.target);
        return;
      }
      if (event.key === 'Delete' && focusedRow.kind === 'holder' && focusedRow.own) {
        event.preventDefault();
        act({ type: 'revoke', holder: focusedRow });
        announce(`${focusedRow.name}: ${t('revoked')}`);
        return;
      }
    }
    keys.onKeyDown(event);
  };
  /** A group is explained right by right: it opens, and the focus goes to the first of them. */
  const openGroup = (row: MatrixRow, group: CapabilityGroup, within: HTMLElement) => {
    const grid = within.closest<HTMLElement>('[data-slot=access-grid]');
    flushSync(() => onToggle(group));
    grid?.querySelector<HTMLElement>(`[data-row="${row.key}"][data-col="${capabilitiesOf(group)[0]}"]`)?.focus();
  };
  const explain = (row: MatrixRow, column: Column, anchor: HTMLElement) => {
    if (column.capability === null) openGroup(row, column.group, anchor);
    else onExplain(row, column.capability, anchor);
  };
  const shared = { columns, actions, keys, act };
  return (
    <div data-slot="access-grid" className="rounded-lg border border-line bg-surface-1">
      <p id={hint} className="sr-only">
        {t('keys')}
      </p>
      <div
        ref={scrollerRef}
        className="max-h-[max(24rem,calc(100dvh-27rem))] scroll-ps-64 scroll-pt-48 overflow-auto rounded-t-lg"
      >
        <table
          role="grid"
          aria-label={t('label', { name })}
          aria-describedby={hint}
          aria-multiselectable
          aria-rowcount={headRows + rows.length + 1}
          onFocus={keys.onFocus}
          onKeyDown={onKeyDown}
          // Some browsers press a button when Space is let go, whatever came of the key before.
          onKeyUp={(event) => keys.range && isPress(event) && event.preventDefault()}
          onPointerDown={keys.dropRange}
          onContextMenu={(event) => {
            const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-col]') : null;
            const row = rows.find(({ key }) => key === cell?.dataset['row']);
            const column = columns.find(({ key }) => key === cell?.dataset['col']);
            if (!cell || !row || !column) return;
            event.preventDefault();
            explain(row, column, cell);
          }}
          className="w-full border-separate border-spacing-0"
        >
          <GridHead open={open} columns={columns} onToggle={onToggle} shown={holders} keys={keys} act={act} />
          <tbody>
            {drawn.map(({ index, gap }) => {
              const row = holders[index];
              if (row === undefined) return null;
              return (
                <Fragment key={row.key}>
                  <RowGap height={gap} columns={columns.length + 4} />
                  <HolderGridRow
                    row={row}
                    roles={roles}
                    rowIndex={headRows + index + 1}
                    index={index}
                    measure={measure}
                    {...shared}
                  />
                </Fragment>
              );
            })}
            <RowGap height={rest} columns={columns.length + 4} />
          </tbody>
          <tbody>
            <tr role="row" aria-rowindex={headRows + holders.length + 1}>
              <th
                role="rowheader"
                scope="rowgroup"
                colSpan={columns.length + 4}
                className="border-t border-line bg-surface-2 px-3 py-2 text-start font-normal"
              >
                <span className="sticky start-3 inline-block">
                  <span className="block font-medium">{t('roles')}</span>
                  <span className="block text-xs text-fg-2">{t('rolesText', { name })}</span>
                </span>
              </th>
            </tr>
            {tags.map((row, index) => (
              <RoleGridRow key={row.key} row={row} rowIndex={headRows + holders.length + index + 2} {...shared} />
            ))}
          </tbody>
        </table>
      </div>
      <CellInspector
        row={focusedRow}
        column={focusedColumn}
        range={keys.range}
        onOpen={(group, button) => focusedRow && openGroup(focusedRow, group, button)}
        onExplain={(capability, anchor) => focusedRow && onExplain(focusedRow, capability, anchor)}
      />
    </div>
  );
}

const isPress = ({ key }: KeyboardEvent): boolean => key === ' ' || key === 'Enter';

interface RowProps {
  /** Among all rows of the grid, drawn or not, from one. */
  rowIndex: number;
  columns: readonly Column[];
  actions: CellActions;
  keys: GridKeys;
  act: (action: AccessAction) => void;
}

const HEAD = 'sticky start-0 z-10 border-t border-line bg-surface-1 px-3 py-2 text-start align-middle';
const CELL = 'border-t border-line px-2 py-1.5 align-middle';

function HolderGridRow({
  row,
  roles,
  columns,
  actions,
  keys,
  act,
  rowIndex,
  index,
  measure,
}: RowProps & {
  row: HolderRow;
  roles: readonly GrantableRole[];
  index: number;
  measure: ((row: HTMLTableRowElement | null) => void) | undefined;
}) {
  const { key } = row;
  return (
    <tr
      ref={measure}
      role="row"
      aria-rowindex={rowIndex}
      data-index={index}
      data-slot="access-row"
      data-stage={row.stage}
    >
      <th role="rowheader" scope="row" className={cn(HEAD, 'max-w-64 min-w-52', stripe(row))}>
        <HolderFacts row={row} />
      </th>
      <td role="gridcell" className={CELL}>
        <RowRole row={row} roles={roles} act={act} place={keys.at(key, 'role')} />
      </td>
      <td role="gridcell" className={CELL}>
        <RowExpiry row={row} act={act} place={keys.at(key, 'until')} />
      </td>
      <RowCells row={row} columns={columns} actions={actions} keys={keys} />
      <td role="gridcell" className={cn(CELL, 'w-10 text-center')}>
        <RowEnd row={row} act={act} place={keys.at(key, 'end')} />
      </td>
    </tr>
  );
}

function RoleGridRow({ row, columns, actions, keys, act, rowIndex }: RowProps & { row: RoleRow }) {
  const words = useAccessWords();
  return (
    <tr role="row" aria-rowindex={rowIndex} data-slot="access-row" data-stage={row.stage}>
      <th role="rowheader" scope="row" className={cn(HEAD, 'max-w-64 min-w-52', stripe(row))}>
        <span className="flex flex-wrap items-center gap-x-2 font-medium">
          {words.role(row.role)}
          <StageBadge stage={row.stage} />
        </span>
      </th>
      <td role="gridcell" colSpan={2} className={cn(CELL, 'max-w-72 text-xs break-words text-fg-2')}>
        {words.exceptions(row.exceptions).join(', ')}
      </td>
      <RowCells row={row} columns={columns} actions={actions} keys={keys} />
      <td role="gridcell" className={cn(CELL, 'w-10 text-center')}>
        <RowEnd row={row} act={act} place={keys.at(row.key, 'end')} />
      </td>
    </tr>
  );
}

const stripe = ({ stage }: MatrixRow): string =>
  stage === 'saved' ? '' : 'shadow-[inset_3px_0_0_var(--accent)] rtl:shadow-[inset_-3px_0_0_var(--accent)]';
