import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

export const ANSWERS_SECRET = 'bailiwick:answers-secret';
/** For routes whose answer is shown once: it is not kept, so the key does nothing. Doing it twice must do no harm. */
export const AnswersSecret = () => SetMetadata(ANSWERS_SECRET, true);

/** For routes that start an operation: the key is bound to it in the transaction that accepts it. */
export const IdempotencyHeader = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const value = context.switchToHttp().getRequest<Request>().headers[IDEMPOTENCY_HEADER];
  return typeof value === 'string' ? value : undefined;
});
