import type { MeasuredContainer } from '../observability/observability.service.js';
import type { Attributes } from './telemetry.rules.js';

/** `now` is a reading by itself; `level` goes up and down; `total` only grows while a container runs. */
export interface ContainerMetric {
  readonly name: string;
  readonly unit: string;
  readonly kind: 'now' | 'level' | 'total';
  readonly points: readonly ContainerPoint[];
}
export interface ContainerPoint {
  readonly attributes: Attributes;
  readonly value: number;
  readonly sinceMs: number;
  readonly atMs: number;
}

type Read = (container: MeasuredContainer) => ReadonlyArray<readonly [value: number | null, more: Attributes]>;

const METRICS: ReadonlyArray<Omit<ContainerMetric, 'points'> & { readonly read: Read }> = [
  { name: 'container.cpu.usage', unit: '{cpu}', kind: 'now', read: ({ cpus }) => [[cpus, {}]] },
  { name: 'container.memory.usage', unit: 'By', kind: 'level', read: ({ memoryBytes }) => [[memoryBytes, {}]] },
  {
    name: 'container.disk.io',
    unit: 'By',
    kind: 'total',
    read: ({ counted }) => [
      [counted.readBytes, { 'disk.io.direction': 'read' }],
      [counted.writtenBytes, { 'disk.io.direction': 'write' }],
    ],
  },
  {
    name: 'container.network.io',
    unit: 'By',
    kind: 'total',
    read: ({ counted }) => [
      [counted.receivedBytes, { 'network.io.direction': 'receive' }],
      [counted.sentBytes, { 'network.io.direction': 'transmit' }],
    ],
  },
];

/** What these use, by the names OpenTelemetry has for it; what nothing counts is left out. */
export function metricsOf(containers: readonly MeasuredContainer[]): ContainerMetric[] {
  const all = METRICS.map(({ read, ...metric }) => ({
    ...metric,
    points: containers.flatMap((container) =>
      read(container).flatMap(([value, more]) =>
        value === null ? [] : [{ ...momentsOf(container), attributes: { ...attributesOf(container), ...more }, value }],
      ),
    ),
  }));
  return all.filter(({ points }) => points.length > 0);
}

const momentsOf = ({ at, startedAtMs, counted }: MeasuredContainer) => ({
  sinceMs: Math.min(startedAtMs ?? counted.atMs, counted.atMs),
  atMs: Math.max(Date.parse(at), counted.atMs),
});

/** `container.id` is by which its engine knows it. */
const attributesOf = ({ id, engineId, name, environmentId, tenantId }: MeasuredContainer): Attributes => ({
  'container.id': engineId,
  'container.name': name,
  'bailiwick.container.id': id,
  'bailiwick.environment.id': environmentId,
  'bailiwick.tenant.id': tenantId,
});
