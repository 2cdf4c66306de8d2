import * as z from 'zod';
import type { CountedUsage } from './usage.js';

const NS_PER_MICRO = 1000;
const count = z.number().nullish();
const Io = z.array(z.object({ op: z.string(), value: z.number() })).nullish();

const Stats = z.object({
  read: z.string(),
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: count }).nullish() }).nullish(),
  memory_stats: z.object({ usage: count, limit: count, stats: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  blkio_stats: z.object({ io_service_bytes_recursive: Io }).nullish(),
  networks: z.record(z.string(), z.object({ rx_bytes: z.number(), tx_bytes: z.number() })).nullish(),
  pids_stats: z.object({ current: count }).nullish(),
});

/** One frame of an engine's stats. The engine writes the host's memory as the limit of what has none. */
export function toStatsUsage(answer: unknown, hostMemoryBytes: number | null, atMs: number): CountedUsage {
  const { cpu_stats: cpu, memory_stats: memory, blkio_stats: io, networks, pids_stats: pids } = Stats.parse(answer);
  const used = memory?.usage ?? null;
  const inactive = memory?.stats?.['total_inactive_file'] ?? memory?.stats?.['inactive_file'];
  const cacheBytes = used === null ? null : Math.min(typeof inactive === 'number' ? inactive : 0, used);
  const limit = memory?.limit ?? null;
  const sum = (op: string) => {
    const rows = io?.io_service_bytes_recursive;
    return rows ? rows.reduce((all, row) => all + (row.op.toLowerCase() === op ? row.value : 0), 0) : null;
  };
  const network = Object.values(networks ?? {});
  const total = cpu?.cpu_usage?.total_usage ?? null;
  return {
    atMs,
    cpuMicros: total === null ? null : total / NS_PER_MICRO,
    memoryBytes: used === null || cacheBytes === null ? null : used - cacheBytes,
    cacheBytes,
    memoryLimitBytes: limit === null || (hostMemoryBytes !== null && limit >= hostMemoryBytes) ? null : limit,
    receivedBytes: networks ? network.reduce((all, { rx_bytes }) => all + rx_bytes, 0) : null,
    sentBytes: networks ? network.reduce((all, { tx_bytes }) => all + tx_bytes, 0) : null,
    readBytes: sum('read'),
    writtenBytes: sum('write'),
    processes: pids?.current ?? null,
  };
}
