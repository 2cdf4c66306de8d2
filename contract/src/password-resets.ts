import * as z from 'zod';
import { Password } from './identity.ts';
import { UserId } from './ids.ts';
import { RecoveryCode, TotpCode } from './two-factor.ts';
import { Timestamp } from './wire.ts';

/** Who forgot: `name` is a username or an e-mail address; the tenant as at the sign-in. */
const Forgetful = { tenant: z.string().min(1).max(64).optional(), name: z.string().trim().min(1).max(254) };

/** Names an account and carries 256 random bits; told once. */
export const ResetToken = z.string().regex(/^usr_[a-z2-7]{16}\.[A-Za-z0-9_-]{43}$/, 'This link is not complete.');

export const ResetWays = z.object({
  /** False: no mail server is set up, staff hands out links. */
  byMail: z.boolean(),
});
export type ResetWays = z.infer<typeof ResetWays>;

export const RequestReset = z.strictObject(Forgetful);
export type RequestReset = z.infer<typeof RequestReset>;
/** The same whatever was asked: whether somebody of that name exists is not told. */
export const ResetRequested = z.object({ codeSeconds: z.int(), linkSeconds: z.int(), again: z.int() });
export type ResetRequested = z.infer<typeof ResetRequested>;

/** The six digits of the mail instead of its link. */
export const ExchangeResetCode = z.strictObject({ ...Forgetful, code: TotpCode });
export type ExchangeResetCode = z.infer<typeof ExchangeResetCode>;
export const ResetGrant = z.object({ token: ResetToken });
export type ResetGrant = z.infer<typeof ResetGrant>;

export const LookAtReset = z.strictObject({ token: ResetToken });
export type LookAtReset = z.infer<typeof LookAtReset>;
/** Whose password it is about, and whether a second factor is asked for. */
export const ResetView = z.object({
  username: z.string(),
  displayName: z.string(),
  tenant: z.object({ slug: z.string(), name: z.string() }),
  twoFactor: z.boolean(),
  expiresAt: Timestamp,
});
export type ResetView = z.infer<typeof ResetView>;

/** `code` or `recoveryCode` where two-factor sign-in is on. */
export const CompleteReset = z.strictObject({
  token: ResetToken,
  password: Password,
  code: TotpCode.optional(),
  recoveryCode: RecoveryCode.optional(),
});
export type CompleteReset = z.infer<typeof CompleteReset>;

/** Made by staff; shown once. */
export const ResetLink = z.object({ userId: UserId, url: z.string(), expiresAt: Timestamp });
export type ResetLink = z.infer<typeof ResetLink>;
