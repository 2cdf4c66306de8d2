import type { TerminalSize } from '@bailiwick/contract';

export interface CastEvent {
  atMs: number;
  /** Output, or a new size. */
  kind: 'o' | 'r';
  data: string;
}
/** A recording of a terminal, as it is played. */
export interface Cast {
  size: TerminalSize;
  events: CastEvent[];
  lengthMs: number;
}

/** Reads an asciicast of version 2. A line that cannot be read is left out: the last may have been cut off. */
export function readCast(text: string): Cast | null {
  const [first = '', ...lines] = text.split('\n');
  const header = readLine(first);
  if (typeof header !== 'object' || header === null || !('version' in header) || header.version !== 2) return null;
  const { width, height } = { width: 80, height: 24, ...header };
  const events = lines.map(readLine).flatMap(toEvent);
  return {
    size: { columns: within(width), rows: within(height) },
    events,
    lengthMs: events.at(-1)?.atMs ?? 0,
  };
}

export function readSize(data: string): TerminalSize | null {
  const [, columns, rows] = /^(\d{1,3})x(\d{1,3})$/.exec(data) ?? [];
  return columns === undefined || rows === undefined ? null : { columns: within(Number(columns)), rows: within(Number(rows)) }; // prettier-ignore
}

function toEvent(line: unknown): CastEvent[] {
  if (!Array.isArray(line)) return [];
  const values: unknown[] = line;
  const [at, kind, data] = values;
  if (typeof at !== 'number' || (kind !== 'o' && kind !== 'r') || typeof data !== 'string') return [];
  return [{ atMs: at * 1000, kind, data }];
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const within = (cells: unknown): number => (typeof cells === 'number' ? Math.min(500, Math.max(1, Math.floor(cells))) : 80); // prettier-ignore
