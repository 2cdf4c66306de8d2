/** A path on this panel: one leading slash, so that no other site can be slipped in. */
export const toOwnPath = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])/.test(path) && !/[\\\s\p{Cc}]/u.test(path) ? path : '/';
