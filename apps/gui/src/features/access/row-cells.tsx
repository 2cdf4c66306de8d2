'use client';

import { useTranslations } from 'next-intl';
import { cn } from '../../ui/class-names.ts';
import { CellButton, signOf, signOfGroup } from './access-cell.tsx';
import { groupState, type MatrixRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { isInRange } from './cell-range.rules.ts';
import { capabilitiesOf, type Column } from './matrix-columns.ts';
import type { CellActions } from './use-cell-actions.ts';
import type { GridKeys } from './use-grid-keys.ts';

interface Props {
  row: MatrixRow;
  columns: readonly Column[];
  actions: CellActions;
  keys: GridKeys;
}

/** The rights of one row: one cell for each, or one for a whole group. */
export function RowCells({ row, columns, actions, keys }: Props) {
  return columns.map((column) => (
    <td
      key={column.key}
      role="gridcell"
      // Said only while a range is chosen: else every cell would be read as one that is not.
      aria-selected={keys.range ? isInRange(keys.range, { row: row.key, col: column.key }) : undefined}
      className={cn(
        'border-t border-line px-1 text-center align-middle aria-selected:bg-accent-subtle aria-selected:shadow-[inset_0_0_0_1px_var(--accent)]',
        column.starts && 'border-s border-s-line',
      )}
    >
      {column.capability === null ? (
        <GroupCell row={row} column={column} actions={actions} keys={keys} />
      ) : (
        <RightCell row={row} column={column} actions={actions} keys={keys} />
      )}
    </td>
  ));
}

interface CellProps<Of extends Column> extends Omit<Props, 'columns'> {
  column: Of;
}

function RightCell({ row, column, actions, keys }: CellProps<Extract<Column, { capability: string }>>) {
  const words = useAccessWords();
  const cell = row.cells.get(column.capability);
  if (!cell) return null;
  const label = words.cell(row, cell);
  const title = cell.locked ? `${label}. ${actions.lockedLabel(cell.capability)}` : label;
  return (
    <CellButton
      sign={signOf(cell)}
      changed={cell.changed}
      locked={cell.locked}
      aria-label={title}
      title={title}
      onClick={() => actions.press(row, cell)}
      {...keys.at(row.key, column.key)}
    />
  );
}

function GroupCell({ row, column: { group, key }, actions, keys }: CellProps<Extract<Column, { capability: null }>>) {
  const t = useTranslations('access.cell');
  const state = groupState(row, capabilitiesOf(group));
  const label = actions.groupLabel(row, group);
  const title = state.locked ? `${label}. ${actions.lockedGroup(group)}` : label;
  return (
    <span className="inline-flex items-center justify-center gap-1 align-middle">
      <CellButton
        sign={signOfGroup(state)}
        changed={state.changed}
        locked={state.locked}
        aria-label={title}
        title={title}
        onClick={() => actions.pressGroup(row, group)}
        {...keys.at(row.key, key)}
      />
      <span aria-hidden className="w-7 text-start text-2xs text-fg-2 tabular-nums">
        {t('count', { allowed: state.allowed, of: state.of })}
      </span>
    </span>
  );
}
