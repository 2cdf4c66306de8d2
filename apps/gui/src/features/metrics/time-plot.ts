import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

const AXIS_GAP = 6;
const MS = 1000;
const BYTE_STEPS = Array.from({ length: 45 }, (_, power) => 2 ** power);
const DAY_S = 86_400;
const BAND_OPACITY = '33';

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
  onCursor: (index: number | null) => void;
  syncKey: string;
}

/** Colours of the theme as it is now: they are asked for again whenever something is drawn. */
function themed(host: HTMLElement, name: string, opacity = ''): string {
  return `${getComputedStyle(host).getPropertyValue(name).trim()}${opacity}`;
}

/** A chart of time: it draws what it is given, and says where the pointer is. */
export function makePlot(host: HTMLElement, data: uPlot.AlignedData, options: PlotOptions): uPlot {
  const { lines, hasBand, format, formatTime, least, isBytes, limit, onCursor, syncKey } = options;
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
      cursor: { sync: { key: syncKey }, drag: { x: false, y: false }, points: { size: 6 } },
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
        draw: [(plot) => drawLimit(plot, limit, themed(host, '--fg-3'))],
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
