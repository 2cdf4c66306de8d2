import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { unauthenticated } from '../../kernel/errors.js';
import { ObservabilityToken, TOKEN_HINT } from './observability-token.js';

/** Lets in whoever has the token of monitoring; a session is none. */
@Injectable()
export class ObservabilityDoor implements CanActivate {
  constructor(private readonly token: ObservabilityToken) {}

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    if (this.token.isIn(authorization)) return true;
    throw unauthenticated('unauthenticated', 'This is for monitoring, which has a token of its own.', {
      hint: `${TOKEN_HINT.replace(/\.$/, '')} as Authorization: Bearer.`,
    });
  }
}
