import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  Accepted,
  BoltContainer,
  ContainerId,
  DeployInput,
  DeployReading,
  DeployReview,
  DeployText,
  Duplicate,
  GeneratedSecrets,
  LookForHolders,
  OperationId,
  PrincipalList,
} from '@bailiwick/contract';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { AppError, invalid } from '../../kernel/errors.js';
import { assertOwnPage } from '../../kernel/http/own-page.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { ComposeReading } from '../deploy-texts/compose.rules.js';
import { readDeployText } from '../deploy-texts/deploy-text.rules.js';
import { DeployReviewService } from './deploy-review.service.js';
import { fromBolt } from '../deploy-texts/bolt.rules.js';
import { FirstAccessService } from './first-access.service.js';
import { DeploymentsService } from './deployments.service.js';
import { DuplicatesService } from './duplicates.service.js';

const TEXT_MISTAKES: Readonly<Record<Extract<ComposeReading, { mistake: string }>['mistake'], string>> = {
  yaml: 'This is neither a docker run line nor readable YAML.',
  too_deep: 'This goes deeper than a compose file does.',
  no_service: 'There is no service in this.',
  no_image: 'This names no image that can be deployed.',
};

@Controller()
export class DeploymentsController {
  constructor(
    private readonly deployments: DeploymentsService,
    private readonly reviews: DeployReviewService,
    private readonly firstAccess: FirstAccessService,
    private readonly duplicates: DuplicatesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('deployments/review')
  @Allow('containers.create')
  @Returns(DeployReview)
  review(@CurrentActor() actor: Actor, @Body({ schema: DeployInput }) body: DeployInput): Promise<DeployReview> {
    return this.reviews.review(actor, body);
  }

  /** Whom it could be given to, as what, before it is there. */
  @Get('deployments/principals')
  @Allow('containers.create')
  @Returns(PrincipalList)
  principals(
    @CurrentActor() actor: Actor,
    @Query({ schema: LookForHolders }) question: LookForHolders,
  ): Promise<PrincipalList> {
    return this.firstAccess.choose(actor, question);
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

  /** What was found elsewhere, in our words; nothing of it is run or looked up. */
  @Post('deployments/read')
  @Allow('containers.create')
  @Returns(DeployReading)
  read(@Body({ schema: DeployText }) { text }: DeployText): DeployReading {
    const reading = readDeployText(text);
    if (!('mistake' in reading)) return reading;
    throw new AppError('text_not_understood', 400, TEXT_MISTAKES[reading.mistake], {
      params: { mistake: reading.mistake },
    });
  }

  /** What deploys another one like it; nothing is made yet. */
  @Get('containers/:id/duplicate')
  @Allow('containers.settingsSee')
  @Returns(Duplicate)
  duplicate(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<Duplicate> {
    return this.duplicates.see(actor, id);
  }

  /** The same as a deployment of an image, said as Bolt says it. */
  @Post('containers')
  @Allow('containers.create')
  @Returns(Accepted, 202)
  async deployBolt(
    @CurrentActor() actor: Actor,
    @Body({ schema: BoltContainer }) body: BoltContainer,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    const input = fromBolt(body);
    if ('issues' in input) throw invalid(input.issues);
    return { operation: await this.deployments.deploy(actor, input, key) };
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
