'use client';

import { useSyncExternalStore } from 'react';

export interface TerminalPreferences {
  fontSize: number;
  screenReader: boolean;
}

const STORED = 'bw_terminal';
export const SMALLEST = 10;
export const LARGEST = 24;
const DEFAULT: TerminalPreferences = { fontSize: 13, screenReader: false };
const listeners = new Set<() => void>();
let current: TerminalPreferences | null = null;

/** How this browser shows terminals. */
export function useTerminalPreferences(): [TerminalPreferences, (change: Partial<TerminalPreferences>) => void] {
  const preferences = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (current ??= read()),
    () => DEFAULT,
  );
  return [preferences, change];
}

function change(part: Partial<TerminalPreferences>): void {
  current = { ...(current ?? read()), ...part };
  localStorage.setItem(STORED, [current.fontSize, current.screenReader ? 'read' : 'drawn'].join('.'));
  for (const listener of [...listeners]) listener();
}

function read(): TerminalPreferences {
  const [size, reader] = (localStorage.getItem(STORED) ?? '').split('.');
  const fontSize = Number(size);
  return {
    fontSize: fontSize >= SMALLEST && fontSize <= LARGEST ? fontSize : DEFAULT.fontSize,
    screenReader: reader === 'read',
  };
}
