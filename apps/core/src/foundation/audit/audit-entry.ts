import { AuditEvent, OperationId, TenantId, TokenId, UserId } from '@bailiwick/contract';
import * as z from 'zod';

const Somebody = z.object({
  kind: z.literal('user'),
  userId: UserId,
  displayName: z.string(),
  tenantId: TenantId,
  /** How they came: a page of the panel, a program that signed in, a personal token. */
  via: z.enum(['panel', 'program', 'token']).optional(),
  tokenId: TokenId.optional(),
  requestId: z.string().optional(),
});
const Nobody = z.object({
  kind: z.enum(['system', 'anonymous']),
  name: z.string(),
  requestId: z.string().optional(),
});

/** What is written down of one deed, as it waits in an outbox. */
export const Entry = z.object({
  actor: z.union([Somebody, Nobody]),
  /** `noun.verb` */
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), label: z.string(), tenantId: TenantId.optional() }).nullable(),
  outcome: AuditEvent.shape.outcome,
  operationId: OperationId.optional(),
  requestId: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
