import * as z from 'zod';
import { PlatformRole } from './capabilities.ts';
import { PasskeyProof } from './passkeys.ts';
import { Timestamp } from './wire.ts';

/** Six digits, however they are spaced. */
export const TotpCode = z
  .string()
  .max(20)
  .overwrite((text) => text.replace(/\s/g, ''))
  .regex(/^\d{6}$/, 'Enter the six digits your app shows.');
/** One of ten, used up when it is used; dashes, spaces and capitals do not matter. */
export const RecoveryCode = z
  .string()
  .max(40)
  .overwrite((text) => text.replace(/[\s-]/g, '').toLowerCase())
  .regex(/^[a-z2-7]{16}$/, 'Enter one of your recovery codes.');

export const TotpProof = z.strictObject({ code: TotpCode });
export type TotpProof = z.infer<typeof TotpProof>;
const RecoveryProof = z.strictObject({ recoveryCode: RecoveryCode });
/** What somebody has beside the password. */
export const SecondFactor = z.union([TotpProof, RecoveryProof]);
export type SecondFactor = z.infer<typeof SecondFactor>;

/** The second step: `challenge` came with the refusal of the first, and is good for five minutes at the same address. */
export const SignInTwoFactor = z.union([
  TotpProof.extend({ challenge: z.string().min(1).max(100) }),
  RecoveryProof.extend({ challenge: z.string().min(1).max(100) }),
  PasskeyProof.extend({ challenge: z.string().min(1).max(100) }),
]);
export type SignInTwoFactor = z.infer<typeof SignInTwoFactor>;
/** What the second step can be taken with, in `params.factors` of `two_factor_required`. */
export const SecondFactorKind = z.enum(['code', 'recoveryCode', 'passkey']);
export type SecondFactorKind = z.infer<typeof SecondFactorKind>;
/** Asks for what a passkey has to sign in the second step. */
export const AskTwoFactorPasskey = z.strictObject({ challenge: z.string().min(1).max(100) });
export type AskTwoFactorPasskey = z.infer<typeof AskTwoFactorPasskey>;

export const TwoFactorStatus = z.object({
  enabled: z.boolean(),
  confirmedAt: Timestamp.nullable(),
  recoveryCodesLeft: z.int(),
  /** Their role needs it: it can be set up, and not be turned off. */
  required: z.boolean(),
});
export type TwoFactorStatus = z.infer<typeof TwoFactorStatus>;

/** Shown once, to be put into an app; nothing is asked for at the sign-in before a code of it was confirmed. */
export const TwoFactorStart = z.object({
  secret: z.string(),
  uri: z.string(),
  /** The address as a picture: `data:image/svg+xml…`. */
  qr: z.string(),
});
export type TwoFactorStart = z.infer<typeof TwoFactorStart>;

/** Shown once; each lets its person in one time. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** Why, for the audit trail. */
export const ResetTwoFactor = z.strictObject({ reason: z.string().trim().max(200).optional() }).default({});
export type ResetTwoFactor = z.infer<typeof ResetTwoFactor>;

/** Whose role is named needs a second factor, and may do nothing but set one up until they have it. */
export const TwoFactorPolicy = z.strictObject({ requiredFor: z.array(PlatformRole).max(4) });
export type TwoFactorPolicy = z.infer<typeof TwoFactorPolicy>;

/** `without`: how many people of each role could sign in now and have no second factor. */
export const TwoFactorSettings = TwoFactorPolicy.extend({ without: z.record(PlatformRole, z.int()) });
export type TwoFactorSettings = z.infer<typeof TwoFactorSettings>;
