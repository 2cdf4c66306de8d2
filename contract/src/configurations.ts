import * as z from 'zod';
import { PresetHealth, RestartPolicy } from './run-options.ts';

/**
 * How a container is made: everything that was decided, in our words and units. Of the environment only the names:
 * its values are kept sealed. Bytes, milliseconds, microseconds; null where the image or the engine decides.
 */
export const Configuration = z.object({
  image: z.string(),
  entrypoint: z.array(z.string()).nullable(),
  command: z.array(z.string()).nullable(),
  envNames: z.array(z.string()),
  ports: z.array(
    z.object({
      ip: z.string(),
      hostPort: z.int(),
      containerPort: z.int(),
      protocol: z.enum(['tcp', 'udp']),
    }),
  ),
  volumes: z.array(z.object({ name: z.string(), target: z.string() })),
  memoryBytes: z.int(),
  memorySwapBytes: z.int(),
  cpus: z.number(),
  cpuQuota: z.object({ quotaUs: z.int(), periodUs: z.int() }).nullable(),
  cpuShares: z.int().nullable(),
  cpuset: z.string().nullable(),
  pids: z.int(),
  shmBytes: z.int().nullable(),
  restart: z.object({ name: RestartPolicy, maximumRetryCount: z.int() }),
  health: PresetHealth.nullable(),
  labels: z.record(z.string(), z.string()),
  /** Which hardening it runs under. */
  profile: z.enum(['strict', 'compat']),
});
export type Configuration = z.infer<typeof Configuration>;
