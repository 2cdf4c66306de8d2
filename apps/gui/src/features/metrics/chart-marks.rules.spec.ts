import { describe, expect, it } from '@jest/globals';
import type { Alert, ConfigurationVersion, ContainerEnd, Operation } from '@bailiwick/contract';
import { hostMarksOf, marksIn, marksOf, restartsSince } from './chart-marks.rules.ts';

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

describe('what happened to a host', () => {
  const outage = (from: number, to: number | null, more: Partial<Alert> = {}) =>
    ({ rule: 'environment_offline', openedAt: at(from), closedAt: to === null ? null : at(to), end: to === null ? null : 'recovered', ...more }) as Alert; // prettier-ignore
  const work = (to: number | null, state: Operation['state']) =>
    ({ name: 'containers.deploy', target: { containerId: null, label: 'shop' }, state, finishedAt: to === null ? null : at(to) }) as Operation; // prettier-ignore

  it('is that its engine was lost and came back, and what was done there', () => {
    const marks = hostMarksOf([outage(10, 20), outage(40, null)], [work(30, 'done'), work(35, 'failed')]);
    expect(marks.map(({ kind }) => kind)).toEqual(['lost', 'back', 'worked', 'workFailed', 'lost']);
    expect(marks[2]?.operation).toMatchObject({ name: 'containers.deploy', target: { label: 'shop' } });
  });

  it('is not what never came to anything, nor an alert of something else or that ended otherwise', () => {
    expect(hostMarksOf([outage(1, 2, { rule: 'host_cpu' })], [work(3, 'cancelled'), work(null, 'running')])).toEqual(
      [],
    );
    expect(hostMarksOf([outage(1, 2, { end: 'off' })], []).map(({ kind }) => kind)).toEqual(['lost']);
  });
});
