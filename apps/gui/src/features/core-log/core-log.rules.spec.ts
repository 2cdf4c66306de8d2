import { describe, expect, it } from '@jest/globals';
import type { CoreLogEntry } from '@bailiwick/contract';
import { afterMessage, MOST_ENTRIES } from './core-log.rules.ts';

const entry = (timestamp: number): CoreLogEntry => ({
  timestamp,
  iso: new Date(timestamp).toISOString(),
  level: 'info',
  logger: 'test',
  message: `entry ${timestamp}`,
});
const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => entry(from + at));

describe('the log of the core on a page', () => {
  it('takes a history that tells again what is known, once', () => {
    expect(afterMessage(entries(1, 10), { type: 'history', data: entries(8, 12) })).toEqual(entries(1, 12));
  });

  it('takes a history that has nothing to do with what is known, and one of nothing', () => {
    expect(afterMessage(entries(1, 2), { type: 'history', data: entries(8, 9) })).toEqual([
      ...entries(1, 2),
      ...entries(8, 9),
    ]);
    expect(afterMessage(entries(1, 2), { type: 'history', data: [] })).toEqual(entries(1, 2));
  });

  it('adds what comes, and keeps the newest', () => {
    const many = afterMessage(entries(1, MOST_ENTRIES), {
      type: 'entries',
      data: entries(MOST_ENTRIES + 1, MOST_ENTRIES + 3),
    });
    expect(many).toEqual(entries(4, MOST_ENTRIES + 3));
  });
});
