import * as z from 'zod';
import { ProjectId, TenantId, UserId } from './ids.ts';

/** How much containers may take together; null: no limit here. `cpus` in cores. */
export const Quota = z.strictObject({
  containers: z.int().min(0).max(100_000).nullable(),
  cpus: z.number().min(0).max(100_000).nullable(),
  memoryBytes: z.int().min(0).nullable(),
  diskBytes: z.int().min(0).nullable(),
});
export type Quota = z.infer<typeof Quota>;
export const NO_QUOTA: Quota = { containers: null, cpus: null, memoryBytes: null, diskBytes: null };

/** In the order they are shown. */
export const QUOTA_KINDS = ['containers', 'cpus', 'memoryBytes', 'diskBytes'] as const;
export type QuotaKind = (typeof QUOTA_KINDS)[number];
/** Sums of cores are decimal: what differs in the ninth place does not. */
export const QUOTA_TOLERANCE = 1e-9;

/** A tenant, a project of it, or one person: whatever is deployed counts for all three. */
export const QuotaSubject = z.union([TenantId, ProjectId, UserId]);
export type QuotaSubject = z.infer<typeof QuotaSubject>;

/** Whose quota is set by itself; a project's is set with the project. */
export const QuotaHolder = z.union([TenantId, UserId]);
export type QuotaHolder = z.infer<typeof QuotaHolder>;

/** What runs or is on its way; of the disk, also what is stopped. */
export const QuotaUsage = z.object({
  containers: z.int(),
  cpus: z.number(),
  memoryBytes: z.int(),
  diskBytes: z.int(),
});
export type QuotaUsage = z.infer<typeof QuotaUsage>;
export const QuotaState = z.object({ subject: QuotaSubject, quota: Quota, usage: QuotaUsage });
export type QuotaState = z.infer<typeof QuotaState>;
export const QuotaLevel = z.enum(['tenant', 'project', 'person']);
export type QuotaLevel = z.infer<typeof QuotaLevel>;
