import type { UserId } from '@bailiwick/contract';
import type { SignInLimit } from '../../foundation/identity/sign-in-limits.rules.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How soon the same person may ask again. */
export const RESEND_MS = 30_000;

type Counted = readonly [key: string, limit: SignInLimit];

/** Of one who asks: once in half a minute for a name, ten times a day for it, thirty times an hour in all. */
export const requestLimits = (network: string, typed: string): readonly Counted[] => [
  [`reset soon ${network} ${typed}`, { tries: 1, windowMs: RESEND_MS, lockMs: RESEND_MS }],
  [`reset name ${network} ${typed}`, { tries: 10, windowMs: DAY_MS, lockMs: DAY_MS }],
  [`reset address ${network}`, { tries: 30, windowMs: HOUR_MS, lockMs: HOUR_MS }],
];

/** Mails to one account, by whomever they are asked for. */
export const accountLimit = (userId: UserId): Counted => [
  `reset account ${userId}`,
  { tries: 20, windowMs: DAY_MS, lockMs: DAY_MS },
];

/** Codes tried against one account: with a million of them, a day's guesses find one in twenty thousand. */
export const codeLimit = (userId: UserId): Counted => [
  `reset code ${userId}`,
  { tries: 50, windowMs: DAY_MS, lockMs: DAY_MS },
];

/** Behind the hash: no server, proxy or log on the way ever sees it. */
export const resetUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/login/recover#${token}`;
