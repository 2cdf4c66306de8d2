'use client';

import { useTranslations } from 'next-intl';
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { cn } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.ts';
import { LogRowView, ROW_PX } from './log-line.tsx';
import { COLUMN_HEADS_PX, ColumnHeads } from './column-heads.tsx';
import type { Picture } from './log-messages.ts';
import type { LogPreferences } from './log-preferences.ts';
import type { LogRow } from './log-rows.ts';
import { OlderLines } from './older-lines.tsx';
import { placeAfter } from './together.rules.ts';
import { useRowWords } from './use-row-words.ts';

const HEAD_PX = 32;
const OVERSCAN = 20;
const NEAR_TOP_PX = 400;
/** Times that are told of the day do not change. */
const NEVER_MS = 1e15;

export interface Marked {
  from: number;
  to: number;
}

/** A place somebody is taken to: it stands in the middle. */
export interface Jump {
  place: number;
}

/** How it was when it was drawn last. */
interface Before {
  base: number;
  generation: number;
  jump: Jump | null;
  top: number;
}

export interface LogViewportHandle {
  /** After a filter: what stood at the top stands there again. */
  keep: (place: number) => void;
  /** Rows come at these places with the next picture: what is read stays where it is. */
  move: (put: readonly number[]) => void;
  topPlace: () => number;
  focus: () => void;
}

export interface LogViewportProps {
  ref: Ref<LogViewportHandle>;
  /** Of the logs it shows. */
  names: readonly string[];
  picture: Picture;
  life: number;
  follow: boolean;
  preferences: LogPreferences;
  /** The fields of lines of JSON that stand in columns. */
  columns: readonly string[];
  onColumn: (path: string) => void;
  marked: Marked | null;
  /** Where somebody was taken last; another object is another jump, also to the same place. */
  jump: Jump | null;
  onFollow: (follow: boolean) => void;
  onWindow: (from: number, count: number) => void;
  onOlder: () => void;
  onMark: (place: number, how: 'only' | 'extend') => void;
  /** All fields of the line at a place are wanted. */
  onFields: (place: number) => void;
  /** What goes on with the line at a place is wanted, or no more. */
  onFold: (place: number) => void;
  onSearch: () => void;
}

