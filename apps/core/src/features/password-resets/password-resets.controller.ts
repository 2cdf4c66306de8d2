import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  CompleteReset,
  ExchangeResetCode,
  LookAtReset,
  RequestReset,
  ResetGrant,
  ResetLink,
  ResetRequested,
  ResetView,
  ResetWays,
  UserId,
} from '@bailiwick/contract';
import type { Request } from 'express';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor, Public } from '../../foundation/access/allow.decorator.js';
import { AnswersSecret } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { PasswordResetLinksService } from './password-reset-links.service.js';
import { PasswordResetRequestsService } from './password-reset-requests.service.js';
import { PasswordResetService } from './password-reset.service.js';

@Controller()
export class PasswordResetsController {
  constructor(
    private readonly requests: PasswordResetRequestsService,
    private readonly resets: PasswordResetService,
    private readonly links: PasswordResetLinksService,
  ) {}

  @Get('password-resets')
  @Public()
  @Returns(ResetWays)
  ways(): ResetWays {
    return this.requests.ways();
  }

  /** The answer is the same whoever is named; a mail goes to the address of their account, if there is one. */
  @Post('password-resets')
  @Public()
  @Returns(ResetRequested, 202)
  request(@Req() request: Request, @Body({ schema: RequestReset }) body: RequestReset): Promise<ResetRequested> {
    return this.requests.request(request, body);
  }

  /** The code of the mail instead of its link. */
  @Post('password-resets/code')
  @Public()
  @HttpCode(200)
  @Returns(ResetGrant)
  exchange(@Req() request: Request, @Body({ schema: ExchangeResetCode }) body: ExchangeResetCode): Promise<ResetGrant> {
    return this.requests.exchange(request, body);
  }

  @Post('password-resets/look')
  @Public()
  @HttpCode(200)
  @Returns(ResetView)
  look(@Body({ schema: LookAtReset }) { token }: LookAtReset): Promise<ResetView> {
    return this.resets.look(token);
  }

  /** Every session of theirs ends; they sign in anew. */
  @Post('password-resets/complete')
  @Public()
  @ReturnsNothing()
  complete(@Req() request: Request, @Body({ schema: CompleteReset }) body: CompleteReset): Promise<void> {
    return this.resets.complete(request, body);
  }

  /** For whoever cannot be reached by mail: the link is shown once, to be handed over. */
  @Post('users/:id/password-reset')
  @Allow('people.update')
  @AnswersSecret()
  @Returns(ResetLink, 201)
  createLink(@CurrentActor() actor: Actor, @Param('id', { schema: UserId }) id: UserId): Promise<ResetLink> {
    return this.links.create(actor, id);
  }
}
