import * as z from 'zod';
import { Capability, PlatformRole } from './capabilities.ts';
import { SessionId, TenantId, TokenId, UserId } from './ids.ts';
import { PasskeyProof } from './passkeys.ts';
import { TotpProof } from './two-factor.ts';
import { Timestamp } from './wire.ts';

export const Username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, 'Use 2 to 32 lower-case letters, digits, dots, dashes or underscores.');
/** In one line: it stands in mails, logs and tables. */
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u, 'Use one line, without control characters.');
/** Kept in lower-case letters, so that it is found however it is typed. */
export const Email = z.email().max(254).toLowerCase();
/** 12 to 128 characters, no composition rules, never truncated. */
export const Password = z.string().min(12).max(128);

export const Theme = z.enum(['cobalt', 'graphite', 'ember', 'tide']);
export const Appearance = z.strictObject({
  theme: Theme,
  mode: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'regular', 'comfortable']),
  motion: z.enum(['system', 'reduced']),
});
export type Appearance = z.infer<typeof Appearance>;
export const DEFAULT_APPEARANCE: Appearance = { theme: 'cobalt', mode: 'system', density: 'regular', motion: 'system' };

export const SetupStatus = z.object({ needed: z.boolean() });
export type SetupStatus = z.infer<typeof SetupStatus>;
/** The first person becomes owner; the token is printed by the start command and works once. */
export const ClaimSetup = z.strictObject({
  token: z.string().min(1).max(200),
  username: Username,
  displayName: DisplayName,
  password: Password,
});
export type ClaimSetup = z.infer<typeof ClaimSetup>;

/** `tenant` is a slug; without it staff are meant, else the only person of that name. */
export const SignIn = z.strictObject({
  tenant: z.string().min(1).max(64).optional(),
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(128),
});
export type SignIn = z.infer<typeof SignIn>;

export const Person = z.object({
  id: UserId,
  username: z.string(),
  displayName: z.string(),
  platformRole: PlatformRole,
});
export type Person = z.infer<typeof Person>;

/** Everything the panel needs to know about who is looking. `can` lists capabilities held on the panel itself. */
export const Me = z.object({
  user: Person,
  /** Where mail to them goes, and whether it counts as theirs: by a mail they answered, a provider, or staff. */
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  tenant: z.object({ id: TenantId, slug: z.string(), name: z.string() }),
  /** What they came with: a session, or a personal token. */
  session: z.object({ id: z.union([SessionId, TokenId]), idleEndsAt: Timestamp, endsAt: Timestamp }),
  /** Empty for who came with a bearer: those need none. */
  csrf: z.string(),
  can: z.array(Capability),
  /** Those they hold on something at least, which `can` is part of: whether a page has anything for them. */
  anywhere: z.array(Capability),
  appearance: Appearance,
  /** Who really looks, through this person's eyes; they may change nothing meanwhile. */
  viewedBy: z.object({ id: UserId, displayName: z.string() }).nullable(),
  /** Their role needs a second factor and they have none: all they may do is set one up. */
  twoFactorMissing: z.boolean(),
});
export type Me = z.infer<typeof Me>;

/** Proves again who is there, before something grave: by the password, a passkey, or a code where two-factor is on. */
export const StepUp = z.union([z.strictObject({ password: z.string().min(1).max(128) }), TotpProof, PasskeyProof]);
export type StepUp = z.infer<typeof StepUp>;
export const ChangePassword = z.strictObject({ current: z.string().min(1).max(128), password: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;
/** Another address needs a proof a moment ago; `null` empties it, and what is not named stays. */
export const UpdateProfile = z.strictObject({
  displayName: DisplayName,
  email: Email.nullable().optional(),
});
export type UpdateProfile = z.infer<typeof UpdateProfile>;
