import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Capability } from '@bailiwick/contract';
import type { Request } from 'express';
import type { Actor } from './actor.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Express lets a request be extended
  namespace Express {
    interface Request {
      /** Who is signed in, also where their request is refused. */
      actor?: Actor;
      /** What the route asks for; absent on public ones. */
      capability?: Capability;
    }
  }
}

export const ALLOW = 'bailiwick:allow';
export const PUBLIC = 'bailiwick:public';

/** Signed in, and able to hold `capability` at all; the service asks again with the target in hand. */
export const Allow = (capability: Capability) => SetMetadata(ALLOW, capability);
/** Open to everybody, signed in or not. */
export const Public = () => SetMetadata(PUBLIC, true);

/** The person behind this request. Only on routes marked `@Allow`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<Request>();
  if (!actor) throw new Error('CurrentActor on a route without @Allow.');
  return actor;
});
