import * as z from 'zod';
import { EnvironmentId } from './ids.ts';
import { Timestamp, listOf } from './wire.ts';

/** What the engine says of itself; absent until it answered once. */
export const EngineInfo = z.object({
  name: z.string(),
  version: z.string(),
  apiVersion: z.string(),
  operatingSystem: z.string(),
  architecture: z.string(),
  cpus: z.number(),
  memoryBytes: z.number(),
  storageDriver: z.string(),
  cgroupVersion: z.string(),
  rootless: z.boolean(),
  /** It can hand graphics processors to containers. */
  gpus: z.boolean(),
  warnings: z.array(z.string()),
});
export type EngineInfo = z.infer<typeof EngineInfo>;

/** Why an engine cannot be reached. */
export const OUTAGE_CODES = [
  'no_engine',
  'no_permission',
  'engine_down',
  'engine_hangs',
  'engine_too_old',
  'connection_lost',
] as const;
export const OutageCode = z.enum(OUTAGE_CODES);
export type OutageCode = z.infer<typeof OutageCode>;

export const Environment = z.object({
  id: EnvironmentId,
  slug: z.string(),
  name: z.string(),
  kind: z.enum(['docker', 'fake']),
  state: z.enum(['connecting', 'online', 'offline']),
  /** Since when it is in this state. */
  since: Timestamp,
  /** When the mirror last agreed with the engine. */
  syncedAt: Timestamp.nullable(),
  reason: z.object({ code: OutageCode, hint: z.string() }).nullable(),
  address: z.string().nullable(),
  info: EngineInfo.nullable(),
  containers: z.object({ total: z.int(), running: z.int() }),
});
export type Environment = z.infer<typeof Environment>;
export const EnvironmentList = listOf(Environment);
export type EnvironmentList = z.infer<typeof EnvironmentList>;

/** One line of an engine test: what was looked at and what came of it. */
export const EngineTestLine = z.object({
  check: z.enum(['reachable', 'version', 'permission', 'storage', 'cgroup', 'memoryLimit']),
  outcome: z.enum(['ok', 'warning', 'failed']),
  detail: z.string(),
  hint: z.string().nullable(),
});
export const EngineTest = z.object({ ok: z.boolean(), lines: z.array(EngineTestLine) });
export type EngineTest = z.infer<typeof EngineTest>;
