import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Express lets a request be extended
  namespace Express {
    interface Request {
      /** Names this request in logs, audit rows and error answers. */
      requestId: string;
    }
  }
}

/** Ours, never the client's: a forged id would let one request hide behind another. */
export const newRequestId = (): string => `req_${randomBytes(9).toString('base64url')}`;

export function assignRequestId(request: Request, response: Response, next: NextFunction): void {
  request.requestId = newRequestId();
  response.setHeader('X-Request-Id', request.requestId);
  next();
}
