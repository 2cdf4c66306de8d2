import type { CompactLine } from './json-line.rules.ts';
import type { Level } from '@bailiwick/contract/log-levels';

/** What stands in the viewer: a line the container wrote, or something that happened between two lines. */
export type LogRow = LogLineRow | LogGapRow | LogEventRow;

export interface LogLineRow {
  kind: 'line';
  /** Counts along the loaded log; older lines get smaller numbers. */
  seq: number;
  cursor: string;
  at: string;
  stream: 'stdout' | 'stderr';
  /** Which of the logs of the viewer it is of; missing means the first. */
  source?: number;
  level: Level;
  text: string;
  /** Where the search was found in the words: start and end, one after the other. */
  found?: readonly number[];
  /** What goes on with it, where something does: how many lines, how many of them match, and whether they are shown. */
  fold?: { lines: number; matches: number; isOpen: boolean };
  /** For a line of JSON: how it is read, and where the search was found in that. */
  compact?: CompactLine & { found: readonly number[]; cellsFound: readonly (readonly number[])[] };
}

export interface LogGapRow {
  kind: 'gap';
  seq: number;
  source?: number;
  lines: number | null;
  reason: 'slow_reader' | 'rotated' | 'unknown' | 'dropped_here';
}

export interface LogEventRow {
  kind: 'event';
  seq: number;
  source?: number;
  event:
    'started' | 'stopped' | 'removed' | 'resumed' | 'engine_offline' | 'reconnected' | 'rights_changed' | 'not_found';
  at: string;
  exitCode: number | null;
}

type WithoutSeq<Row> = Row extends unknown ? Omit<Row, 'seq'> : never;
/** A row before it has its place in the store. */
export type NewRow =
  WithoutSeq<Exclude<LogRow, LogLineRow>> | Omit<LogLineRow, 'seq' | 'level' | 'found' | 'compact' | 'fold'>;
