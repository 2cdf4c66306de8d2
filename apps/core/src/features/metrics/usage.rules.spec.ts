import { describe, expect, it } from '@jest/globals';
import type { CountedUsage } from '../../foundation/environments/usage.js';
import { healthAt, usedBetween } from './usage.rules.js';

const at = (atMs: number, counters: Partial<CountedUsage> = {}): CountedUsage => ({
  atMs,
  cpuMicros: 0,
  memoryBytes: 100,
  cacheBytes: 10,
  memoryLimitBytes: null,
  receivedBytes: 0,
  sentBytes: 0,
  readBytes: 0,
  writtenBytes: 0,
  processes: 1,
  ...counters,
});

describe('what was used between two readings', () => {
  it('is the growth of each counter by the time between, and the last of what does not grow', () => {
    const used = usedBetween(
      at(1000),
      at(3000, { cpuMicros: 3_000_000, receivedBytes: 2048, writtenBytes: 512, memoryBytes: 200, processes: 7 }),
    );
    expect(used).toMatchObject({
      fromMs: 1000,
      toMs: 3000,
      values: { cpus: 1.5, receivedBytesPerSecond: 1024, sentBytesPerSecond: 0, writtenBytesPerSecond: 256, memoryBytes: 200, processes: 7 }, // prettier-ignore
    });
  });

  it('is nothing across a new start, whose counters begin anew, and without time between', () => {
    expect(usedBetween(at(1000, { cpuMicros: 500 }), at(2000, { cpuMicros: 20 }))).toBeUndefined();
    expect(usedBetween(at(1000), at(1000, { cpuMicros: 20 }))).toBeUndefined();
  });

  it('leaves out what nothing counts, and a single counter that began anew', () => {
    const used = usedBetween(at(0, { readBytes: null, sentBytes: 900 }), at(1000, { readBytes: null, sentBytes: 5 }));
    expect(used?.values).toMatchObject({ readBytesPerSecond: null, sentBytesPerSecond: null, cpus: 0 });
  });
});

it.each([
  [0, 'optimal'],
  [54.9, 'optimal'],
  [55, 'stable'],
  [74.9, 'stable'],
  [75, 'elevated'],
  [89.9, 'elevated'],
  [90, 'critical'],
  [100, 'critical'],
])('a host with %d %% of its memory taken is %s', (percent, health) => {
  expect(healthAt(percent)).toBe(health);
});
