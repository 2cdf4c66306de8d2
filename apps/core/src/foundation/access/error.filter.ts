import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { ErrorEnvelope } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Socket } from 'socket.io';
import type { AppError } from '../../kernel/errors.js';
import { toAppError, toEnvelope } from '../../kernel/http/error-envelope.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { isStaff } from './actor.js';

/** Every failure leaves in one envelope; what we did not expect leaves its stack in the log only. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log: Log;

  constructor(@Inject(CoreLog) coreLog: CoreLog) {
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
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const wait = expected?.params?.['retryAfterSeconds'];
    if (typeof wait === 'number') response.setHeader('Retry-After', String(wait));
    const raw = actor !== undefined && isStaff(actor);
    response.status(expected?.status ?? 500).json(toEnvelope(expected, requestId, { raw }));
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
