import * as z from 'zod';
import { AuditEventId, ContainerId, OperationId, TenantId, UserId } from './ids.ts';
import { Timestamp, listOf } from './wire.ts';

/** `seq` counts without gaps; `hash` chains each row to the one before. */
export const AuditEvent = z.object({
  id: AuditEventId,
  seq: z.int(),
  at: Timestamp,
  tenantId: TenantId.nullable(),
  actor: z.object({ kind: z.enum(['user', 'system', 'anonymous']), id: UserId.nullable(), name: z.string() }),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), label: z.string() }).nullable(),
  outcome: z.enum(['intent', 'done', 'failed', 'refused']),
  operationId: OperationId.nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
export const AuditList = listOf(AuditEvent);
export type AuditList = z.infer<typeof AuditList>;
export const ListAudit = z.strictObject({
  container: ContainerId.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListAudit = z.infer<typeof ListAudit>;
/** The activity of one thing. */
export const ListActivity = ListAudit.omit({ container: true });
export type ListActivity = z.infer<typeof ListActivity>;
