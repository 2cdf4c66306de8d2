import { describe, expect, it } from '@jest/globals';
import { adviseCpus, adviseMemory, measuredMs } from './advice.rules.js';

const MIB = 1024 * 1024;
const STEP_MS = 600_000;
const DAY = 144;
const measured = (...values: number[]) => ({ values, stepMs: STEP_MS });
const steady = (value: number, count = DAY) => measured(...Array.from({ length: count }, () => value));
const quiet = { oomKills: 0, all: 8192 * MIB };

describe('memory', () => {
  it('is too much where it never used half of it: what it used and half as much again is proposed', () =>
    expect(adviseMemory(1024 * MIB, measured(...steady(100 * MIB).values, 200 * MIB), quiet)).toEqual({
      kind: 'memoryTooMuch',
      limit: 1024 * MIB,
      usual: 100 * MIB,
      most: 200 * MIB,
      oomKills: 0,
      proposed: 304 * MIB,
    }));

  it('fits where one step used more than half, or little would be saved', () => {
    expect(adviseMemory(1024 * MIB, measured(...steady(100 * MIB).values, 600 * MIB), quiet)).toBeUndefined();
    expect(adviseMemory(96 * MIB, steady(10 * MIB), quiet)).toMatchObject({ proposed: 32 * MIB });
    expect(adviseMemory(90 * MIB, steady(10 * MIB), quiet)).toBeUndefined();
  });

  it('is too little where it is nearly always full, or ran out', () => {
    expect(adviseMemory(100 * MIB, steady(95 * MIB), quiet)).toMatchObject({ kind: 'memoryTooLittle', proposed: 160 * MIB }); // prettier-ignore
    expect(adviseMemory(100 * MIB, steady(10 * MIB), { ...quiet, oomKills: 2 })).toMatchObject({
      kind: 'memoryTooLittle',
      oomKills: 2,
    });
  });

  it('is never proposed to be more than there is', () => {
    expect(adviseMemory(100 * MIB, steady(99 * MIB), { oomKills: 0, all: 120 * MIB })).toMatchObject({ proposed: 120 * MIB }); // prettier-ignore
    expect(adviseMemory(100 * MIB, steady(99 * MIB), { oomKills: 0, all: 100 * MIB })).toBeUndefined();
  });
});

describe('processors', () => {
  it('are too many where it usually uses less than half, whatever single peaks say', () =>
    expect(adviseCpus(2, measured(...steady(0.2).values, 1.9), 4)).toMatchObject({
      kind: 'cpusTooMany',
      usual: 0.2,
      most: 1.9,
      proposed: 0.3,
    }));

  it('are too few where it usually uses all of them', () => {
    expect(adviseCpus(1, steady(0.99), 4)).toMatchObject({ kind: 'cpusTooFew', proposed: 1.5 });
    expect(adviseCpus(4, steady(3.99), 4)).toBeUndefined();
  });

  it('fit in between, and where little would be saved', () => {
    expect(adviseCpus(1, steady(0.7), 4)).toBeUndefined();
    expect(adviseCpus(0.3, steady(0.01), 4)).toBeUndefined();
  });
});

describe('nothing is said', () => {
  it('of what was measured for less than a day', () => {
    expect(measuredMs(steady(1, DAY))).toBe(86_400_000);
    expect(adviseMemory(1024 * MIB, steady(MIB, DAY - 1), { ...quiet, oomKills: 1 })).toBeUndefined();
    expect(adviseCpus(4, steady(0, DAY - 1), 4)).toBeUndefined();
  });

  it('of what has no limit', () => {
    expect(adviseMemory(null, steady(MIB), quiet)).toBeUndefined();
    expect(adviseCpus(null, steady(1), 4)).toBeUndefined();
  });
});
