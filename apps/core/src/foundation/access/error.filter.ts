import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Capability, ErrorEnvelope } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Socket } from 'socket.io';
import * as z from 'zod';
import type { AppError } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { addressOf } from '../../kernel/http/address.js';
import { toAppError, toEnvelope } from '../../kernel/http/error-envelope.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { type Actor, isStaff } from './actor.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** Somebody signed in was answered 403. */
    'request.refused': {
      actor: Actor;
      capability: Capability;
      /** As it is declared, below `/api/v1/`. */
      route: string;
      /** What stood in the address for `:id`. */
      named: unknown;
      error: AppError;
    };
    /** Nobody was signed in where somebody has to be. */
    'request.unauthenticated': { address: string; route: string; requestId: string };
  }
}

/** Every failure leaves in one envelope; what we did not expect leaves its stack in the log only. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log: Log;

  constructor(
    @Inject(CoreLog) coreLog: CoreLog,
    private readonly events: Events,
  ) {
    this.log = coreLog.for('http');
  }

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() === 'http')
      this.answer(error, host.switchToHttp().getRequest(), host.switchToHttp().getResponse());
    else this.tellSocket(error, host);
  }

  private answer(error: unknown, request: Request, response: Response): void {
    const { requestId, actor } = request;
    const expected = toAppError(error);
    this.note(error, expected, { requestId, actorId: actor?.userId, method: request.method, path: request.path });
    this.announce(expected, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const wait = expected?.params?.['retryAfterSeconds'];
    if (typeof wait === 'number') response.setHeader('Retry-After', String(wait));
    const raw = actor !== undefined && isStaff(actor);
    response.status(expected?.status ?? 500).json(toEnvelope(expected, requestId, { raw }));
  }

  /** Who was told no, and who came without a name: the audit trail listens. */
  private announce(expected: AppError | undefined, request: Request): void {
    const { actor, capability, requestId } = request;
    if (!expected || capability === undefined) return;
    const route = `${request.method} ${routeOf(request)}`;
    if (expected.status === 403 && actor)
      this.events.publish('request.refused', {
        actor,
        capability,
        route,
        named: request.params['id'],
        error: expected,
      });
    if (expected.code === 'unauthenticated' && !actor)
      this.events.publish('request.unauthenticated', { address: addressOf(request), route, requestId });
  }

  private tellSocket(error: unknown, host: ArgumentsHost): void {
    const client = host.switchToWs().getClient<Socket>();
    const expected = toAppError(error);
    this.note(error, expected, { requestId: client.id });
    const envelope: ErrorEnvelope = toEnvelope(expected, client.id, { raw: false });
    client.emit('exception', envelope);
  }

  private note(error: unknown, expected: AppError | undefined, about: Record<string, unknown>): void {
    if (!expected) this.log.error({ err: error, ...about }, 'A request failed unexpectedly');
    else if (expected.status >= 500)
      this.log.warn({ code: expected.code, err: expected.cause, ...about }, expected.message);
    else this.log.info({ status: expected.status, ...about }, `A request was refused: ${expected.code}`);
  }
}

const Route = z.object({ path: z.string() });

/** The declared address, so that no id of it makes a new kind of refusal. */
function routeOf({ route, path }: Request): string {
  const declared = Route.safeParse(route);
  return (declared.success ? declared.data.path : path).replace(/^\/api\/v1\//, '');
}
