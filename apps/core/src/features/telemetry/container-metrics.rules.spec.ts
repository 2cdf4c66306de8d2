import { expect, it } from '@jest/globals';
import type { MeasuredContainer } from '../observability/observability.service.js';
import { metricsOf } from './container-metrics.rules.js';

const NOTHING = { cpuMicros: null, memoryBytes: null, cacheBytes: null, memoryLimitBytes: null, receivedBytes: null, sentBytes: null, readBytes: null, writtenBytes: null, processes: null }; // prettier-ignore
const measured = (more: Partial<MeasuredContainer> = {}) =>
  ({
    id: 'ct_aaaaaaaaaaaaaaaa',
    at: '2026-01-01T00:00:15.000Z',
    startedAtMs: Date.parse('2026-01-01T00:00:00Z'),
    cpus: null,
    memoryBytes: null,
    counted: { ...NOTHING, atMs: Date.parse('2026-01-01T00:00:15Z') },
    ...more,
  }) as MeasuredContainer;

it('leaves out what nothing counts, and says nothing where there is nothing', () => {
  expect(metricsOf([])).toEqual([]);
  expect(metricsOf([measured()])).toEqual([]);
  const [cpu, ...more] = metricsOf([measured({ cpus: 0.25 }), measured()]);
  expect(cpu?.points.map(({ value }) => value)).toEqual([0.25]);
  expect(more).toEqual([]);
});

it('counts from the start of a container on, and never from after it was read', () => {
  const counted = { ...NOTHING, readBytes: 7, atMs: 1000 };
  const [disk] = metricsOf([measured({ startedAtMs: 400, at: new Date(1000).toISOString(), counted })]);
  expect(disk).toMatchObject({ name: 'container.disk.io', kind: 'total', points: [{ value: 7, sinceMs: 400, atMs: 1000 }] }); // prettier-ignore
  const [skewed] = metricsOf([measured({ startedAtMs: 5000, at: new Date(1000).toISOString(), counted })]);
  expect(skewed?.points[0]?.sinceMs).toBe(1000);
});
