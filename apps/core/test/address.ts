/** The routes that stand outside `/api/v1`. */
const OUTSIDE: ReadonlySet<string> = new Set(['healthz', 'readyz', 'metrics']);

/** Nobody is signed in there. */
export const isOutside = (path: string): boolean => OUTSIDE.has(path);

/** Where a route is, by what it is called below `/api/v1/`. */
export const addressOf = (path: string): string => (isOutside(path) ? `/${path}` : `/api/v1/${path}`);
