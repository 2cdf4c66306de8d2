import type { Response } from 'express';
import type { Config } from '../../config.js';
import { sessionCookieName, sessionCookieOptions } from '../../foundation/identity/session-cookie.js';
import type { OpenedSession } from '../../foundation/identity/sessions.service.js';

/** Hands the browser its session. */
export function setSession(response: Response, { token, maxAgeMs }: OpenedSession, { cookieSecure }: Config): void {
  response.cookie(sessionCookieName(cookieSecure), token, { ...sessionCookieOptions(cookieSecure), maxAge: maxAgeMs });
}

/** Takes it back, with whatever the browser kept of our pages; other cookies of this host are not ours to clear. */
export function clearSession(response: Response, { cookieSecure }: Config): void {
  response.clearCookie(sessionCookieName(cookieSecure), sessionCookieOptions(cookieSecure));
  response.setHeader('Clear-Site-Data', '"cache", "storage"');
}
