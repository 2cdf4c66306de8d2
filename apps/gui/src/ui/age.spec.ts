import { describe, expect, it } from '@jest/globals';
import { formatAgo, formatSpan } from './age.ts';

describe('ages for people', () => {
  it.each([
    [0, '0 sec. ago'],
    [59_000, '59 sec. ago'],
    [60_000, '1 min. ago'],
    [3 * 3_600_000, '3 hr. ago'],
    [2 * 86_400_000, '2 days ago'],
  ])('writes an age of %d ms as %s', (age, text) => {
    expect(formatAgo(1_000_000, 1_000_000 + age, 'en')).toBe(text);
  });

  it('never speaks of the future, however the clocks differ', () => {
    expect(formatSpan(2_000, 1_000, 'en')).toBe('0 sec');
  });
});
