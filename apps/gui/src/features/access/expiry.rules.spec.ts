import { expect, it } from '@jest/globals';
import { endOf, endOfDay, toDay } from './expiry.rules.ts';

const now = new Date(2026, 2, 4, 12, 30);

it('ends in an hour, with the day, in a week, or never', () => {
  expect(endOf('none', now)).toBeNull();
  expect(endOf('hour', now)).toBe(new Date(2026, 2, 4, 13, 30).toISOString());
  expect(endOf('today', now)).toBe(new Date(2026, 2, 4, 23, 59, 59, 999).toISOString());
  expect(endOf('week', now)).toBe(new Date(2026, 2, 11, 12, 30).toISOString());
});

it('ends with a day that is not over, and with no other', () => {
  expect(endOfDay('2026-03-04', now)).toBe(new Date(2026, 2, 4, 23, 59, 59, 999).toISOString());
  expect(endOfDay('2026-03-03', now)).toBeUndefined();
  expect(endOfDay('', now)).toBeUndefined();
  expect(toDay(now)).toBe('2026-03-04');
});
