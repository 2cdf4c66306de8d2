import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../../config.js';
import { AppError } from '../errors.js';
import { isOwnHost } from './host.rules.js';
import { ownAddresses } from './own-page.js';

/** Answers only to names that are ours, so that a foreign page cannot reach us by renaming itself (DNS rebinding). */
export function checkHost(config: Config) {
  const own = ownAddresses(config);
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (isOwnHost(request.headers.host, own) && isOwnHost(request.host, own)) next();
    else
      next(
        new AppError('host_refused', 421, 'This address does not belong to the panel.', {
          hint: 'Add the host name to BAILIWICK_ALLOWED_HOSTS, or set BAILIWICK_PUBLIC_URL.',
        }),
      );
  };
}
