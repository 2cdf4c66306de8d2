import type { Level } from '@bailiwick/contract/log-levels';
import type { Span } from './log-view.ts';

/** How many pieces the shown rows, and their time, are cut into. */
export const RAIL_PIECES = 120;
export const BARS = 60;

export type Grave = 'none' | 'warn' | 'error';

export interface Bar {
  all: number;
  warn: number;
  error: number;
}

/** Where the shown rows are grave, and when they were written. */
export interface LogProfile {
  /** Of each piece of the rows, from the oldest on, the worst. */
  rail: Grave[];
  fromMs: number;
  stepMs: number;
  /** Of each piece of their time. */
  bars: Bar[];
}

export interface ProfiledRow {
  level: Level | null;
  /** 0 where it tells no time. */
  atMs: number;
}

const graveOf = (level: Level | null): Grave =>
  level === 'fatal' || level === 'error' ? 'error' : level === 'warn' ? 'warn' : 'none';

/** The time from one bar to another, whichever is first. */
export function spanOf({ fromMs, stepMs }: LogProfile, one: number, other: number): Span {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return {
    from: new Date(Math.ceil(fromMs + first * stepMs)).toISOString(),
    to: new Date(Math.ceil(fromMs + (last + 1) * stepMs) - 1).toISOString(),
  };
}

/** Where in a strip of bars a pointer is. */
export const barAt = (part: number): number => Math.min(BARS - 1, Math.max(0, Math.floor(part * BARS)));

/** Some rows stand for several lines: `linesAt` tells for how many. */
export function profileOf(
  count: number,
  rowAt: (index: number) => ProfiledRow,
  linesAt: (index: number) => number = () => 1,
): LogProfile {
  const rail = Array.from({ length: RAIL_PIECES }, (): Grave => 'none');
  const bars = Array.from({ length: BARS }, (): Bar => ({ all: 0, warn: 0, error: 0 }));
  let [fromMs, toMs] = [Infinity, 0];
  for (let index = 0; index < count; index += 1) {
    const { atMs, level } = rowAt(index);
    if (level === null || atMs === 0) continue;
    if (atMs < fromMs) fromMs = atMs;
    if (atMs > toMs) toMs = atMs;
  }
  if (toMs === 0) return { rail, fromMs: 0, stepMs: 0, bars };
  const stepMs = Math.max(1, (toMs - fromMs + 1) / BARS);
  for (let index = 0; index < count; index += 1) {
    const { atMs, level } = rowAt(index);
    if (level === null) continue;
    const grave = graveOf(level);
    const piece = Math.floor((index / count) * RAIL_PIECES);
    if (grave === 'error' || (grave === 'warn' && rail[piece] === 'none')) rail[piece] = grave;
    const bar = bars[Math.floor((atMs - fromMs) / stepMs)];
    if (!bar) continue;
    const lines = linesAt(index);
    bar.all += lines;
    if (grave !== 'none') bar[grave] += lines;
  }
  return { rail, fromMs, stepMs, bars };
}
