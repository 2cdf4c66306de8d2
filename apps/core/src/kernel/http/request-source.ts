import type { Request } from 'express';
import { addressOf } from './address.js';

/** Where a request came from, as far as the trusted proxies tell. */
export const cameFrom = (request: Request) => ({
  address: addressOf(request),
  /** As the browser named it; it is one of ours. */
  host: request.host,
  device: (request.get('user-agent') ?? 'unknown').slice(0, 200),
  requestId: request.requestId,
});
