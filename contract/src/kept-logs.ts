import * as z from 'zod';
import { ContainerId, EnvironmentId, TenantId } from './ids.ts';
import { LogFrameRow } from './logs.ts';
import { listOf, Rights, Timestamp } from './wire.ts';

/** What is kept of the log of one container, on the disk of the panel. */
export const KeptLogItem = z.object({
  id: ContainerId,
  environmentId: EnvironmentId,
  tenantId: TenantId,
  name: z.string(),
  /** Null while the container is there. */
  removedAt: Timestamp.nullable(),
  from: Timestamp,
  to: Timestamp,
  /** What it takes of the disk. */
  bytes: z.int(),
  rights: Rights,
});
export type KeptLogItem = z.infer<typeof KeptLogItem>;
/** Those of containers that are gone. */
export const KeptLogList = listOf(KeptLogItem);
export type KeptLogList = z.infer<typeof KeptLogList>;

/** Lines with what happened between them, the oldest first. */
export const KeptLogPage = z.object({
  rows: z.array(LogFrameRow),
  /** More rows stand before the first one. */
  more: z.boolean(),
});
export type KeptLogPage = z.infer<typeof KeptLogPage>;
