'use client';

import { preferences } from '../../lib/preferences.ts';

export interface LogPreferences {
  wrap: boolean;
  time: 'off' | 'local' | 'utc';
}

const TIMES: readonly LogPreferences['time'][] = ['off', 'local', 'utc'];
const DEFAULT: LogPreferences = { wrap: false, time: 'local' };
const NARROW: LogPreferences = { wrap: true, time: 'off' };

/** How this browser shows logs; small screens wrap until somebody says otherwise. */
export const useLogPreferences = preferences<LogPreferences>({
  name: 'bw_logs',
  initial: DEFAULT,
  read: (text) => {
    if (text === null) return matchMedia('(max-width: 767px)').matches ? NARROW : DEFAULT;
    const [wrap, time] = text.split('.');
    return { wrap: wrap === 'wrap', time: TIMES.find((each) => each === time) ?? DEFAULT.time };
  },
  write: ({ wrap, time }) => [wrap ? 'wrap' : 'cut', time].join('.'),
});
