/** What a client sends to be let in: the cookie of a browser, or the bearer of a program. */
export type Door = { cookie: string } | { authorization: string };

/** A browser says which page it is on; a program has none. */
export const doorHeaders = (door: Door, origin: string): Record<string, string> =>
  'cookie' in door ? { cookie: door.cookie, origin } : { authorization: door.authorization };
