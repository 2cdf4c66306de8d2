import type { Request, Response } from 'express';
import * as z from 'zod';
import type { Config } from '../../config.js';
import type { SecretKey } from '../../kernel/secret-key.js';

const PURPOSE = 'sign-in provider';
export const PROVIDER_COOKIE_MS = 10 * 60_000;

/** What a browser carries while its person is at a provider: sealed, so that it can neither be read nor made. */
const Carried = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  expiresAt: z.number(),
});
export type Carried = z.infer<typeof Carried>;

const nameOf = (secure: boolean): string => (secure ? '__Host-bw_sign_in' : 'bw_sign_in');
const optionsOf = (secure: boolean) => ({ httpOnly: true, sameSite: 'lax' as const, secure, path: '/' });

export const sealCarried = (key: SecretKey, provider: string, carried: Carried): string =>
  key.seal(PURPOSE, provider, JSON.stringify(carried));

export function setCarried(response: Response, sealed: string, { cookieSecure }: Config): void {
  response.cookie(nameOf(cookieSecure), sealed, { ...optionsOf(cookieSecure), maxAge: PROVIDER_COOKIE_MS });
}

export function clearCarried(response: Response, { cookieSecure }: Config): void {
  response.clearCookie(nameOf(cookieSecure), optionsOf(cookieSecure));
}

/** Undefined where there is none, or one that is of another provider, of another installation, or touched. */
export function readCarried(
  request: Request,
  key: SecretKey,
  provider: string,
  { cookieSecure }: Config,
): Carried | undefined {
  const prefix = `${nameOf(cookieSecure)}=`;
  const [sealed, another] = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
  if (sealed === undefined || another !== undefined) return undefined;
  try {
    return Carried.parse(JSON.parse(key.open(PURPOSE, provider, sealed)));
  } catch {
    // Whatever it is, we did not seal it.
    return undefined;
  }
}
