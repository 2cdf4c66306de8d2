import { describe, expect, it } from '@jest/globals';
import { addTo, type Growing, type Slot, TIERS, toColumns, toSlot } from './tiers.rules.js';
import type { Sample } from './usage.rules.js';

const TEN = TIERS[1];
const sample = (fromS: number, toS: number, cpus: number | null): Sample<'cpus'> => ({
  fromMs: fromS * 1000,
  toMs: toS * 1000,
  values: { cpus },
});

/** One after the other, as they come; what is over and what is not. */
function run(samples: ReadonlyArray<Sample<'cpus'>>): Slot[] {
  const all: Slot[] = [];
  let growing: Growing | undefined;
  for (const each of samples) {
    const added = addTo(growing, each, ['cpus'], TEN);
    all.push(...added.over);
    ({ growing } = added);
  }
  return growing ? [...all, toSlot(growing)] : all;
}

describe('a step', () => {
  it('has the least, the mean and the most of what was in it', () => {
    const slots = run([sample(0, 1, 1), sample(1, 2, 4), sample(2, 4, 2), sample(4, 11, 0)]);
    expect(slots[0]).toEqual({ step: 0, min: [0], avg: [(1 + 4 + 4 + 0) / 10], max: [4] });
  });

  it('is filled also where samples are further apart than it is long', () => {
    const slots = run([sample(0, 15, 3), sample(15, 30, 6)]);
    expect(slots.slice(0, 3).map(({ step, avg }) => [step, avg[0]])).toEqual([
      [0, 3],
      [1, 4.5],
      [2, 6],
    ]);
  });

  it('is a gap where nothing was measured, and one measure is where only that was not counted', () => {
    const slots = run([sample(0, 10, 1), sample(40, 50, null), sample(50, 60, 2)]);
    const { cpus } = toColumns(slots, ['cpus'], { firstStep: 0, steps: 6 });
    expect(cpus.avg).toEqual([1, null, null, null, null, 2]);
  });

  it('of long ago is not written, however late a sample comes', () => {
    const slots = run([sample(0, 10, 1), sample(10, 100_000, 2)]);
    expect(slots.length).toBeLessThanOrEqual(TEN.slots + 2);
    expect(slots.at(-2)?.avg).toEqual([2]);
  });
});

describe('what is counted', () => {
  const measures = ['cpus', 'restarts'] as const;
  const used = (fromS: number, toS: number) => ({ fromMs: fromS * 1000, toMs: toS * 1000, values: { cpus: 1, restarts: 0 } }); // prettier-ignore
  const one = (atS: number) => ({ fromMs: atS * 1000, toMs: atS * 1000, values: { cpus: null, restarts: 1 } });
  const restartsOf = (samples: ReadonlyArray<Sample<'cpus' | 'restarts'>>) => {
    const all: Slot[] = [];
    let growing: Growing | undefined;
    for (const each of samples) {
      const added = addTo(growing, each, measures, TEN);
      all.push(...added.over);
      ({ growing } = added);
    }
    return [...all, ...(growing ? [toSlot(growing)] : [])].map(({ step, avg }) => [step, avg[1]]);
  };

  it('adds up in its step, and is none where only the rest was measured', () =>
    expect(restartsOf([used(0, 5), one(6), used(5, 8), one(9), used(8, 15), used(15, 30)])).toEqual([
      [0, 2],
      [1, 0],
      [2, 0],
      [3, 0],
    ]));

  it('is told also of what never ran long enough to be measured', () =>
    expect(restartsOf([one(1), one(4), one(20)])).toEqual([
      [0, 2],
      [2, 1],
    ]));

  it('is not lost where it is heard late', () => expect(restartsOf([used(0, 15), one(9)])).toEqual([[0, 0], [1, 1]])); // prettier-ignore
});

describe('columns', () => {
  it('leave out what is before and after them', () => {
    const slots = [3, 4, 5, 6].map((step) => ({ step, min: [step], avg: [step], max: [step] }));
    expect(toColumns(slots, ['cpus'], { firstStep: 4, steps: 2 }).cpus).toEqual({ min: [4, 5], avg: [4, 5], max: [4, 5] }); // prettier-ignore
  });
});
