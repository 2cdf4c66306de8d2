import { Controller, Delete, Get, Param, Req, Res } from '@nestjs/common';
import { SessionId, SessionList, UserId } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { SessionListService } from './session-list.service.js';

@Controller()
export class SessionsController {
  constructor(private readonly sessions: SessionListService) {}

  @Get('me/sessions')
  @Allow('account.manage')
  @Returns(SessionList)
  async own(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.sessions.own(actor), rightsVersion(actor)));
  }

  /** All but the one that asks. */
  @Delete('me/sessions')
  @Allow('account.manage')
  @ReturnsNothing()
  endOthers(@CurrentActor() actor: Actor): Promise<void> {
    return this.sessions.endOthers(actor);
  }

  @Delete('me/sessions/:id')
  @Allow('account.manage')
  @ReturnsNothing()
  endOwn(@CurrentActor() actor: Actor, @Param('id', { schema: SessionId }) id: SessionId): Promise<void> {
    return this.sessions.endOwn(actor, id);
  }

  @Get('users/:id/sessions')
  @Allow('people.sessions')
  @Returns(SessionList)
  async of(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.sessions.of(actor, id), rightsVersion(actor)));
  }

  @Delete('users/:id/sessions')
  @Allow('people.sessions')
  @ReturnsNothing()
  endOf(@CurrentActor() actor: Actor, @Param('id', { schema: UserId }) id: UserId): Promise<void> {
    return this.sessions.endOf(actor, id);
  }
}
