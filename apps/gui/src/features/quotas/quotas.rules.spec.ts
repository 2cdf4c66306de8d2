import { describe, expect, it } from '@jest/globals';
import { NO_QUOTA } from '@bailiwick/contract';
import { toBars } from './quota-bars.rules.ts';
import { QUOTA_RULES, toQuota, toQuotaValues } from './quota-form.rules.ts';

const GIB = 1024 ** 3;
const NOTHING = { containers: 0, cpus: 0, memoryBytes: 0, diskBytes: 0 };

describe('the bars of a quota', () => {
  it('say what is used where there is no limit, without a share of it', () => {
    const bars = toBars(NO_QUOTA, { ...NOTHING, containers: 3 });
    expect(bars.map(({ what, used, limit }) => [what, used, limit])).toEqual([
      ['containers', 3, null],
      ['cpus', 0, null],
      ['memoryBytes', 0, null],
      ['diskBytes', 0, null],
    ]);
    expect(bars.some((bar) => 'percent' in bar)).toBe(false);
  });

  it.each([
    [0, 10, 'room', 0],
    [7, 10, 'room', 70],
    [8, 10, 'near', 80],
    [10, 10, 'full', 100],
    [12, 10, 'over', 100],
    [0, 0, 'closed', 100],
    [1, 0, 'over', 100],
    [0.1 + 0.2, 0.3, 'full', 100],
  ])('with %d used of %d are %s', (used, limit, state, percent) => {
    const [, bar] = toBars({ ...NO_QUOTA, cpus: limit }, { ...NOTHING, cpus: used });
    expect(bar).toMatchObject({ what: 'cpus', used, limit, state, percent });
  });
});

describe('the form of a quota', () => {
  it('takes limits in GiB and gives back the same text; empty is no limit', () => {
    const quota = { containers: 3, cpus: 1.5, memoryBytes: 1.5 * GIB, diskBytes: null };
    const values = toQuotaValues(quota);
    expect(values).toEqual({ containers: '3', cpus: '1.5', memory: '1.5', disk: '' });
    expect(toQuota(values)).toEqual(quota);
    expect(toQuota({ ...values, memory: '0,5' }).memoryBytes).toBe(GIB / 2);
    expect(toQuota(toQuotaValues({ ...quota, memoryBytes: 123_456_789 })).memoryBytes).toBe(123_456_789);
  });

  it('refuses what is no limit', () => {
    expect(['', '4', '1.5', '-1', 'x'].map(QUOTA_RULES.containers)).toEqual([true, true, false, false, false]);
    expect(['', '4', '1,5'].every(QUOTA_RULES.cpus)).toBe(true);
    expect(['-1', '1e9', '100001'].some(QUOTA_RULES.cpus)).toBe(false);
  });
});