/** The part of the log that is on the screen, in a box as high as all of it would be. */
export function LogViewport({ ref, picture, life, follow, preferences, marked, jump, ...props }: LogViewportProps) {
  const t = useTranslations('logs');
  const { onFollow, onWindow, onOlder, onMark, onFields, onFold, onSearch, columns, onColumn, names } = props;
  const words = useRowWords(names);
  const box = useRef<HTMLDivElement>(null);
  const kept = useRef<number | null>(null);
  const moved = useRef(0);
  /** What was jumped to stays in the middle while more is loaded, until somebody scrolls. */
  const centred = useRef<number | null>(null);
  const before = useRef<Before>({ base: picture.base, generation: picture.generation, jump: null, top: 0 });
  const { wrap, time } = preferences;
  /** They stay at the top, and what is scrolled to stands below them. */
  const headsPx = columns.length > 0 ? COLUMN_HEADS_PX : 0;
  const nowMs = useNow(time === 'ago' ? 1000 : NEVER_MS);

  const askForWindow = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const first = Math.floor(Math.max(0, element.scrollTop - HEAD_PX) / ROW_PX);
    const visible = Math.ceil(element.clientHeight / ROW_PX) + 1;
    // Wrapped rows are higher than the box believes: the first one shown stands exactly where the box is. While
    // following nothing else is in reach.
    const ahead = wrap || follow ? 0 : OVERSCAN;
    const after = follow ? 0 : OVERSCAN;
    onWindow(before.current.base + Math.max(0, first - ahead), visible + after + ahead);
  }, [onWindow, wrap, follow]);

  const scrollTo = useCallback((top: number) => {
    if (!box.current) return;
    box.current.scrollTop = top;
    before.current.top = box.current.scrollTop;
  }, []);
  const placeToTop = useCallback((place: number) => HEAD_PX + (place - before.current.base) * ROW_PX, []);

  useImperativeHandle(
    ref,
    () => ({
      keep: (place) => {
        kept.current = place;
      },
      move: (put) => {
        const top = topPlaceOf(before.current);
        moved.current += placeAfter(top, put) - top;
        if (centred.current !== null) centred.current = placeAfter(centred.current, put);
      },
      topPlace: () => topPlaceOf(before.current),
      focus: () => box.current?.focus(),
    }),
    [],
  );

  // Rows come and go above what is read; what is read stays where it is.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { base, generation } = before.current;
    if (jump !== before.current.jump) centred.current = jump?.place ?? null;
    else if (follow || generation !== picture.generation) centred.current = null;
    Object.assign(before.current, { base: picture.base, generation: picture.generation, jump });
    if (follow) scrollTo(element.scrollHeight);
    else if (centred.current !== null) scrollTo(placeToTop(centred.current) - element.clientHeight / 2);
    else if (generation !== picture.generation && kept.current !== null) scrollTo(placeToTop(kept.current));
    else if (generation === picture.generation && base - picture.base + moved.current !== 0)
      scrollTo(element.scrollTop + (base - picture.base + moved.current) * ROW_PX);
    kept.current = null;
    moved.current = 0;
  }, [picture, follow, wrap, jump, scrollTo, placeToTop]);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => askForWindow());
    observer.observe(element);
    return () => observer.disconnect();
  }, [askForWindow]);
  useEffect(askForWindow, [askForWindow, picture.generation, picture.base]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const down = element.scrollTop > before.current.top;
    const up = element.scrollTop < before.current.top;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
    before.current.top = element.scrollTop;
    if (up && follow && !atEnd) onFollow(false);
    if (down && !follow && atEnd) onFollow(true);
    if (up && element.scrollTop < NEAR_TOP_PX && picture.older === 'more') onOlder();
    askForWindow();
  };

  const move = (by: number) => {
    const last = picture.base + picture.count - 1;
    const place = Math.min(last, Math.max(picture.base, (marked?.to ?? last + 1) + by));
    onMark(place, 'only');
    const top = placeToTop(place);
    const { scrollTop, clientHeight } = box.current ?? { scrollTop: 0, clientHeight: 0 };
    if (top < scrollTop || top + ROW_PX + headsPx > scrollTop + clientHeight) scrollTo(top - clientHeight / 2);
  };
  /** As in a tree: Enter turns it round, the arrows open and close. */
  const foldByKey = (key: string): boolean => {
    const row = marked && marked.from === marked.to ? picture.rows[marked.from - picture.from] : undefined;
    const fold = row?.kind === 'line' ? row.fold : undefined;
    if (!marked || !fold || !(key === 'Enter' || key === (fold.isOpen ? 'ArrowLeft' : 'ArrowRight'))) return false;
    onFold(marked.from);
    return true;
  };
  const letGo = () => {
    centred.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    letGo();
    if (event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      // Of here, once: from the field it is the browser's own search again.
      event.preventDefault();
      return onSearch();
    }
    if (event.target === box.current && foldByKey(event.key)) return event.preventDefault();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    onFollow(false);
    move(event.key === 'ArrowDown' ? 1 : -1);
  };
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const opened = event.target.closest('[data-fields]')?.closest<HTMLElement>('[data-place]');
    if (opened) return onFields(Number(opened.dataset['place']));
    const folded = event.target.closest('[data-fold]')?.closest<HTMLElement>('[data-place]');
    if (folded) return onFold(Number(folded.dataset['place']));
    if (event.target.closest('a, button')) return;
    // Whoever selects text to copy it means the text, not the line.
    if (!event.shiftKey && getSelection()?.isCollapsed === false) return;
    const place = Number(event.target.closest<HTMLElement>('[data-place]')?.dataset['place'] ?? Number.NaN);
    if (Number.isInteger(place)) onMark(place, event.shiftKey ? 'extend' : 'only');
  };

  const top = HEAD_PX + (picture.from - picture.base) * ROW_PX;
  return (
    <div
      ref={box}
      role="log"
      aria-live="off"
      aria-label={t('viewport', { name: names.join(', ') })}
      aria-describedby="log-viewport-hint"
      tabIndex={0}
      data-slot="log-viewport"
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onWheel={letGo}
      onPointerDown={letGo}
      onTouchMove={letGo}
      onClick={onClick}
      className="relative min-h-0 min-w-0 grow overflow-auto bg-inset font-mono text-xs leading-5 [overflow-anchor:none] -outline-offset-2"
    >
      <p id="log-viewport-hint" className="sr-only">
        {t('viewportHint')}
      </p>
      <div
        className={cn('relative', wrap ? 'w-full' : 'w-max min-w-full')}
        style={{ minHeight: headsPx + HEAD_PX + picture.count * ROW_PX }}
      >
        {columns.length > 0 && (
          <ColumnHeads columns={columns} time={time} hasSources={names.length > 1} onColumn={onColumn} />
        )}
        <div className="sticky start-0 flex w-fit items-center px-3 text-fg-3" style={{ height: HEAD_PX }}>
          <OlderLines older={picture.older} onOlder={onOlder} />
        </div>
        <div
          className={cn(wrap ? 'absolute inset-x-0' : 'min-w-full')}
          // What is wrapped is as high as it is: while following its end stands at the end, else its beginning at the beginning.
          style={wrap ? (follow ? { bottom: 0 } : { top: headsPx + top }) : { paddingTop: top - HEAD_PX }}
        >
          {picture.rows.map((row, index) => {
            const place = picture.from + index;
            return (
              <LogRowView
                key={`${life}.${row.seq}`}
                row={row}
                place={place}
                preferences={preferences}
                nowMs={nowMs}
                before={time === 'delta' ? timeBefore(picture.rows, index) : null}
                generation={picture.generation}
                order={picture.order}
                words={words}
                marked={marked !== null && place >= marked.from && place <= marked.to}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

const topPlaceOf = ({ base, top }: Before): number => base + Math.floor(Math.max(0, top - HEAD_PX) / ROW_PX);

/** When the row before it was written, as far as it is drawn. */
function timeBefore(rows: readonly LogRow[], index: number): string | null {
  const before = rows.slice(0, index).findLast((row) => row.kind !== 'gap');
  return before?.kind === 'line' || before?.kind === 'event' ? before.at : null;
}
