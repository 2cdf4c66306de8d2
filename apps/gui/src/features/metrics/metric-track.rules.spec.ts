import { describe, expect, it } from '@jest/globals';
import { addSample, type History, rowsOf, timesOf } from './metric-track.rules.ts';

const aHistory = (avg: Array<number | null>, stepMs = 10_000): History<'cpus'> => ({
  from: '2026-01-01T00:00:00.000Z',
  stepMs,
  series: { cpus: { min: [...avg], avg: [...avg], max: [...avg] } },
});
const at = (seconds: number, cpus: number | null) => ({ at: new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000).toISOString(), cpus }); // prettier-ignore

describe('what was measured', () => {
  it('goes into the last step while it lasts', () => {
    const first = addSample(aHistory([1, 1, null]), at(21, 2), 0);
    const second = addSample(first.history, at(25, 4), first.samples);
    expect(second.history.series.cpus).toEqual({ min: [1, 1, 2], avg: [1, 1, 3], max: [1, 1, 4] });
    expect(second.samples).toBe(2);
  });

  it('begins a new step after it, and the oldest goes', () => {
    const { history, samples } = addSample(aHistory([1, 2, 3]), at(35, 9), 7);
    expect(history.series.cpus.avg).toEqual([2, 3, 9]);
    expect(history.from).toBe('2026-01-01T00:00:10.000Z');
    expect(samples).toBe(1);
  });

  it('leaves a gap for the time nobody listened', () => {
    const { history } = addSample(aHistory([1, 2, 3]), at(49, 9), 0);
    expect(history.series.cpus.avg).toEqual([3, null, 9]);
    expect(addSample(aHistory([1, 2, 3]), at(900, 9), 0).history.series.cpus.avg).toEqual([null, null, 9]);
  });

  it('of a moment that is over already changes nothing', () => {
    const history = aHistory([1, 2, 3]);
    expect(addSample(history, at(15, 9), 0).history).toBe(history);
  });

  it('that nothing counts moves time on and says nothing', () => {
    expect(addSample(aHistory([1, 2, 3]), at(35, null), 0).history.series.cpus.avg).toEqual([2, 3, null]);
  });
});

it('is none until it is read again where it is not told live, and what was read stays', () => {
  const column = { min: [0, 2], avg: [0, 2], max: [0, 2] };
  const history = { from: '2026-01-01T00:00:00.000Z', stepMs: 10_000, series: { restarts: column } };
  expect(addSample<'restarts'>(history, at(15, null), 0).history.series.restarts.avg).toEqual([0, 2]);
  expect(addSample<'restarts'>(history, at(25, null), 0).history.series.restarts.avg).toEqual([2, 0]);
});

it('says when each step begins', () => {
  expect(timesOf(aHistory([]), 3)).toEqual([1_767_225_600, 1_767_225_610, 1_767_225_620]);
});

it('makes a table that is short, newest first, without what was not measured', () => {
  const rows = rowsOf(aHistory([1, null, 3, 4, 5, 6]), ['cpus'], 3);
  expect(rows.map(({ values }) => values[0])).toEqual([6, 4, 1]);
});
