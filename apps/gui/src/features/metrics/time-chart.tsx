'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { AlignedData, default as Plot } from 'uplot';
import { Button } from '../../ui/button.tsx';
import { type Mark, MARK_COLORS, marksIn } from './chart-marks.rules.ts';
import { useMarkWords } from './mark-words.ts';
import { type Unit, useUnits } from './metric-format.ts';
import type { MetricTrack } from './metric-track.ts';
import { type History, rowsOf, timesOf } from './metric-track.rules.ts';
import type * as TimePlot from './time-plot.ts';

export interface ChartLine<Measure extends string> {
  measure: Measure;
  label: string;
  /** Where its figure is written otherwise than those of the axis. */
  unit?: Unit;
}

interface Props<Measure extends string> {
  title: string;
  track: MetricTrack<Measure>;
  lines: ReadonlyArray<ChartLine<Measure>>;
  unit: Unit;
  /** Drawn across; null for none. */
  limit: number | null;
  /** Charts of one page move their pointers together. */
  syncKey: string;
  /** What happened meanwhile. */
  marks?: readonly Mark[];
}

const NO_MARKS: readonly Mark[] = [];

const COLORS = ['--series-1', '--series-2'];
const TABLE_ROWS = 40;
/** So far an axis reaches at least: what is next to nothing does not look like much. */
const LEAST: Readonly<Record<Unit, number>> = { cores: 0.1, bytes: 1024, bytesPerSecond: 1024, count: 4, percent: 10 };

/** One or two measures over time: a picture, its values under the pointer, and the same as a table. */
export function TimeChart<Measure extends string>(props: Props<Measure>) {
  const { title, track, lines, unit, limit, syncKey, marks = NO_MARKS } = props;
  const t = useTranslations('metrics');
  const units = useUnits();
  const date = useFormatter();
  const toMarkWords = useMarkWords();
  const [cursor, setCursor] = useState<number | null>(null);
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  const history = useSyncExternalStore(track.subscribe, track.history, track.history);
  const write = units[unit];
  const columns = lines.map(({ measure }) => history.series[measure].avg);
  const last = lastOf(columns);
  const index = cursor ?? last;
  const at = index === null ? null : Date.parse(history.from) + index * history.stepMs;
  const values = lines.map((line, n) => ({ ...line, value: index === null ? null : (columns[n]?.[index] ?? null) }));
  const near = cursor === null || at === null ? [] : marksIn(marks, at, at + history.stepMs).map(toMarkWords);
  const text = (value: number | null, own: Unit = unit) => (value === null ? t('notMeasured') : units[own](value));
  return (
    <section
      aria-labelledby={titleId}
      data-slot="chart"
      className="min-w-0 rounded-lg border border-line bg-surface-1 p-4"
    >
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id={titleId} className="text-sm font-semibold">
          {title}
        </h2>
        {values.map(({ measure, label, unit: own, value }, n) => (
          <span key={measure} data-measure={measure} className="flex items-baseline gap-1.5 text-sm tabular-nums">
            <span
              aria-hidden
              className="inline-block size-2 rounded-full"
              style={{ backgroundColor: `var(${COLORS[n] ?? ''})` }}
            />
            <span className="text-fg-2">{label}</span>
            <span className="font-medium">{text(value, own)}</span>
          </span>
        ))}
        {limit !== null && (
          <span className="text-sm text-fg-3 tabular-nums">{t('limit', { limit: write(limit) })}</span>
        )}
        <span className="ms-auto text-xs text-fg-3 tabular-nums">
          {cursor !== null && at !== null ? date.dateTime(at, { dateStyle: 'short', timeStyle: 'medium' }) : ' '}
          {near.length > 0 && <span className="text-fg"> · {near.join(', ')}</span>}
        </span>
        <button
          type="button"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          className="min-h-6 text-xs text-accent-text hover:underline touch:min-h-11"
        >
          {t('table')}
          <span className="sr-only"> · {title}</span>
        </button>
      </div>
      {asTable ? (
        <ChartTable history={history} lines={lines} text={text} title={title} />
      ) : last === null ? (
        <p className="grid h-[var(--chart-height,11rem)] place-items-center text-fg-3">{t('nothingYet')}</p>
      ) : (
        <Picture
          track={track}
          lines={lines}
          format={write}
          least={LEAST[unit]}
          isBytes={unit === 'bytes' || unit === 'bytesPerSecond'}
          limit={limit}
          syncKey={syncKey}
          marks={marks}
          cursor={cursor}
          onCursor={setCursor}
          label={t('pictureOf', { title })}
        />
      )}
      <span className="sr-only" aria-live="polite">
        {cursor !== null && !asTable
          ? [...values.map(({ label, unit: own, value }) => `${label} ${text(value, own)}`), ...near].join(', ')
          : ''}
      </span>
    </section>
  );
}

/** The last step in which anything was measured. */
function lastOf(columns: ReadonlyArray<ReadonlyArray<number | null>>): number | null {
  const last = Math.max(-1, ...columns.map((column) => column.findLastIndex((value) => value !== null)));
  return last < 0 ? null : last;
}

interface PictureProps<Measure extends string> extends Omit<Props<Measure>, 'title' | 'unit' | 'marks'> {
  marks: readonly Mark[];
  format: (value: number) => string;
  least: number;
  isBytes: boolean;
  cursor: number | null;
  onCursor: (index: number | null) => void;
  label: string;
}

