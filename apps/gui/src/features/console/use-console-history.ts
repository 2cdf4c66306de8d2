'use client';

import { useState } from 'react';
import type { ContainerId } from '@bailiwick/contract';
import { readBook, remember } from './console-history.rules.ts';

const STORED = 'bw_console';

export interface ConsoleHistory {
  /** The line before or after the one that is shown; null where there is none. */
  step: (direction: -1 | 1, typed: string) => string | null;
  add: (line: string) => void;
}

/** What was typed to this container in this browser. */
export function useConsoleHistory(id: ContainerId): ConsoleHistory {
  /** How far back, and what was being typed before. */
  const [place, setPlace] = useState({ back: 0, typed: '' });
  return {
    step: (direction, typed) => {
      const lines = readBook(localStorage.getItem(STORED))[id] ?? [];
      const back = place.back - direction;
      if (back < 0 || back > lines.length) return null;
      const draft = place.back === 0 ? typed : place.typed;
      setPlace({ back, typed: draft });
      return back === 0 ? draft : (lines[lines.length - back] ?? null);
    },
    add: (line) => {
      setPlace({ back: 0, typed: '' });
      localStorage.setItem(STORED, JSON.stringify(remember(readBook(localStorage.getItem(STORED)), id, line)));
    },
  };
}
