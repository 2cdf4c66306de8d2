/** Where to sign in and come back from; only our own pages are ever returned to. */
export function loginPath(next: string): string {
  return next === '/' || !isOwnPath(next) ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}

/** A path on this panel: one leading slash, so that no other site can be slipped in. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !/[\\\s]/.test(path);
}
