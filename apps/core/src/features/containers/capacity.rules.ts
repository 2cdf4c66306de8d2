import type { EngineInfo, ReviewCheck } from '@bailiwick/contract';

/** Whether a host has what a container is to be given. */
export function resourceCheck(
  { memoryBytes, cpus, cpuset }: { memoryBytes: number; cpus: number; cpuset?: string | undefined },
  host: EngineInfo,
): ReviewCheck {
  const params = { memoryBytes, hostMemoryBytes: host.memoryBytes, cpus, hostCpus: host.cpus };
  if (memoryBytes > host.memoryBytes)
    return { check: 'memory', outcome: 'blocked', code: 'memory_exceeds_host', params };
  const highest = Math.max(0, ...(cpuset?.split(/[,-]/).map(Number) ?? []));
  if (cpus > host.cpus || highest >= host.cpus)
    return { check: 'memory', outcome: 'blocked', code: 'cpus_exceed_host', params };
  if (memoryBytes > host.memoryBytes / 2) return { check: 'memory', outcome: 'warning', code: 'memory_large', params };
  return { check: 'memory', outcome: 'ok', code: 'memory_fits', params };
}
