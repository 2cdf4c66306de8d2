import * as z from 'zod';
import { GrantTarget, Reason } from './access.ts';
import { Capability } from './capabilities.ts';
import { AccessRequestId, GrantId, UserId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

export const AccessRequestState = z.enum(['pending', 'approved', 'denied', 'withdrawn', 'expired']);
export type AccessRequestState = z.infer<typeof AccessRequestState>;

/** Somebody asks for rights on something they see. Nobody's answer within two weeks is an answer too. */
export const AccessRequest = z.object({
  id: AccessRequestId,
  user: z.object({ id: UserId, name: z.string() }),
  target: GrantTarget,
  targetName: z.string().nullable(),
  capabilities: z.array(Capability),
  reason: z.string(),
  /** How long they need it, from the approval on; null: until it is taken back. */
  durationMs: z.int().nullable(),
  state: AccessRequestState,
  createdAt: Timestamp,
  decidedBy: z.object({ id: UserId, name: z.string() }).nullable(),
  decidedAt: Timestamp.nullable(),
  /** What was said with the decision. */
  note: z.string().nullable(),
  grantId: GrantId.nullable(),
  rights: Rights,
});
export type AccessRequest = z.infer<typeof AccessRequest>;
/** `pending`: how many wait for the reader. */
export const AccessRequestList = listOf(AccessRequest).extend({ pending: z.int() });
export type AccessRequestList = z.infer<typeof AccessRequestList>;
export const AccessRequestAnswer = z.object({ item: AccessRequest });
export type AccessRequestAnswer = z.infer<typeof AccessRequestAnswer>;

/** `mine`: what the reader asked for; `theirs`: what others ask of the reader. */
export const ListAccessRequests = z.strictObject({
  whose: z.enum(['mine', 'theirs']).default('theirs'),
  state: AccessRequestState.optional(),
});
export type ListAccessRequests = z.infer<typeof ListAccessRequests>;

const Duration = z
  .int()
  .min(60_000)
  .max(366 * 86_400_000)
  .nullable();
export const RequestAccess = z.strictObject({
  target: GrantTarget,
  capabilities: z.array(Capability).min(1).max(50),
  reason: Reason.min(1),
  durationMs: Duration.default(null),
});
export type RequestAccess = z.infer<typeof RequestAccess>;
/** What is not named is as it was asked for. */
export const ApproveAccess = z.strictObject({
  capabilities: z.array(Capability).min(1).max(50).optional(),
  durationMs: Duration.optional(),
  note: Reason.default(''),
});
export type ApproveAccess = z.infer<typeof ApproveAccess>;
export const DenyAccess = z.strictObject({ note: Reason.min(1) });
export type DenyAccess = z.infer<typeof DenyAccess>;
