'use client';

import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { type CellRange, type GridPlace, rangeBetween } from './cell-range.rules.ts';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The row above all others, with what is done to a whole column. */
export const HEAD_ROW = 'head';

interface Places {
  rows: readonly string[];
  /** What stands beside the cells, in the order of the columns: before them, and after them. */
  before: readonly string[];
  cells: readonly string[];
  after: readonly string[];
  onRange: (range: CellRange | null) => void;
}

/**
 * One stop for the Tab key, and arrow keys from there: what can be moved to carries `data-row` and `data-col`.
 * With Shift the arrow keys choose a range of cells.
 */
export function useGridKeys({ rows, before, cells, after, onRange }: Places) {
  const [asked, setActive] = useState<GridPlace | null>(null);
  const [anchor, setAnchor] = useState<GridPlace | null>(null);
  const allRows = [HEAD_ROW, ...rows];
  const allCols = [...before, ...cells, ...after];
  const isThere = asked && allRows.includes(asked.row) && allCols.includes(asked.col);
  const active: GridPlace | null = isThere
    ? asked
    : rows[0] === undefined
      ? null
      : { row: rows[0], col: (before[0] !== undefined ? before[0] : cells[0]) ?? '' };
  const range = rangeBetween(rows, cells, anchor, asked);

  const dropRange = () => setAnchor(null);
  const onFocus = ({ target }: FocusEvent) => {
    const place = placeOf(target);
    if (!place) return;
    setActive(place);
    if (place.row !== asked?.row || place.col !== asked.col) dropRange();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    const step = STEPS[event.key];
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && range) {
      event.preventDefault();
      dropRange();
      onRange(null);
    }
    if (!step) return;
    // Up and down change what a select says.
    if (event.target instanceof HTMLSelectElement && step[0] !== 0) return;
    event.preventDefault();
    if (event.shiftKey) extend(event.currentTarget, place, step);
    else find(event.currentTarget, allRows, allCols, place, step)?.focus();
  };
  const extend = (grid: HTMLElement, place: GridPlace, step: readonly [number, number]) => {
    const next = find(grid, rows, cells, place, step);
    const to = next && placeOf(next);
    if (!to) return;
    const from = anchor ?? place;
    next.focus();
    setAnchor(from);
    onRange(rangeBetween(rows, cells, from, to));
  };
  const at = (row: string, col: string) => ({
    'data-row': row,
    'data-col': col,
    tabIndex: active?.row === row && active.col === col ? 0 : -1,
  });
  return { active: isThere ? asked : null, range, at, dropRange, onFocus, onKeyDown };
}

export type GridKeys = ReturnType<typeof useGridKeys>;

/** The next that is there: not every row has something in every column. */
function find(
  grid: HTMLElement,
  rows: readonly string[],
  cols: readonly string[],
  from: GridPlace,
  [down, across]: readonly [number, number],
): HTMLElement | null {
  let row = rows.indexOf(from.row);
  let col = cols.indexOf(from.col);
  if (row === -1 || col === -1) return null;
  for (row += down, col += across; rows[row] && cols[col]; row += down, col += across) {
    const found = grid.querySelector<HTMLElement>(`[data-row="${rows[row]}"][data-col="${cols[col]}"]`);
    if (found) return found;
  }
  return null;
}

function placeOf(target: EventTarget): GridPlace | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-col]') : null;
  const { row, col } = element?.dataset ?? {};
  return row === undefined || col === undefined ? null : { row, col };
}
