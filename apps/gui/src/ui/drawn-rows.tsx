'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** Up to here rows are plain: better for find-in-page, print and screen readers. */
export const PLAIN_ROWS = 60;
const ROW_PX = 40;
const OVERSCAN = 12;

/** Which rows are drawn: all of a short list, of a long one those near the window. */
export function useDrawnRows(count: number, scrollerRef?: RefObject<((index: number) => void) | null>) {
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
    if (scrollerRef === undefined) return;
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

/** Holds the place of the rows that are not drawn. */
export function RowGap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr role="presentation" aria-hidden className="max-md:block">
      <td colSpan={columns} style={{ height }} className="p-0 max-md:block" />
    </tr>
  );
}

const ignore = () => undefined;
