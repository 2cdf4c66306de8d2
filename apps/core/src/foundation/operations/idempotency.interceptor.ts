import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import { IdempotencyKey } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { AppError, conflict, invalid } from '../../kernel/errors.js';
import { SecretKey } from '../../kernel/secret-key.js';
import type { Actor } from '../access/actor.js';
import type { IdempotencyKeyRow } from './idempotency-key.entity.js';
import { ANSWERS_SECRET, IDEMPOTENCY_HEADER } from './idempotency-key.decorator.js';
import { canonicalJson } from './idempotency.rules.js';
import { IdempotencyStore, type KeyOf } from './idempotency.store.js';
import { OperationsService } from './operations.service.js';

/** What is put or patched comes to the same however often it is sent. */
const TAKE_KEYS: ReadonlySet<string> = new Set(['POST', 'DELETE']);
const KEPT_MS = 24 * 3_600_000;
// What answered nothing (204) is kept without a body.
const Answer = z.object({ body: z.unknown().optional() });

interface Attempt {
  readonly row: IdempotencyKeyRow;
  readonly actor: Actor;
  readonly response: Response;
  /** Answers 202: when no operation was accepted, nothing happened. */
  readonly startsOperation: boolean;
  readonly run: () => Promise<unknown>;
}

/** One effect per `Idempotency-Key` of a person for 24 h; whoever asks again gets the same answer. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly running = new Map<string, { row: IdempotencyKeyRow; answer: Promise<unknown> }>();

  constructor(
    private readonly store: IdempotencyStore,
    private readonly operations: OperationsService,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
    private readonly secret: SecretKey,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const { actor } = request;
    const header = request.headers[IDEMPOTENCY_HEADER];
    if (!TAKE_KEYS.has(request.method) || header === undefined || !actor) return next.handle();
    if (this.reflector.get<boolean | undefined>(ANSWERS_SECRET, context.getHandler())) return next.handle();
    return from(
      this.answer({
        row: this.toRow(request, actor, header),
        actor,
        response: context.switchToHttp().getResponse<Response>(),
        startsOperation: this.reflector.get<number | undefined>(HTTP_CODE_METADATA, context.getHandler()) === 202,
        run: () => lastValueFrom(next.handle(), { defaultValue: undefined }),
      }),
    );
  }

  private answer(attempt: Attempt): Promise<unknown> {
    const id = `${attempt.row.actorId} ${attempt.row.key}`;
    const running = this.running.get(id);
    if (running) {
      assertSame(running.row, attempt.row);
      attempt.response.setHeader('Idempotency-Replayed', 'true');
      return running.answer;
    }
    const answer = this.once(attempt).finally(() => this.running.delete(id));
    this.running.set(id, { row: attempt.row, answer });
    return answer;
  }

  private async once(attempt: Attempt): Promise<unknown> {
    const first = await this.store.take(attempt.row, this.clock.now() - KEPT_MS);
    if (!first) return this.run(attempt);
    assertSame(first, attempt.row);
    if (!first.answer && !first.operationId && attempt.startsOperation) return this.run(attempt);
    attempt.response.setHeader('Idempotency-Replayed', 'true');
    if (first.answer) return Answer.parse(first.answer).body;
    if (first.operationId) return { operation: await this.operations.get(attempt.actor, first.operationId) };
    throw conflict('interrupted', 'The core stopped while it did this. Look at what came of it, then use a new key.');
  }

  private async run({ row, run }: Attempt): Promise<unknown> {
    const key: KeyOf = { actorId: row.actorId, key: row.key };
    try {
      const body = await run();
      await this.store.answer(key, { body });
      return body;
    } catch (error) {
      await this.store.free(key);
      throw error;
    }
  }

  private toRow(request: Request, actor: Actor, header: string | string[]): IdempotencyKeyRow {
    const key = IdempotencyKey.safeParse(header);
    if (!key.success)
      throw invalid([{ path: 'Idempotency-Key', code: 'invalid_key', message: 'Use 8 to 128 characters.' }]);
    return {
      actorId: actor.userId,
      key: key.data,
      route: `${request.method} ${request.originalUrl}`,
      // With a key: some bodies hold a password, and whoever reads the database must not try a million a second.
      bodyHash: this.secret.sign('idempotency', canonicalJson(request.body)),
      answer: null,
      operationId: null,
      createdAt: this.clock.now(),
    };
  }
}

function assertSame(first: IdempotencyKeyRow, again: IdempotencyKeyRow): void {
  if (first.route === again.route && first.bodyHash === again.bodyHash) return;
  throw new AppError('idempotency_mismatch', 422, 'This key was used for another request. Take a new one.', {
    params: { route: first.route },
  });
}