function Picture<Measure extends string>(props: PictureProps<Measure>) {
  const { track, lines, format, least, isBytes, limit, syncKey, marks, cursor, onCursor, label } = props;
  const t = useTranslations('metrics');
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const tools = useRef<typeof TimePlot | null>(null);
  const [isZoomed, setZoomed] = useState(false);
  const date = useFormatter();
  const writing = useRef({ format, date, marks });
  useEffect(() => {
    writing.current = { format, date, marks };
  });
  useEffect(() => plot.current?.redraw(false), [marks]);
  const measures = lines.map(({ measure }) => measure).join(' ');
  useEffect(() => {
    const host = box.current;
    if (!host) return undefined;
    const chosen = track.history().series;
    const names = measures.split(' ').filter((name): name is Measure => name in chosen);
    let over = false;
    let stop = () => undefined as void;
    // The library comes with the first chart, not with the panel.
    void import('./time-plot.ts').then((library) => {
      if (over) return;
      tools.current = library;
      const made = library.makePlot(host, dataOf(track.history(), names), {
        lines: names.map((_, n) => ({ color: COLORS[n] ?? '', dashed: n > 0 })),
        hasBand: names.length === 1,
        format: (value) => writing.current.format(value),
        formatTime: (atMs, isOfDays) =>
          writing.current.date.dateTime(atMs, isOfDays ? { month: 'short', day: 'numeric' } : { timeStyle: 'short' }),
        least,
        isBytes,
        limit,
        marks: () => writing.current.marks.map(({ atMs, kind }) => ({ atS: atMs / 1000, color: MARK_COLORS[kind] })),
        onCursor,
        onZoom: setZoomed,
        syncKey,
      });
      plot.current = made;
      const unsubscribe = track.subscribe(() => library.grow(made, dataOf(track.history(), names)));
      const resized = new ResizeObserver(() => made.setSize({ width: host.clientWidth, height: host.clientHeight }));
      resized.observe(host);
      const redraw = () => made.redraw();
      const rethemed = new MutationObserver(redraw);
      const dark = window.matchMedia('(prefers-color-scheme: dark)');
      dark.addEventListener('change', redraw);
      rethemed.observe(document.documentElement, { attributes: true });
      stop = () => {
        unsubscribe();
        resized.disconnect();
        rethemed.disconnect();
        dark.removeEventListener('change', redraw);
        made.destroy();
        plot.current = null;
      };
    });
    return () => {
      over = true;
      stop();
    };
  }, [track, measures, least, isBytes, limit, syncKey, onCursor]);
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const [made, library] = [plot.current, tools.current];
      if (!made || !library) return;
      const zoom = ZOOMS[event.key];
      const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (zoom !== undefined) library.zoomBy(made, zoom, syncKey);
      else if (event.key === 'Escape' && isZoomed) library.showAll(syncKey);
      else if (step !== 0) moveCursor(made, cursor, step);
      else return;
      event.preventDefault();
    },
    [cursor, isZoomed, syncKey],
  );
  return (
    <div className="relative mt-2">
      <div
        role="img"
        aria-label={label}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="h-[var(--chart-height,11rem)] overflow-clip rounded-sm"
        ref={box}
      />
      {isZoomed && (
        <Button size="small" className="absolute end-1 top-1" onClick={() => tools.current?.showAll(syncKey)}>
          {t('showAll')}
        </Button>
      )}
    </div>
  );
}

const ZOOMS: Readonly<Record<string, number>> = { '+': 0.5, '=': 0.5, '-': 2 };

/** Along what is shown, and no further. */
function moveCursor(plot: Plot, cursor: number | null, step: number): void {
  const times = plot.data[0];
  const { min = -Infinity, max = Infinity } = plot.scales['x'] ?? {};
  const first = Math.max(
    0,
    times.findIndex((time) => time >= (min ?? -Infinity)),
  );
  const last = times.findLastIndex((time) => time <= (max ?? Infinity));
  const next = Math.min(Math.max((cursor ?? last + 1) + step, first), last);
  plot.setCursor({ left: plot.valToPos(times[next] ?? 0, 'x'), top: 0 });
}

function dataOf<Measure extends string>(history: History<Measure>, names: readonly Measure[]): AlignedData {
  const columns = names.map((name) => history.series[name]);
  const [only] = columns;
  const edges = columns.length === 1 && only ? [only.min, only.max] : [];
  return [timesOf(history, only?.avg.length ?? 0), ...columns.map(({ avg }) => avg), ...edges];
}

interface TableProps<Measure extends string> {
  history: History<Measure>;
  lines: ReadonlyArray<ChartLine<Measure>>;
  text: (value: number | null, unit?: Unit) => string;
  title: string;
}

function ChartTable<Measure extends string>({ history, lines, text, title }: TableProps<Measure>) {
  const t = useTranslations('metrics');
  const date = useFormatter();
  const rows = rowsOf(
    history,
    lines.map(({ measure }) => measure),
    TABLE_ROWS,
  );
  return (
    <div
      className="mt-2 h-[var(--chart-height,11rem)] overflow-y-auto"
      tabIndex={0}
      role="region"
      aria-label={t('tableOf', { title })}
    >
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{title}</caption>
        <thead className="text-xs text-fg-2">
          <tr>
            <th scope="col" className="text-start">
              {t('time')}
            </th>
            {lines.map(({ measure, label }) => (
              <th key={measure} scope="col" className="text-end">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ atMs, values }) => (
            <tr key={atMs}>
              <td>{date.dateTime(atMs, { dateStyle: 'short', timeStyle: 'medium' })}</td>
              {values.map((value, n) => (
                <td key={lines[n]?.measure} className="text-end">
                  {text(value, lines[n]?.unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
