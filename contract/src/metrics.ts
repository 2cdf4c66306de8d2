import * as z from 'zod';
import { ContainerId, EnvironmentId } from './ids.ts';
import { Timestamp } from './wire.ts';

/** `cpus` in cores; memory without the cache its kernel gives back on demand; the rest as its name says. */
export const USED_MEASURES = [
  'cpus',
  'memoryBytes',
  'cacheBytes',
  'receivedBytesPerSecond',
  'sentBytesPerSecond',
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'processes',
] as const;
/** What is told live: the same, and what its own layer of files takes. */
export const TOLD_MEASURES = [...USED_MEASURES, 'diskBytes'] as const;
/** What is kept of a container: what it used, and how often it started again. */
export const CONTAINER_MEASURES = [...TOLD_MEASURES, 'restarts'] as const;
/** They happen at a moment: a step holds how often, not a mean. */
export const COUNTED_MEASURES: ReadonlySet<string> = new Set<ContainerMeasure>(['restarts']);
/** `load` is the mean of one minute; pressure is the share of the last ten seconds in which something waited, 0 to 100. */
export const HOST_MEASURES = [
  'cpus',
  'load',
  'memoryBytes',
  'swapBytes',
  'receivedBytesPerSecond',
  'sentBytesPerSecond',
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'cpuPressure',
  'memoryPressure',
  'ioPressure',
] as const;
export type UsedMeasure = (typeof USED_MEASURES)[number];
export type ContainerMeasure = (typeof CONTAINER_MEASURES)[number];
export type HostMeasure = (typeof HOST_MEASURES)[number];

/** Null where nothing counts it. */
const measured = <Measure extends string>(measures: readonly Measure[]) =>
  z.object(Object.fromEntries(measures.map((name) => [name, z.number().nullable()])) as Record<Measure, z.ZodNullable<z.ZodNumber>>); // prettier-ignore

/** What a container uses, over the seconds before `at`. */
export const ContainerUsage = measured(TOLD_MEASURES).extend({
  id: ContainerId,
  at: Timestamp,
  /** Null without a limit; processors in cores. */
  cpuLimit: z.number().nullable(),
  memoryLimitBytes: z.number().nullable(),
});
export type ContainerUsage = z.infer<typeof ContainerUsage>;

/** Of everything the reader may see it of and that runs. */
export const ContainerUsageList = z.object({ items: z.array(ContainerUsage) });
export type ContainerUsageList = z.infer<typeof ContainerUsageList>;

export const Disk = z.object({
  device: z.string(),
  mountpoint: z.string(),
  type: z.string(),
  totalBytes: z.number(),
  usedBytes: z.number(),
  /** For who is not root. */
  freeBytes: z.number(),
});
export type Disk = z.infer<typeof Disk>;

/** How near its end memory is: below 55 %, 75 % and 90 % of what there is, and above. */
export const HostHealth = z.enum(['optimal', 'stable', 'elevated', 'critical']);
export type HostHealth = z.infer<typeof HostHealth>;

/** What the host of an environment uses, over the seconds before `at`. */
export const HostUsage = measured(HOST_MEASURES).extend({
  id: EnvironmentId,
  at: Timestamp,
  totalCpus: z.number(),
  totalMemoryBytes: z.number(),
  totalSwapBytes: z.number(),
  upSeconds: z.number(),
  health: HostHealth,
  disks: z.array(Disk),
});
export type HostUsage = z.infer<typeof HostUsage>;

/** `GET /metrics/current`: each host that is measured, and what the core itself says of its engine. */
export const CurrentMetrics = z.object({
  items: z.array(HostUsage.extend({ name: z.string(), coreStatus: z.enum(['ok', 'degraded']) })),
});
export type CurrentMetrics = z.infer<typeof CurrentMetrics>;

export const METRICS_RANGES = ['5m', '1h', '24h', '7d', '30d'] as const;
export const MetricsRange = z.enum(METRICS_RANGES);
export type MetricsRange = z.infer<typeof MetricsRange>;
export const ReadMetrics = z.strictObject({ range: MetricsRange.default('1h') });
export type ReadMetrics = z.infer<typeof ReadMetrics>;

const Values = z.array(z.number().nullable());
const series = <Measure extends string>(measures: readonly Measure[]) => {
  const one = z.object({ min: Values, avg: Values, max: Values });
  return z.object(Object.fromEntries(measures.map((name) => [name, one])) as Record<Measure, typeof one>);
};
const history = <Measure extends string>(measures: readonly Measure[]) =>
  z.object({
    /** The beginning of the first step; each value stands for one step, null where nothing was measured. */
    from: Timestamp,
    stepMs: z.int(),
    series: series(measures),
  });
export const ContainerHistory = history(CONTAINER_MEASURES).extend({
  limits: z.object({ memoryBytes: z.number().nullable() }),
});
export type ContainerHistory = z.infer<typeof ContainerHistory>;
export const HostHistory = history(HOST_MEASURES).extend({
  limits: z.object({ cpus: z.number().nullable(), memoryBytes: z.number().nullable() }),
});
export type HostHistory = z.infer<typeof HostHistory>;
