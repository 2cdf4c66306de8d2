import * as z from 'zod';
import { PlatformRole } from './capabilities.ts';
import { DisplayName, Email, Password, Username } from './identity.ts';
import { InvitationId, TenantId, UserId } from './ids.ts';
import { RoleTag } from './people.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

export const InvitationState = z.enum(['open', 'accepted', 'revoked', 'expired']);
export type InvitationState = z.infer<typeof InvitationState>;

/** Somebody may make an account of their own, with what it may do decided before. */
export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  tenant: z.object({ id: TenantId, slug: z.string(), name: z.string() }),
  platformRole: PlatformRole,
  roleTag: z.string().nullable(),
  state: InvitationState,
  invitedBy: z.object({ id: UserId, displayName: z.string() }),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  /** Who came of it. */
  acceptedBy: UserId.nullable(),
  acceptedAt: Timestamp.nullable(),
  rights: Rights,
});
export type Invitation = z.infer<typeof Invitation>;
/** `unread` names the tenants whose database cannot be read now. */
export const InvitationList = listOf(Invitation).extend({ unread: z.array(z.string()) });
export type InvitationList = z.infer<typeof InvitationList>;

export const ListInvitations = z.strictObject({
  state: InvitationState.optional(),
  /** Slug or id. */
  tenant: z.string().max(64).optional(),
});
export type ListInvitations = z.infer<typeof ListInvitations>;

/** `mail` is the way where a mail server is set up; a `link` is shown once, to be handed over. */
const InvitationWay = z.enum(['mail', 'link']);

export const CreateInvitation = z.strictObject({
  tenant: z.string().min(1).max(64).default('default'),
  email: Email,
  platformRole: PlatformRole.default('member'),
  roleTag: RoleTag.optional(),
  days: z.int().min(1).max(30).default(7),
  by: InvitationWay.optional(),
});
export type CreateInvitation = z.infer<typeof CreateInvitation>;
/** As long again as at first, with a new link: the one before opens nothing any more. */
export const ResendInvitation = z.strictObject({ by: InvitationWay.optional() });
export type ResendInvitation = z.infer<typeof ResendInvitation>;
/** `url` only where it was not mailed; it is not told again. */
export const InvitationAnswer = z.object({ item: Invitation, url: z.string().nullable() });
export type InvitationAnswer = z.infer<typeof InvitationAnswer>;

/** Says where the invitation is and carries 256 random bits. */
export const InvitationToken = z
  .string()
  .regex(/^(system|ten_[a-z2-7]{16})\.inv_[a-z2-7]{16}\.[A-Za-z0-9_-]{43}$/, 'This link is not complete.');
export const LookAtInvitation = z.strictObject({ token: InvitationToken });
export type LookAtInvitation = z.infer<typeof LookAtInvitation>;
export const InvitationView = z.object({
  email: z.string(),
  tenant: z.object({ slug: z.string(), name: z.string() }),
  platformRole: PlatformRole,
  invitedBy: z.string(),
  expiresAt: Timestamp,
});
export type InvitationView = z.infer<typeof InvitationView>;

export const AcceptInvitation = z.strictObject({
  token: InvitationToken,
  username: Username,
  displayName: DisplayName,
  password: Password,
});
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;
