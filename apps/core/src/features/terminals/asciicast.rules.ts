import type { TerminalSize } from '@bailiwick/contract';

/** The first line of an asciicast, version 2. */
export const castHeader = (size: TerminalSize, startedAtMs: number, title: string): string =>
  `${JSON.stringify({ version: 2, width: size.columns, height: size.rows, timestamp: Math.floor(startedAtMs / 1000), title })}\n`; // prettier-ignore

/** Output, or a new size. Times are seconds since the beginning. */
export const castEvent = (afterMs: number, kind: 'o' | 'r', data: string): string =>
  `${JSON.stringify([Math.max(0, afterMs) / 1000, kind, data])}\n`;

export const castSize = ({ columns, rows }: TerminalSize): string => `${columns}x${rows}`;
