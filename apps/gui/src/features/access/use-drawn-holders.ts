'use client';

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useState } from 'react';
import { PLAIN_ROWS } from '../../ui/drawn-rows.tsx';
import { withNeighbours } from './drawn-holders.rules.ts';

const ROW_PX = 52;
const OVERSCAN = 8;

/**
 * Which rows of a long matrix are drawn: those near what is seen, and those the arrow keys lead to from where the
 * focus is, so that it is never lost and never stands before a gap. `active`: its row, -1 outside of these rows.
 */
export function useDrawnHolders(count: number, active: number) {
  const [scroller, scrollerRef] = useState<HTMLDivElement | null>(null);
  const long = count > PLAIN_ROWS;
  const rangeExtractor = useCallback(
    (range: Range) => withNeighbours(defaultRangeExtractor(range), active, range.count),
    [active],
  );
  // What it answers is taken anew on every render and kept nowhere.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: long ? count : 0,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    rangeExtractor,
    // The server knows no window: it draws the first rows.
    initialRect: { width: 1440, height: PLAIN_ROWS * ROW_PX },
  });
  if (!long) {
    const drawn = [...Array(count).keys()].map((index) => ({ index, gap: 0 }));
    return { scrollerRef, drawn, rest: 0, measure: undefined };
  }
  const items = virtualizer.getVirtualItems();
  return {
    scrollerRef,
    // The rows that are kept for the focus may stand far from the others.
    drawn: items.map(({ index, start }, at) => ({ index, gap: start - (items[at - 1]?.end ?? 0) })),
    rest: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtualizer.measureElement,
  };
}
