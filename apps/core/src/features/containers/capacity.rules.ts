import type { EngineInfo, FieldIssue, ReviewCheck } from '@bailiwick/contract';

interface Sizes {
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly cpuset?: string | undefined;
}

/** Whether a host has what a container is to be given. */
export function resourceCheck({ memoryBytes, cpus, cpuset }: Sizes, host: EngineInfo): ReviewCheck {
  const params = { memoryBytes, hostMemoryBytes: host.memoryBytes, cpus, hostCpus: host.cpus };
  if (memoryBytes > host.memoryBytes)
    return { check: 'memory', outcome: 'blocked', code: 'memory_exceeds_host', params };
  const highest = Math.max(0, ...(cpuset?.split(/[,-]/).map(Number) ?? []));
  if (cpus > host.cpus || highest >= host.cpus)
    return { check: 'memory', outcome: 'blocked', code: 'cpus_exceed_host', params };
  if (memoryBytes > host.memoryBytes / 2) return { check: 'memory', outcome: 'warning', code: 'memory_large', params };
  return { check: 'memory', outcome: 'ok', code: 'memory_fits', params };
}

/** What a review blocks nobody gets past by not asking for one. Undefined also while the host is not known. */
export function findCapacityIssue(sizes: Sizes, host: EngineInfo | null, at: string): FieldIssue | undefined {
  if (!host) return undefined;
  const { outcome, code } = resourceCheck(sizes, host);
  if (outcome !== 'blocked') return undefined;
  return code === 'memory_exceeds_host'
    ? { path: `${at}memoryBytes`, code: 'too_big', message: `The host has ${host.memoryBytes} bytes of memory.` }
    : { path: `${at}cpus`, code: 'too_big', message: `The host has ${host.cpus} processors.` };
}
