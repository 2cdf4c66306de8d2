import type { Capability } from '@bailiwick/contract';
import { type AccessAction, nextSetting, type Setting } from './access-edit.rules.ts';
import { isAllowed, type MatrixRow } from './access-matrix.rules.ts';

export interface GridPlace {
  readonly row: string;
  readonly col: string;
}

/** Cells chosen together: a rectangle of rows and columns. */
export interface CellRange {
  readonly rows: readonly string[];
  readonly cols: readonly string[];
}

/** From one cell to another; null where that is one cell, or where one of them is not shown any more. */
export function rangeBetween(
  rows: readonly string[],
  cols: readonly string[],
  from: GridPlace | null,
  to: GridPlace | null,
): CellRange | null {
  if (!from || !to) return null;
  const range = { rows: between(rows, from.row, to.row), cols: between(cols, from.col, to.col) };
  return range.rows.length * range.cols.length > 1 ? range : null;
}

function between(all: readonly string[], one: string, other: string): readonly string[] {
  const ends = [all.indexOf(one), all.indexOf(other)];
  return ends.includes(-1) ? [] : all.slice(Math.min(...ends), Math.max(...ends) + 1);
}

export const isInRange = (range: CellRange | null, { row, col }: GridPlace): boolean =>
  range !== null && range.rows.includes(row) && range.cols.includes(col);

export const setCells = (row: MatrixRow, capabilities: readonly Capability[], setting: Setting): AccessAction =>
  row.kind === 'role'
    ? { type: 'roleCells', role: row.role, capabilities, setting }
    : { type: 'cells', holder: row, capabilities, setting };

/** What is done to many cells at once, and to how many; what is not the reader's to give is left alone. */
export interface CellChanges {
  readonly actions: readonly AccessAction[];
  readonly setting: Setting;
  readonly cells: number;
  readonly locked: number;
  /** Rows that are being taken back, which get nothing new by the way. */
  readonly revoked: number;
}

/** A press on a range makes of all its cells the next of what all say; where they differ, allowed. */
export function pressRange(rows: readonly MatrixRow[], capabilities: readonly Capability[]): CellChanges {
  const free = rows.flatMap((row) => cellsOf(row, capabilities).filter(({ locked }) => !locked));
  const [first] = free;
  const isSame = first !== undefined && free.every(({ setting }) => setting === first.setting);
  const setting = isSame ? nextSetting(first.setting) : 'allow';
  return change(rows, capabilities, setting, () => true);
}

/** A column for all rows shown: everybody may, or nobody has an exception. What is so already stays as it is. */
export const fillColumn = (
  rows: readonly MatrixRow[],
  capabilities: readonly Capability[],
  setting: 'allow' | 'inherit',
): CellChanges => {
  const kept = rows.filter(({ stage }) => stage !== 'revoked');
  const changes = change(kept, capabilities, setting, (cell) =>
    setting === 'allow' ? !isAllowed(cell.state) : cell.setting !== 'inherit',
  );
  return { ...changes, revoked: rows.length - kept.length };
};

function change(
  rows: readonly MatrixRow[],
  capabilities: readonly Capability[],
  setting: Setting,
  isMeant: (cell: ReturnType<typeof cellsOf>[number]) => boolean,
): CellChanges {
  const steps = rows.map((row) => {
    const meant = cellsOf(row, capabilities).filter(isMeant);
    const free = meant.filter(({ locked }) => !locked).map(({ capability }) => capability);
    return { row, free, locked: meant.length - free.length };
  });
  const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
  return {
    actions: steps.filter(({ free }) => free.length > 0).map(({ row, free }) => setCells(row, free, setting)),
    setting,
    cells: sum(steps.map(({ free }) => free.length)),
    locked: sum(steps.map(({ locked }) => locked)),
    revoked: 0,
  };
}

const cellsOf = (row: MatrixRow, capabilities: readonly Capability[]) =>
  capabilities.flatMap((capability) => row.cells.get(capability) ?? []);
