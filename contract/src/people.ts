import * as z from 'zod';
import { PlatformRole } from './capabilities.ts';
import { DisplayName, Email, Password, Username } from './identity.ts';
import { SessionId, TenantId, UserId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** A name of the role catalogue. */
export const RoleTag = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'Use lower-case letters, digits and dashes.');

/** Somebody who may sign in. */
export const User = z.object({
  id: UserId,
  username: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  /** It counts as theirs: by a mail they answered, a provider, or staff. */
  emailVerified: z.boolean(),
  platformRole: PlatformRole,
  /** What they are in their tenant. */
  roleTag: z.string().nullable(),
  tenant: z.object({ id: TenantId, slug: z.string(), name: z.string() }),
  /** False: disabled, their sessions are ended and they cannot sign in. */
  active: z.boolean(),
  /** False until they have chosen a password. */
  hasPassword: z.boolean(),
  createdAt: Timestamp,
  lastSignInAt: Timestamp.nullable(),
  /** `missing`: their role needs a second factor, and they have none. */
  twoFactor: z.object({ enabledAt: Timestamp.nullable(), missing: z.boolean() }),
  rights: Rights,
});
export type User = z.infer<typeof User>;
/** `unread` names the tenants whose database cannot be read now: their people are missing here. */
export const UserList = listOf(User).extend({ unread: z.array(z.string()) });
export type UserList = z.infer<typeof UserList>;

/** `off` is everybody who has none, `missing` those of them whose role needs one. */
export const TwoFactorFilter = z.enum(['on', 'off', 'missing']);
export type TwoFactorFilter = z.infer<typeof TwoFactorFilter>;

export const ListUsers = z.strictObject({
  /** Slug or id. */
  tenant: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
  role: PlatformRole.optional(),
  state: z.enum(['active', 'disabled']).optional(),
  twoFactor: TwoFactorFilter.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(5000),
});
export type ListUsers = z.infer<typeof ListUsers>;

/** Without a password somebody chooses one by a link. */
export const CreateUser = z.strictObject({
  tenant: z.string().min(1).max(64).default('default'),
  username: Username,
  displayName: DisplayName,
  email: Email.optional(),
  platformRole: PlatformRole.default('member'),
  roleTag: RoleTag.optional(),
  password: Password.optional(),
});
export type CreateUser = z.infer<typeof CreateUser>;

/** Only what is named changes; `null` empties it. */
export const UpdateUser = z.strictObject({
  username: Username.optional(),
  displayName: DisplayName.optional(),
  email: Email.nullable().optional(),
  roleTag: RoleTag.nullable().optional(),
  active: z.boolean().optional(),
});
export type UpdateUser = z.infer<typeof UpdateUser>;

/** To another tenant, to another platform role, or both. */
export const MoveUser = z
  .strictObject({ tenant: z.string().min(1).max(64).optional(), platformRole: PlatformRole.optional() })
  .refine(({ tenant, platformRole }) => tenant !== undefined || platformRole !== undefined, 'Name a tenant or a role.');
export type MoveUser = z.infer<typeof MoveUser>;

/** What belongs to somebody, and so has to belong to somebody else before they go. */
export const OwnedThing = z.object({ kind: z.enum(['container']), id: z.string(), name: z.string() });
export type OwnedThing = z.infer<typeof OwnedThing>;
export const DeleteUserPreview = z.object({ user: User, owns: z.array(OwnedThing), sessions: z.int() });
export type DeleteUserPreview = z.infer<typeof DeleteUserPreview>;
/** `transferTo` is needed where they own something. */
export const DeleteUser = z.strictObject({ transferTo: UserId.optional() });
export type DeleteUser = z.infer<typeof DeleteUser>;

/** A browser or program that is signed in. */
export const SessionInfo = z.object({
  id: SessionId,
  kind: z.enum(['browser', 'program']),
  address: z.string(),
  device: z.string(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp,
  endsAt: Timestamp,
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;
export const SessionList = listOf(SessionInfo);
export type SessionList = z.infer<typeof SessionList>;

/** `username,displayName,email,platformRole,roleTag`, the first line names the columns; only the first is needed. */
export const ImportUsers = z.strictObject({
  tenant: z.string().min(1).max(64).default('default'),
  csv: z.string().min(1).max(500_000),
  /** True: says what would happen and changes nothing. */
  dryRun: z.boolean().default(true),
});
export type ImportUsers = z.infer<typeof ImportUsers>;
export const ImportReport = z.object({
  created: z.int(),
  rows: z.array(
    z.object({
      line: z.int(),
      username: z.string(),
      outcome: z.enum(['create', 'exists', 'invalid']),
      /** What is wrong with it, by column. */
      issues: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    }),
  ),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const UserAnswer = z.object({ item: User });
export type UserAnswer = z.infer<typeof UserAnswer>;
