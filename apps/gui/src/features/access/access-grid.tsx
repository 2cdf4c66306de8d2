'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useMemo } from 'react';
import { flushSync } from 'react-dom';
import type { CapabilityGroup, GrantableRole } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { cn } from '../../ui/class-names.ts';
import type { AccessAction } from './access-edit.rules.ts';
import type { HolderRow, MatrixRow, RoleRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { CellInspector } from './cell-inspector.tsx';
import { GridHead } from './grid-head.tsx';
import { capabilitiesOf, type Column, toColumns } from './matrix-columns.ts';
import { RowCells } from './row-cells.tsx';
import { RowEnd, RowExpiry, RowRole } from './row-controls.tsx';
import { HolderFacts, StageBadge } from './row-facts.tsx';
import { type CellActions, useCellActions } from './use-cell-actions.ts';
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
  const keys = useGridKeys(
    rows.map(({ key }) => key),
    ['role', 'until', ...columns.map(({ key }) => key), 'end'],
  );
  const actions = useCellActions(act);
  const focused = keys.active;
  const focusedRow = rows.find(({ key }) => key === focused?.row);
  const focusedColumn = columns.find(({ key }) => key === focused?.col);

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
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
      <div className="max-h-[max(24rem,calc(100dvh-27rem))] scroll-ps-64 scroll-pt-40 overflow-auto rounded-t-lg">
        <table
          role="grid"
          aria-label={t('label', { name })}
          aria-describedby={hint}
          onFocus={keys.onFocus}
          onKeyDown={onKeyDown}
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
          <GridHead open={open} columns={columns} onToggle={onToggle} />
          <tbody>
            {holders.map((row) => (
              <HolderGridRow key={row.key} row={row} roles={roles} {...shared} />
            ))}
          </tbody>
          <tbody>
            <tr role="row">
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
            {tags.map((row) => (
              <RoleGridRow key={row.key} row={row} {...shared} />
            ))}
          </tbody>
        </table>
      </div>
      <CellInspector
        row={focusedRow}
        column={focusedColumn}
        onOpen={(group, button) => focusedRow && openGroup(focusedRow, group, button)}
        onExplain={(capability, anchor) => focusedRow && onExplain(focusedRow, capability, anchor)}
      />
    </div>
  );
}

interface RowProps {
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
}: RowProps & { row: HolderRow; roles: readonly GrantableRole[] }) {
  const { key } = row;
  return (
    <tr role="row" data-slot="access-row" data-stage={row.stage}>
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

function RoleGridRow({ row, columns, actions, keys, act }: RowProps & { row: RoleRow }) {
  const words = useAccessWords();
  return (
    <tr role="row" data-slot="access-row" data-stage={row.stage}>
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
