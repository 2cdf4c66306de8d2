import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Accepted, DeployInput, DeployReview, GeneratedSecrets, OperationId } from '@bailiwick/contract';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { AppError } from '../../kernel/errors.js';
import { assertOwnPage } from '../../kernel/http/own-page.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import { DeployReviewService } from './deploy-review.service.js';
import { DeploymentsService } from './deployments.service.js';

@Controller()
export class DeploymentsController {
  constructor(
    private readonly deployments: DeploymentsService,
    private readonly reviews: DeployReviewService,
    @Inject(CONFIG) private readonly config: Config,
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

  /** Shown once, so only to who sees the answer: a HEAD carries none, and another site's page cannot read it. */
  @Get('operations/:id/secrets')
  @Allow('operations.see')
  @Returns(GeneratedSecrets)
  secrets(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: OperationId }) id: OperationId,
    @Req() request: Request,
  ): Promise<GeneratedSecrets> {
    if (request.method !== 'GET')
      throw new AppError('method_not_allowed', 405, 'This address does not answer to that method.');
    assertOwnPage(request, this.config);
    return this.deployments.takeSecrets(actor, id);
  }
}
