import { createHash, randomBytes } from 'node:crypto';
import type { CookieOptions } from 'express';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits; only its hash is ever stored. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** `__Host-` binds the cookie to this very host and to https; browsers refuse it on plain http. */
export const sessionCookieName = (secure: boolean): string => (secure ? '__Host-bw_session' : 'bw_session');

export const sessionCookieOptions = (secure: boolean): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure,
  path: '/',
});

/** Undefined when there is none, when it is malformed, or when two of that name were sent. */
export function readSessionToken(cookieHeader: string | undefined, secure: boolean): string | undefined {
  const [token, another] = sessionCookies(cookieHeader, secure);
  return token !== undefined && another === undefined && TOKEN.test(token) ? token : undefined;
}

/** Whether one was sent at all, well-formed or not. */
export const hasSessionCookie = (cookieHeader: string | undefined, secure: boolean): boolean =>
  sessionCookies(cookieHeader, secure).length > 0;

function sessionCookies(cookieHeader: string | undefined, secure: boolean): string[] {
  const prefix = `${sessionCookieName(secure)}=`;
  return (cookieHeader ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
}
