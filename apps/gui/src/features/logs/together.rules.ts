import type { Container, ContainerId, LogFrameRow } from '@bailiwick/contract';
import type { FeedState } from './log-messages.ts';
import type { NewRow } from './log-rows.ts';

/** So many logs stand in one viewer: one connection follows no more. */
export const MOST_SOURCES = 8;

/** One of the logs of a viewer. */
export interface ViewedLog extends Pick<Container, 'id' | 'name' | 'rights'> {
  /** Its container is gone: this is what was kept. */
  kept: boolean;
  rows: LogFrameRow[];
  /** There are older ones. */
  more: boolean;
}

/** The same for the worker. */
export interface ReadSource {
  containerId: ContainerId;
  /** What the panel kept of a container that is gone: nothing follows. */
  kept: boolean;
  rows: NewRow[];
  /** More rows stand before the first one. */
  more: boolean;
}

/** Rows of one log that are known and not shown yet, oldest first, and whether there are older ones. */
export interface Waiting {
  rows: readonly NewRow[];
  more: boolean;
}

export function toRow(row: LogFrameRow, source: number): NewRow {
  const of = source === 0 ? {} : { source };
  switch (row.type) {
    case 'line':
      return { kind: 'line', cursor: row.cursor, at: row.at, stream: row.stream, text: row.text, ...of };
    case 'gap':
      return { kind: 'gap', lines: row.lines, reason: row.reason, ...of };
    case 'event':
      return { kind: 'event', event: row.event, at: row.at, exitCode: row.exitCode, ...of };
  }
}

/** A row and the time at which it stands among those of other logs. */
export interface TimedRow {
  row: NewRow;
  at: string;
}

/** Rows of one log that goes on after `since`. None stands before a line it follows; one without a time goes with that line. */
export function toTimed(rows: readonly NewRow[], since = ''): TimedRow[] {
  let said = since;
  return rows.map((row) => {
    const at = row.kind !== 'gap' && row.at > said ? row.at : said;
    if (row.kind === 'line') said = at;
    return { row, at };
  });
}

/** What stands at the same time stays in its order. */
export const inOrder = <Each extends { at: string }>(rows: readonly Each[]): Each[] =>
  rows.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));

/** Rows of several logs in the order of their times; each log's own order stays. */
export function mergeByTime(logs: ReadonlyArray<readonly NewRow[]>): NewRow[] {
  if (logs.length === 1) return [...(logs[0] ?? [])];
  return inOrder(logs.flatMap((rows) => toTimed(rows))).map(({ row }) => row);
}

/** Where what stood at a place stands after rows were put at others, which are given in their order. */
export const placeAfter = (place: number, put: readonly number[]): number =>
  put.reduce((now, each) => (each <= now ? now + 1 : now), place);

/**
 * What can be shown before the oldest shown row: nothing older of any log may still be to come. The rest waits; a log
 * of which nothing is known although there is more is to be asked first.
 */
export function takeTogether(waiting: readonly Waiting[]): { rows: NewRow[]; waiting: Waiting[] } {
  const floors = waiting.flatMap(({ rows, more }) => (more ? [firstTime(rows)] : []));
  const floor = floors.reduce((latest, each) => (each > latest ? each : latest), '');
  const cuts = waiting.map(({ rows }) => {
    if (floor === '') return 0;
    const at = rows.findIndex((row) => row.kind !== 'gap' && row.at >= floor);
    return at < 0 ? rows.length : at;
  });
  return {
    rows: mergeByTime(waiting.map(({ rows }, index) => rows.slice(cuts[index]))),
    waiting: waiting.map(({ rows, more }, index) => ({ rows: rows.slice(0, cuts[index]), more })),
  };
}

const firstTime = (rows: readonly NewRow[]): string => {
  for (const row of rows) if (row.kind !== 'gap') return row.at;
  return '';
};

/** How several logs are followed, in one word: what is worst of those that still are. */
export function togetherState(states: readonly FeedState[]): FeedState {
  const ended = states.find((each) => each.state === 'ended' && each.reason === 'signed_out');
  if (ended) return ended;
  const open = states.filter(({ state }) => state !== 'ended');
  for (const state of ['reconnecting', 'connecting', 'live', 'refused'] as const) {
    const found = open.find((each) => each.state === state);
    if (found) return found;
  }
  return states.at(-1) ?? { state: 'connecting' };
}
