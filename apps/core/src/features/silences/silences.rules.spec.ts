import { describe, expect, it } from '@jest/globals';
import type { SilenceTime } from '@bailiwick/contract';
import { changesAt, covers, isOver, keptTime, phaseAt } from './silences.rules.js';
import { momentOf, shownAt } from './zoned-time.rules.js';

const at = (text: string): number => Date.parse(text);
const iso = (epochMs: number | null): string | null => (epochMs === null ? null : new Date(epochMs).toISOString());
const phase = (time: SilenceTime, now: string) => {
  const { activeUntil, nextFrom } = phaseAt(time, at(now));
  return [iso(activeUntil), iso(nextFrom)];
};

describe('the clocks of a place', () => {
  it('are read and set', () => {
    expect(iso(shownAt(at('2026-07-01T12:00:00Z'), 'Europe/Berlin'))).toBe('2026-07-01T14:00:00.000Z');
    expect(iso(momentOf(at('2026-07-01T14:00:00Z'), 'Europe/Berlin'))).toBe('2026-07-01T12:00:00.000Z');
    expect(iso(momentOf(at('2026-01-01T05:30:00Z'), 'Asia/Kolkata'))).toBe('2026-01-01T00:00:00.000Z');
    expect(iso(momentOf(at('2026-01-01T13:00:00Z'), 'Pacific/Auckland'))).toBe('2026-01-01T00:00:00.000Z');
  });

  it('show no half past two on the night they are set forward, and two of them on the night they are set back', () => {
    expect(iso(momentOf(at('2026-03-29T02:30:00Z'), 'Europe/Berlin'))).toBe('2026-03-29T01:30:00.000Z');
    expect(iso(momentOf(at('2026-10-25T02:30:00Z'), 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(momentOf(at('2026-03-08T02:30:00Z'), 'America/New_York'))).toBe('2026-03-08T07:30:00.000Z');
    expect(iso(momentOf(at('2026-11-01T01:30:00Z'), 'America/New_York'))).toBe('2026-11-01T05:30:00.000Z');
  });
});

describe('a silence of once', () => {
  const once = { kind: 'once', from: '2026-01-01T10:00:00.000Z', until: '2026-01-01T12:00:00.000Z' } as const;

  it('begins, ends, and is over', () => {
    expect(phase(once, '2026-01-01T09:59:59Z')).toEqual([null, once.from]);
    expect(phase(once, '2026-01-01T10:00:00Z')).toEqual([once.until, null]);
    expect(phase(once, '2026-01-01T11:59:59Z')).toEqual([once.until, null]);
    expect(isOver(phaseAt(once, at(once.until)))).toBe(true);
    expect(changesAt(phaseAt(once, at('2026-01-01T09:00:00Z')))).toBe(at(once.from));
  });

  it('is kept as it was meant, or told what is wrong with it', () => {
    const now = at('2026-01-01T11:00:00Z');
    expect(keptTime({ kind: 'for', durationMs: 3_600_000 }, now)).toEqual({
      kept: { kind: 'once', from: '2026-01-01T11:00:00.000Z', until: '2026-01-01T12:00:00.000Z' },
    });
    expect(keptTime(once, now)).toEqual({ kept: once });
    const wrong = (change: object) => keptTime({ ...once, ...change }, now);
    expect(wrong({ until: once.from })).toMatchObject({ path: 'time.until' });
    expect(wrong({ from: '2025-01-01T10:00:00.000Z', until: '2026-01-01T10:30:00.000Z' })).toMatchObject({ path: 'time.until' }); // prettier-ignore
    expect(wrong({ until: '2026-03-01T10:00:00.000Z' })).toMatchObject({ path: 'time.until' });
    expect(wrong({ from: '2028-01-01T10:00:00.000Z', until: '2028-01-01T12:00:00.000Z' })).toMatchObject({ path: 'time.from' }); // prettier-ignore
  });
});

describe('a silence of every week', () => {
  const weekly = (change: Partial<Extract<SilenceTime, { kind: 'weekly' }>> = {}): SilenceTime => ({
    kind: 'weekly',
    days: [7],
    at: '02:30',
    minutes: 60,
    timeZone: 'Europe/Berlin',
    ...change,
  });

  it('comes back by the clock of its place, in winter and in summer', () => {
    expect(phase(weekly(), '2026-01-04T01:29:00Z')).toEqual([null, '2026-01-04T01:30:00.000Z']);
    expect(phase(weekly(), '2026-01-04T01:30:00Z')).toEqual(['2026-01-04T02:30:00.000Z', '2026-01-11T01:30:00.000Z']);
    expect(phase(weekly(), '2026-01-04T02:30:00Z')).toEqual([null, '2026-01-11T01:30:00.000Z']);
    expect(phase(weekly(), '2026-07-01T00:00:00Z')).toEqual([null, '2026-07-05T00:30:00.000Z']);
  });

  it('happens once, for as long as it was meant, on the nights clocks are set', () => {
    expect(phase(weekly(), '2026-03-29T01:45:00Z')).toEqual(['2026-03-29T02:30:00.000Z', '2026-04-05T00:30:00.000Z']);
    expect(phase(weekly(), '2026-03-29T00:45:00Z')).toEqual([null, '2026-03-29T01:30:00.000Z']);
    expect(phase(weekly(), '2026-10-25T01:00:00Z')).toEqual(['2026-10-25T01:30:00.000Z', '2026-11-01T01:30:00.000Z']);
    expect(phase(weekly(), '2026-10-25T01:31:00Z')).toEqual([null, '2026-11-01T01:30:00.000Z']);
  });

  it('reaches over midnight, and over the end of the week', () => {
    const late = weekly({ at: '23:00', minutes: 180, timeZone: 'UTC' });
    expect(phase(late, '2026-01-05T01:59:00Z')).toEqual(['2026-01-05T02:00:00.000Z', '2026-01-11T23:00:00.000Z']);
    const far = weekly({ days: [1], at: '00:30', minutes: 30, timeZone: 'Pacific/Auckland' });
    expect(phase(far, '2026-01-04T11:45:00Z')).toEqual(['2026-01-04T12:00:00.000Z', '2026-01-11T11:30:00.000Z']);
  });

  it('of every day is there all the time where it lasts a day, and is never over', () => {
    const always = weekly({ days: [1, 2, 3, 4, 5, 6, 7], minutes: 1440, timeZone: 'UTC' });
    for (const now of ['2026-01-01T00:00:00Z', '2026-01-01T02:30:00Z', '2026-01-02T02:29:59Z'])
      expect(phaseAt(always, at(now)).activeUntil).not.toBeNull();
    expect(isOver(phaseAt(weekly(), at('2036-01-01T00:00:00Z')))).toBe(false);
  });
});

describe('what a silence covers', () => {
  const place = { rule: 'container_oom', within: new Set(['ten_a', 'env_a', 'prj_a', 'ct_a']) } as const;
  const scope = (kind: 'project' | 'container', id: string) => ({ kind, id }) as never;

  it('is its rule, where it names one, and what is in its scope', () => {
    expect(covers({ rule: null, scope: null }, place)).toBe(true);
    expect(covers({ rule: 'container_oom', scope: null }, place)).toBe(true);
    expect(covers({ rule: 'container_stopped', scope: null }, place)).toBe(false);
    expect(covers({ rule: null, scope: scope('project', 'prj_a') }, place)).toBe(true);
    expect(covers({ rule: null, scope: scope('container', 'ct_b') }, place)).toBe(false);
  });

  it('is never that somebody asks for access, unless it says so', () => {
    const asking = { rule: 'access_requested', within: new Set(['ten_a']) } as const;
    expect(covers({ rule: null, scope: null }, asking)).toBe(false);
    expect(covers({ rule: 'access_requested', scope: null }, asking)).toBe(true);
  });
});
