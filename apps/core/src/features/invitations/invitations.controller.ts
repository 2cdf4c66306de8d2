import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  AcceptInvitation,
  CreateInvitation,
  InvitationAnswer,
  InvitationId,
  InvitationList,
  InvitationView,
  ListInvitations,
  LookAtInvitation,
  ResendInvitation,
} from '@bailiwick/contract';
import type { Request } from 'express';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor, Public } from '../../foundation/access/allow.decorator.js';
import { AnswersSecret } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { InvitationAdministrationService } from './invitation-administration.service.js';

@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly administration: InvitationAdministrationService,
    private readonly acceptance: InvitationAcceptanceService,
  ) {}

  @Get()
  @Allow('people.see')
  @Returns(InvitationList)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListInvitations }) query: ListInvitations,
  ): Promise<InvitationList> {
    return this.administration.list(actor, query);
  }

  @Post()
  @Allow('people.create')
  @AnswersSecret()
  @Returns(InvitationAnswer, 201)
  create(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateInvitation }) body: CreateInvitation,
  ): Promise<InvitationAnswer> {
    return this.administration.create(actor, body);
  }

  @Post(':id/resend')
  @Allow('people.create')
  @AnswersSecret()
  @HttpCode(200)
  @Returns(InvitationAnswer)
  resend(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: InvitationId }) id: InvitationId,
    @Body({ schema: ResendInvitation }) body: ResendInvitation,
  ): Promise<InvitationAnswer> {
    return this.administration.resend(actor, id, body);
  }

  @Delete(':id')
  @Allow('people.create')
  @ReturnsNothing()
  revoke(@CurrentActor() actor: Actor, @Param('id', { schema: InvitationId }) id: InvitationId): Promise<void> {
    return this.administration.revoke(actor, id);
  }

  @Post('look')
  @Public()
  @HttpCode(200)
  @Returns(InvitationView)
  look(@Body({ schema: LookAtInvitation }) { token }: LookAtInvitation): Promise<InvitationView> {
    return this.acceptance.look(token);
  }

  /** The account is made and its address counts as theirs; they sign in next. */
  @Post('accept')
  @Public()
  @ReturnsNothing()
  accept(@Req() request: Request, @Body({ schema: AcceptInvitation }) body: AcceptInvitation): Promise<void> {
    return this.acceptance.accept(request, body);
  }
}
