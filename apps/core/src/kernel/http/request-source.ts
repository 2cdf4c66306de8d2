import type { Request } from 'express';

/** Where a request came from, as far as the trusted proxies tell. */
export const cameFrom = (request: Request) => ({
  address: request.ip ?? 'unknown',
  device: (request.get('user-agent') ?? 'unknown').slice(0, 200),
  requestId: request.requestId,
});
