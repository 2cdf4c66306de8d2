import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Accepted, DeployInput, DeployReview, GeneratedSecrets, OperationId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { DeployReviewService } from './deploy-review.service.js';
import { DeploymentsService } from './deployments.service.js';

@Controller()
export class DeploymentsController {
  constructor(
    private readonly deployments: DeploymentsService,
    private readonly reviews: DeployReviewService,
  ) {}

  @Post('deployments/review')
  @Allow('containers.create')
  @Returns(DeployReview)
  review(@CurrentActor() actor: Actor, @Body({ schema: DeployInput }) body: DeployInput): Promise<DeployReview> {
    return this.reviews.review(actor, body);
  }

  @Post('deployments')
  @Allow('containers.create')
  @Returns(Accepted, 202)
  async deploy(
    @CurrentActor() actor: Actor,
    @Body({ schema: DeployInput }) body: DeployInput,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.deployments.deploy(actor, body, key) };
  }

  @Get('operations/:id/secrets')
  @Allow('operations.see')
  @Returns(GeneratedSecrets)
  secrets(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: OperationId }) id: OperationId,
  ): Promise<GeneratedSecrets> {
    return this.deployments.takeSecrets(actor, id);
  }
}
