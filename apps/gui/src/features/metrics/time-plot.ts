import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

const AXIS_GAP = 6;
const MS = 1000;
const BYTE_STEPS = Array.from({ length: 45 }, (_, power) => 2 ** power);
const DAY_S = 86_400;
const BAND_OPACITY = '33';
/** So many points of a drag are a click that slipped. */
const DRAG_FROM = 8;
/** What is shown is no shorter than so many steps. */
const LEAST_STEPS = 5;

export interface PlotLine {
  /** A colour of the theme, by the name of its variable. */
  color: string;
  dashed?: boolean;
}

export interface PlotOptions {
  lines: readonly PlotLine[];
  /** Drawn from its least to its most as well. */
  hasBand: boolean;
  format: (value: number) => string;
  formatTime: (atMs: number, isOfDays: boolean) => string;
  /** So far the axis reaches at least. */
  least: number;
  /** Its marks are whole KiB, MiB and so on. */
  isBytes: boolean;
  /** Drawn across, dashed; null for none. */
  limit: number | null;
  /** Drawn from top to bottom, as they are when it is drawn. */
  marks: () => readonly PlotMark[];
  onCursor: (index: number | null) => void;
  /** Whether only a part of the time is shown. */
  onZoom: (isZoomed: boolean) => void;
  syncKey: string;
}

export interface PlotMark {
  atS: number;
  color: string;
}

/** Colours of the theme as it is now: they are asked for again whenever something is drawn. */
function themed(host: HTMLElement, name: string, opacity = ''): string {
  return `${getComputedStyle(host).getPropertyValue(name).trim()}${opacity}`;
}

/** A chart of time: it draws what it is given, and says where the pointer is. */
export function makePlot(host: HTMLElement, data: uPlot.AlignedData, options: PlotOptions): uPlot {
  const { lines, hasBand, format, formatTime, least, isBytes, limit, marks, onCursor, onZoom, syncKey } = options;
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  const drawn = lines.map(({ color, dashed }) => ({
    stroke: () => themed(host, color),
    width: 1.5,
    points: { show: false },
    spanGaps: false,
    ...(dashed ? { dash: [6, 4] } : {}),
  }));
  const edges = hasBand ? [0, 1].map(() => ({ stroke: 'transparent', width: 0, points: { show: false } })) : [];
  const axis = {
    stroke: () => themed(host, '--fg-3'),
    grid: { stroke: () => themed(host, '--line'), width: 1 },
    ticks: { show: false },
    font,
    gap: AXIS_GAP,
  };
  return new uPlot(
    {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      cursor: { sync: { key: syncKey }, drag: { x: true, y: false, dist: DRAG_FROM }, points: { size: 6 } },
      scales: {
        x: { time: true },
        // From nothing, so that small changes do not look large; up to the limit only where it is near.
        y: { range: (_, __, most) => [0, topOf(most, limit, least)] },
      },
      axes: [
        {
          ...axis,
          size: 32,
          values: (_, ticks, __, ___, apart) => ticks.map((tick) => formatTime(tick * MS, apart >= DAY_S)),
        },
        {
          ...axis,
          size: 76,
          ...(isBytes ? { incrs: BYTE_STEPS } : {}),
          values: (_, ticks) => ticks.map((tick) => format(tick)),
        },
      ],
      series: [{}, ...drawn, ...edges],
      ...(hasBand
        ? { bands: [{ series: [lines.length + 2, lines.length + 1] as [number, number], fill: () => themed(host, lines[0]?.color ?? '', BAND_OPACITY) }] } // prettier-ignore
        : {}),
      hooks: {
        setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
        setScale: [(plot, key) => key === 'x' && onZoom(isZoomed(plot))],
        draw: [
          (plot) => drawMarks(plot, marks(), (color) => themed(host, color)),
          (plot) => drawLimit(plot, limit, themed(host, '--fg-3')),
        ],
      },
    },
    data,
    host,
  );
}

function topOf(most: number | null, limit: number | null, least: number): number {
  const top = Math.max((most ?? 0) * 1.1, least);
  return limit !== null && top > limit / 2 ? Math.max(top, limit * 1.05) : top;
}

function drawLimit(plot: uPlot, limit: number | null, color: string): void {
  const { ctx, bbox, scales } = plot;
  const most = scales['y']?.max;
  if (limit === null || most == null || limit > most) return;
  const y = plot.valToPos(limit, 'y', true);
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([8, 6]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

function drawMarks(plot: uPlot, marks: readonly PlotMark[], toColor: (name: string) => string): void {
  const { ctx, bbox, scales } = plot;
  const { min, max } = scales['x'] ?? {};
  if (min == null || max == null) return;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([]);
  for (const { atS, color } of marks) {
    if (atS < min || atS > max) continue;
    const x = plot.valToPos(atS, 'x', true);
    ctx.strokeStyle = toColor(color);
    ctx.fillStyle = toColor(color);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, bbox.top + MARK_SIZE * devicePixelRatio, MARK_SIZE * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

const MARK_SIZE = 3;

function isZoomed({ data: [times], scales }: uPlot): boolean {
  const { min, max } = scales['x'] ?? {};
  const [first, last] = [times[0], times.at(-1)];
  return min != null && max != null && first !== undefined && last !== undefined && (min > first || max < last);
}

/** What is shown stays what it is while only a part of it is. */
export function grow(plot: uPlot, data: uPlot.AlignedData): void {
  const { min, max } = plot.scales['x'] ?? {};
  if (!isZoomed(plot) || min == null || max == null) return plot.setData(data);
  plot.setData(data, false);
  plot.setScale('x', { min, max });
}

/** All charts that move together, to all there is. */
export function showAll(syncKey: string): void {
  for (const plot of uPlot.sync(syncKey).plots) {
    const [times] = plot.data;
    plot.setScale('x', { min: times[0] ?? 0, max: times.at(-1) ?? 0 });
  }
}

/** So many times as much time as is shown, around the pointer, or up to the newest of it. */
export function zoomBy(plot: uPlot, factor: number, syncKey: string): void {
  const { min, max } = plot.scales['x'] ?? {};
  const [times] = plot.data;
  const [first, last] = [times[0], times.at(-1)];
  if (min == null || max == null || first === undefined || last === undefined) return;
  const around = times[plot.cursor.idx ?? -1] ?? max;
  const least = ((last - first) / Math.max(1, times.length - 1)) * LEAST_STEPS;
  const length = Math.max((max - min) * factor, least);
  if (length >= last - first) return showAll(syncKey);
  const from = Math.min(Math.max(around - ((around - min) / (max - min)) * length, first), last - length);
  for (const each of uPlot.sync(syncKey).plots) each.setScale('x', { min: from, max: from + length });
}
