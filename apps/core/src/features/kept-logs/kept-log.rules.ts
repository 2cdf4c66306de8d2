import { LogFrameRow, type LogLine, type SearchLogs } from '@bailiwick/contract';
import { findPosition, type LogPosition } from '../logs/logs.rules.js';

export type LineRow = Extract<LogFrameRow, { type: 'line' }>;

export interface Range {
  readonly sinceNs: bigint | null;
  readonly untilNs: bigint | null;
}

/** What was torn is left out. */
export function toRows(text: string): LogFrameRow[] {
  return text.split('\n').flatMap((row) => {
    if (row === '') return [];
    try {
      return LogFrameRow.safeParse(JSON.parse(row)).data ?? [];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return [];
    }
  });
}

const atNsOf = (row: LogFrameRow): bigint | undefined =>
  row.type === 'line' ? findPosition(row.cursor)?.atNs : undefined;

export const isIn = (row: LineRow, { sinceNs, untilNs }: Range): boolean => {
  const atNs = atNsOf(row) ?? 0n;
  return (sinceNs === null || atNs >= sinceNs) && (untilNs === null || atNs <= untilNs);
};

/** The rows of a piece before a line; undefined where the piece does not hold it. */
export function rowsBefore(rows: readonly LogFrameRow[], before: LogPosition): LogFrameRow[] | undefined {
  const at = rows.findLastIndex((row) => row.type === 'line' && row.cursor === before.text);
  return at < 0 ? undefined : rows.slice(0, at);
}

/** Where the line itself is not kept, its moment says what stood before it. */
export function rowsEarlier(rows: readonly LogFrameRow[], { atNs }: LogPosition): LogFrameRow[] {
  const last = rows.findLastIndex((row) => {
    const rowNs = atNsOf(row);
    return rowNs !== undefined && rowNs < atNs;
  });
  return rows.slice(0, last + 1);
}

export const toLine = ({ cursor, at, stream, text }: LineRow): LogLine => ({ cursor, at, stream, text });

export const isOfStream = (row: LogFrameRow, stream: SearchLogs['stream']): boolean =>
  row.type !== 'line' || stream === undefined || row.stream === stream;
