import type { Request } from 'express';
import type { Config } from '../../config.js';
import { refused } from '../errors.js';
import { isOwnOrigin, type OwnAddresses } from './host.rules.js';

export const ownAddresses = (config: Config): OwnAddresses => ({
  publicUrl: config.BAILIWICK_PUBLIC_URL,
  allowedHosts: config.BAILIWICK_ALLOWED_HOSTS,
  secure: config.cookieSecure,
});

/** A change that a browser sends must come from a page of ours; programs send neither header. */
export function assertOwnPage(request: Request, config: Config): void {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && !isOwnOrigin(origin, request.host, ownAddresses(config)));
  if (foreign) throw refused('origin_refused', 'This request comes from another site.');
}
