'use client';

import { preferences } from '../../lib/preferences.ts';

export interface LogPreferences {
  wrap: boolean;
  /** Of the day, how long ago, or since the line before. */
  time: 'off' | 'local' | 'utc' | 'ago' | 'delta';
  /** Shows lines of JSON as what they say. */
  compact: boolean;
  /** Lines that go on with another, as those of a stack trace, stand folded under it. */
  fold: boolean;
  /** New errors are said to a screen reader. */
  speak: boolean;
}

export const TIMES: readonly LogPreferences['time'][] = ['off', 'local', 'utc', 'ago', 'delta'];
const DEFAULT: LogPreferences = { wrap: false, time: 'local', compact: true, fold: true, speak: false };
const NARROW: LogPreferences = { ...DEFAULT, wrap: true, time: 'off' };

/** How this browser shows logs; small screens wrap until somebody says otherwise. */
export const useLogPreferences = preferences<LogPreferences>({
  name: 'bw_logs',
  initial: DEFAULT,
  read: (text) => {
    if (text === null) return matchMedia('(max-width: 767px)').matches ? NARROW : DEFAULT;
    const [wrap, time, json, fold, speak] = text.split('.');
    return {
      wrap: wrap === 'wrap',
      time: TIMES.find((each) => each === time) ?? DEFAULT.time,
      compact: json !== 'raw',
      fold: fold !== 'open',
      speak: speak === 'speak',
    };
  },
  write: ({ wrap, time, compact, fold, speak }) =>
    [wrap ? 'wrap' : 'cut', time, compact ? 'compact' : 'raw', fold ? 'fold' : 'open', speak ? 'speak' : 'quiet'].join(
      '.',
    ),
});
