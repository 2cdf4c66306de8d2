import { describe, expect, it } from '@jest/globals';
import type { ConfigurationVersion, ContainerEnd } from '@bailiwick/contract';
import { marksIn, marksOf, restartsSince } from './chart-marks.rules.ts';

const at = (minutes: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000).toISOString();
const anEnd = (from: number, to: number, more: Partial<ContainerEnd> = {}): ContainerEnd => ({
  endedAt: at(to),
  startedAt: at(from),
  exitCode: 3,
  oomKilled: false,
  asked: null,
  operationId: null,
  ...more,
});
const by = { id: 'usr_aaaaaaaaaaaaaaaa' as const, displayName: 'Ada' };
const version = (minutes: number, why: ConfigurationVersion['why']): ConfigurationVersion => ({ number: 1, madeAt: at(minutes), madeBy: 'Ada', why, current: true }); // prettier-ignore

describe('what happened to a container', () => {
  it('is marked by what it was, in its order', () => {
    const ends = [
      anEnd(40, 50, { asked: { action: 'restart', by } }),
      anEnd(30, 40, { oomKilled: true, exitCode: 137 }),
      anEnd(20, 30),
      anEnd(10, 20, { exitCode: 0 }),
      anEnd(0, 10, { asked: { action: 'kill', by } }),
    ];
    const kinds = marksOf(ends, [version(0, 'deployed'), version(55, 'reverted')]).map(({ kind }) => kind);
    expect(kinds).toEqual(['deployed', 'stopped', 'ended', 'crashed', 'outOfMemory', 'restarted', 'changed']);
  });

  it('is marked once where an operation did it', () =>
    expect(marksOf([anEnd(0, 10, { operationId: 'op_aaaaaaaaaaaaaaaa' })], [version(10, 'changed')])).toHaveLength(1));

  it('is found by its moment', () => {
    const marks = marksOf([anEnd(0, 10), anEnd(10, 20)], []);
    expect(marksIn(marks, Date.parse(at(10)), Date.parse(at(20)))).toHaveLength(1);
  });
});

it('began again as often as a run came after an end', () => {
  const ends = [anEnd(20, 30), anEnd(10, 20), anEnd(0, 10)];
  expect(restartsSince(ends, at(30), 0)).toBe(3);
  expect(restartsSince(ends, at(20), 0)).toBe(2);
  expect(restartsSince(ends, null, Date.parse(at(15)))).toBe(1);
  expect(restartsSince([], at(0), 0)).toBe(0);
});
