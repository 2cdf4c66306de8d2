'use client';

import { type FocusEvent, type KeyboardEvent, useState } from 'react';

export interface GridPlace {
  readonly row: string;
  readonly col: string;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** One stop for the Tab key, and arrow keys from there: what can be moved to carries `data-row` and `data-col`. */
export function useGridKeys(rows: readonly string[], cols: readonly string[]) {
  const [asked, setActive] = useState<GridPlace | null>(null);
  const isThere = asked && rows.includes(asked.row) && cols.includes(asked.col);
  const active: GridPlace | null = isThere
    ? asked
    : rows[0] === undefined
      ? null
      : { row: rows[0], col: cols[0] ?? '' };

  const onFocus = ({ target }: FocusEvent) => {
    const place = placeOf(target);
    if (place) setActive(place);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    const step = STEPS[event.key];
    if (!place || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    // Up and down change what a select says.
    if (event.target instanceof HTMLSelectElement && step[0] !== 0) return;
    event.preventDefault();
    const next = find(event.currentTarget, rows.indexOf(place.row), cols.indexOf(place.col), step);
    next?.focus();
  };
  const find = (grid: HTMLElement, fromRow: number, fromCol: number, [down, across]: readonly [number, number]) => {
    for (let row = fromRow + down, col = fromCol + across; rows[row] && cols[col]; row += down, col += across) {
      const found = grid.querySelector<HTMLElement>(`[data-row="${rows[row]}"][data-col="${cols[col]}"]`);
      if (found) return found;
    }
    return null;
  };
  const at = (row: string, col: string) => ({
    'data-row': row,
    'data-col': col,
    tabIndex: active?.row === row && active.col === col ? 0 : -1,
  });
  return { active: isThere ? asked : null, at, onFocus, onKeyDown };
}

export type GridKeys = ReturnType<typeof useGridKeys>;

function placeOf(target: EventTarget): GridPlace | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-col]') : null;
  const { row, col } = element?.dataset ?? {};
  return row === undefined || col === undefined ? null : { row, col };
}
