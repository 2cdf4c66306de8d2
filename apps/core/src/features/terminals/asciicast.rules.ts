import type { TerminalSize } from '@bailiwick/contract';

/** The first line of an asciicast, version 2. */
export const castHeader = (size: TerminalSize, startedAtMs: number, title: string): string =>
  `${JSON.stringify({ version: 2, width: size.columns, height: size.rows, timestamp: Math.floor(startedAtMs / 1000), title })}\n`; // prettier-ignore

/** Output, or a new size. Times are seconds since the beginning. */
export const castEvent = (afterMs: number, kind: 'o' | 'r', data: string): string =>
  `${JSON.stringify([Math.max(0, afterMs) / 1000, kind, data])}\n`;

export const castSize = ({ columns, rows }: TerminalSize): string => `${columns}x${rows}`;

const SHORTEST = 6;
/** A longer one is taken out piece by piece. */
const LONGEST = 1024;

/** What of the values of variables is not to be read in a recording: each line of them, as a terminal shows lines. */
export function confidencesIn(values: readonly string[]): string[] {
  const lines = values.flatMap((value) => value.split(/[\r\n]+/)).filter(({ length }) => length >= SHORTEST);
  return [...new Set(lines.flatMap(inPieces))];
}

function inPieces(line: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < line.length; at += LONGEST) pieces.push(line.slice(at, at + LONGEST));
  return pieces.filter(({ length }) => length >= SHORTEST);
}
