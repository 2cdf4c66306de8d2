import { describe, expect, it } from '@jest/globals';
import { toMoment } from './log-moment.rules.ts';

const now = new Date(2026, 10, 29, 12, 30, 0).getTime();
const local = (...parts: [number, number, number, number, number, number]) => new Date(...parts).toISOString();

describe('a moment as it is typed', () => {
  it.each([
    ['-2h', local(2026, 10, 29, 10, 30, 0)],
    ['- 90 s', local(2026, 10, 29, 12, 28, 30)],
    ['9:05', local(2026, 10, 29, 9, 5, 0)],
    ['14:05', local(2026, 10, 28, 14, 5, 0)],
    ['Yesterday 9:00', local(2026, 10, 28, 9, 0, 0)],
    ['today 09:00:07', local(2026, 10, 29, 9, 0, 7)],
    ['2026-11-12 08:01', local(2026, 10, 12, 8, 1, 0)],
    ['2026-11-12', local(2026, 10, 12, 0, 0, 0)],
    ['2026-11-12T08:01:02.5Z', '2026-11-12T08:01:02.500Z'],
    ['2026-11-12T08:01:02+02:00', '2026-11-12T06:01:02.000Z'],
  ])('%s', (typed, moment) => {
    expect(toMoment(typed, now)?.toISOString()).toBe(moment);
  });

  it.each(['', 'soon', '25:00', '12:60', '2026-13-01', '-2w', '1', '2026-11-12T', 'yesterday'])(
    '%j is none',
    (typed) => {
      expect(toMoment(typed, now)).toBeNull();
    },
  );
});
