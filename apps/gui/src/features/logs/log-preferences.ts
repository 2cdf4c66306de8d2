'use client';

import { useSyncExternalStore } from 'react';

export interface LogPreferences {
  wrap: boolean;
  time: 'off' | 'local' | 'utc';
}

const STORED = 'bw_logs';
const TIMES: readonly LogPreferences['time'][] = ['off', 'local', 'utc'];
const DEFAULT: LogPreferences = { wrap: false, time: 'local' };
const NARROW: LogPreferences = { wrap: true, time: 'off' };
const listeners = new Set<() => void>();
let current: LogPreferences | null = null;

/** How this browser shows logs; small screens wrap until somebody says otherwise. */
export function useLogPreferences(): [LogPreferences, (change: Partial<LogPreferences>) => void] {
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

function change(part: Partial<LogPreferences>): void {
  current = { ...(current ?? read()), ...part };
  localStorage.setItem(STORED, [current.wrap ? 'wrap' : 'cut', current.time].join('.'));
  for (const listener of [...listeners]) listener();
}

function read(): LogPreferences {
  const stored = localStorage.getItem(STORED);
  if (stored === null) return matchMedia('(max-width: 767px)').matches ? NARROW : DEFAULT;
  const [wrap, time] = stored.split('.');
  return { wrap: wrap === 'wrap', time: TIMES.find((each) => each === time) ?? DEFAULT.time };
}
