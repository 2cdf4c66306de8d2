import { AuditEvent, AuditVia, OperationId, TenantId, TokenId, UserId } from '@bailiwick/contract';
import * as z from 'zod';

/** Where a deed comes from; whoever writes it down takes it over with the actor. */
const origin = {
  requestId: z.string().optional(),
  via: AuditVia.optional(),
  address: z.string().optional(),
};
const Somebody = z.object({
  kind: z.literal('user'),
  userId: UserId,
  displayName: z.string(),
  tenantId: TenantId,
  credential: z.enum(['cookie', 'access_token', 'personal_token']).optional(),
  tokenId: TokenId.optional(),
  /** Who it really was, where they looked through somebody else's eyes. */
  viewedBy: z.object({ userId: UserId, displayName: z.string(), tenantId: TenantId }).optional(),
  ...origin,
});
const Nobody = z.object({
  kind: z.enum(['system', 'anonymous']),
  name: z.string(),
  ...origin,
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
