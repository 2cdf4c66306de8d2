import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Accepted, ListOperations, Operation, OperationId, OperationList } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';

@Controller('operations')
export class OperationsController {
  constructor(private readonly operations: OperationsService) {}

  @Get()
  @Allow('operations.see')
  @Returns(OperationList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListOperations }) query: ListOperations,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(
      request,
      response,
      versionedList(await this.operations.list(actor, query), rightsVersion(actor)),
    );
  }

  @Get(':id')
  @Allow('operations.see')
  @Returns(Operation)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: OperationId }) id: OperationId): Promise<Operation> {
    return this.operations.get(actor, id);
  }

  @Post(':id/cancel')
  @Allow('operations.cancel')
  @Returns(Accepted, 202)
  async cancel(@CurrentActor() actor: Actor, @Param('id', { schema: OperationId }) id: OperationId): Promise<Accepted> {
    return { operation: await this.operations.cancel(actor, id) };
  }

  @Post(':id/retry')
  @Allow('operations.retry')
  @Returns(Accepted, 202)
  async retry(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: OperationId }) id: OperationId,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.operations.retry(actor, id, key) };
  }
}
