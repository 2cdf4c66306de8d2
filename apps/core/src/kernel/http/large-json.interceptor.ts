import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { json, type Request, type RequestHandler, type Response } from 'express';
import { from, type Observable, switchMap } from 'rxjs';
import { toAppError } from './error-envelope.js';
import { refuseUnsafeJson } from './json-body.js';

/** Reads a body that is larger than others may be, once it is known that whoever sends it may: guards come before. */
export function largeJson(limitBytes: number): new () => NestInterceptor {
  const read = json({ limit: limitBytes, strict: true, type: 'application/json' });

  @Injectable()
  class LargeJsonInterceptor implements NestInterceptor {
    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      const http = context.switchToHttp();
      const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
      const whole = run(read, request, response).then(() => run(refuseUnsafeJson, request, response));
      return from(whole).pipe(switchMap(() => next.handle()));
    }
  }
  return LargeJsonInterceptor;
}

const run = (handler: RequestHandler, request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    void handler(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(toError(error));
    });
  });

/** The body parser's failures in our words. */
const toError = (error: unknown): Error => {
  const failure = toAppError(error) ?? error;
  return failure instanceof Error ? failure : new Error('The body could not be read.', { cause: error });
};
