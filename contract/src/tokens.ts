import * as z from 'zod';
import { Capability } from './capabilities.ts';
import { ContainerId, TenantId, TokenId } from './ids.ts';
import { Timestamp, listOf } from './wire.ts';

/** What a personal token can be made for. Every one may say whose it is; none may change its person's account. */
export const TokenCapability = Capability.exclude(['account.see', 'account.manage', 'access.viewAs']);
export type TokenCapability = z.infer<typeof TokenCapability>;
/** One container, or everything of one tenant. */
export const TokenTarget = z.union([ContainerId, TenantId]);
export type TokenTarget = z.infer<typeof TokenTarget>;

export const CreateToken = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** Whatever is done to a thing, `see` of the same noun comes with it. */
  capabilities: z.array(TokenCapability).min(1).max(200),
  /** None: everything its person reaches. */
  targets: z.array(TokenTarget).max(100).default([]),
  expiresInDays: z.int().min(1).max(365).default(90),
  /** True: it may do what a person has to confirm with their password. */
  grave: z.boolean().default(false),
});
export type CreateToken = z.infer<typeof CreateToken>;

/** A token of a person, for their programs; what it may do is never more than what its person may do now. */
export const PersonalToken = z.object({
  id: TokenId,
  name: z.string(),
  /** How it begins, to tell one from another. */
  prefix: z.string(),
  capabilities: z.array(TokenCapability),
  targets: z.array(TokenTarget),
  grave: z.boolean(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  expired: z.boolean(),
  lastUsedAt: Timestamp.nullable(),
  lastUsedAddress: z.string().nullable(),
});
export type PersonalToken = z.infer<typeof PersonalToken>;
export const PersonalTokenList = listOf(PersonalToken);
export type PersonalTokenList = z.infer<typeof PersonalTokenList>;
/** `offered`: what the reader could make a token for now. */
export const OwnTokenList = PersonalTokenList.extend({ offered: z.array(TokenCapability) });
export type OwnTokenList = z.infer<typeof OwnTokenList>;
/** `token` is told here and never again. */
export const CreatedToken = z.object({ item: PersonalToken, token: z.string() });
export type CreatedToken = z.infer<typeof CreatedToken>;

/** A program that signed in by name and password. `accessToken` is a JWT, `refreshToken` works once. */
export const ProgramTokens = z.object({
  tokenType: z.literal('Bearer'),
  accessToken: z.string(),
  expiresInSeconds: z.int(),
  refreshToken: z.string(),
  /** When its person has to sign in again, whatever was refreshed. */
  refreshEndsAt: Timestamp,
});
export type ProgramTokens = z.infer<typeof ProgramTokens>;
export const RefreshTokens = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export type RefreshTokens = z.infer<typeof RefreshTokens>;
