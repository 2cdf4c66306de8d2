'use client';

import { preferences } from '../../lib/preferences.ts';

export interface TerminalPreferences {
  fontSize: number;
  screenReader: boolean;
}

export const SMALLEST = 10;
export const LARGEST = 24;
const DEFAULT: TerminalPreferences = { fontSize: 13, screenReader: false };

/** How this browser shows terminals. */
export const useTerminalPreferences = preferences<TerminalPreferences>({
  name: 'bw_terminal',
  initial: DEFAULT,
  read: (text) => {
    const [size, reader] = (text ?? '').split('.');
    const fontSize = Number(size);
    return {
      fontSize: fontSize >= SMALLEST && fontSize <= LARGEST ? fontSize : DEFAULT.fontSize,
      screenReader: reader === 'read',
    };
  },
  write: ({ fontSize, screenReader }) => [fontSize, screenReader ? 'read' : 'drawn'].join('.'),
});
