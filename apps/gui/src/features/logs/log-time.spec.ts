import { describe, expect, it } from '@jest/globals';
import { timeText } from './log-time.ts';

const AT = '2026-01-01T10:00:00.123456789Z';
const against = (nowAt: string, before: string | null = null) => ({ nowMs: Date.parse(nowAt), before });

describe('the time of a line', () => {
  it('is that of the day in UTC, or none', () => {
    expect(timeText(AT, 'utc')).toBe('2026-01-01 10:00:00.123Z');
    expect(timeText(AT, 'off')).toBe('');
  });

  it('is how long ago it was, in its largest unit', () => {
    const ago = (nowAt: string) => timeText(AT, 'ago', against(nowAt)).trim();
    expect(ago('2026-01-01T10:00:00Z')).toBe('-0s');
    expect(ago('2026-01-01T10:00:59.2Z')).toBe('-59s');
    expect(ago('2026-01-01T10:59:00Z')).toBe('-58m');
    expect(ago('2026-01-03T12:00:00Z')).toBe('-2d');
  });

  it('is how long after the line before it came', () => {
    const delta = (before: string | null) => timeText(AT, 'delta', against(AT, before)).trim();
    expect(delta('2026-01-01T09:59:59.100Z')).toBe('+1.023s');
    expect(delta('2026-01-01T10:00:00.200Z')).toBe('-0.077s');
    expect(delta(null)).toBe('');
  });
});
