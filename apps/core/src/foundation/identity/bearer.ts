const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** Other schemes are not ours: a proxy in front may ask for a password of its own. */
export const readBearer = (authorization: string | undefined): string | undefined =>
  BEARER.exec(authorization ?? '')?.[1];
