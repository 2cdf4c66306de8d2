import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

/** For routes that start an operation: the key is bound to it in the transaction that accepts it. */
export const IdempotencyHeader = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const value = context.switchToHttp().getRequest<Request>().headers[IDEMPOTENCY_HEADER];
  return typeof value === 'string' ? value : undefined;
});
