import * as z from 'zod';
import { AuditEventId, OperationId, TenantId, UserId } from './ids.ts';
import { Timestamp, listOf } from './wire.ts';

/** By which door it came in. */
export const AuditVia = z.enum(['panel', 'token', 'plugin', 'installer', 'system']);
export type AuditVia = z.infer<typeof AuditVia>;
export const AuditOutcome = z.enum(['intent', 'done', 'failed', 'refused']);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/** `seq` counts without gaps; `hash` chains each row to the one before. */
export const AuditEvent = z.object({
  id: AuditEventId,
  seq: z.int(),
  at: Timestamp,
  tenantId: TenantId.nullable(),
  actor: z.object({ kind: z.enum(['user', 'system', 'anonymous']), id: UserId.nullable(), name: z.string() }),
  via: AuditVia,
  /** Where it came from; null for the core itself, and where it is not the reader's business. */
  address: z.string().nullable(),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), label: z.string() }).nullable(),
  outcome: AuditOutcome,
  operationId: OperationId.nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
export const AuditList = listOf(AuditEvent);
export type AuditList = z.infer<typeof AuditList>;
export const AuditEventAnswer = z.object({ item: AuditEvent });
export type AuditEventAnswer = z.infer<typeof AuditEventAnswer>;

/** Deeds are what people and the core did; connections are where from and how they came. */
export const AuditStream = z.enum(['deeds', 'connections']);
/** What is asked of the trail; every condition must hold. */
export const AuditFilter = z.strictObject({
  since: Timestamp.optional(),
  /** This moment is not part of it any more. */
  until: Timestamp.optional(),
  actor: UserId.optional(),
  /** `people.update`, or everything of a noun: `people.` */
  action: z
    .string()
    .regex(/^[a-z][a-zA-Z]*\.[a-zA-Z]*$/, 'Write an action as noun.verb, or noun. for all of them.')
    .max(100)
    .optional(),
  targetKind: z.string().min(1).max(40).optional(),
  target: z.string().min(1).max(80).optional(),
  tenant: TenantId.optional(),
  outcome: AuditOutcome.optional(),
  via: AuditVia.optional(),
  address: z.string().min(1).max(64).optional(),
  stream: AuditStream.optional(),
  /** Part of a name: of who did it, of what it was done to, or of the action. */
  q: z.string().trim().min(1).max(100).optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const ListAudit = AuditFilter.extend(page);
export type ListAudit = z.infer<typeof ListAudit>;
/** The activity of one thing, or of oneself. */
export const ListActivity = z.strictObject(page);
export type ListActivity = z.infer<typeof ListActivity>;

export const ExportFormat = z.enum(['csv', 'ndjson']);
export const ExportAudit = z.strictObject({ format: ExportFormat, filter: AuditFilter.default({}) });
export type ExportAudit = z.infer<typeof ExportAudit>;
/** What the operation `audit.export` leaves: a file that is there for a day. */
export const AuditExport = z.object({
  format: ExportFormat,
  rows: z.int(),
  bytes: z.int(),
  expiresAt: Timestamp,
});
export type AuditExport = z.infer<typeof AuditExport>;
