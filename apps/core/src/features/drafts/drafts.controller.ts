import { Body, Controller, Delete, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  CreateDraft,
  Draft,
  DraftId,
  DraftList,
  DraftSummary,
  LookForHolders,
  PrincipalList,
  ShareDraft,
  UpdateDraft,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { AnswersSecret } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { DraftsService } from './drafts.service.js';

@Controller('me/drafts')
export class DraftsController {
  constructor(private readonly drafts: DraftsService) {}

  @Get()
  @Allow('account.manage')
  @Returns(DraftList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.drafts.list(actor), rightsVersion(actor)));
  }

  @Post()
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(Draft, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: CreateDraft }) body: CreateDraft): Promise<Draft> {
    return this.drafts.create(actor, body);
  }

  @Get(':id')
  @Allow('account.manage')
  @Returns(Draft)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: DraftId }) id: DraftId): Promise<Draft> {
    return this.drafts.get(actor, id);
  }

  @Put(':id')
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(Draft)
  update(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: DraftId }) id: DraftId,
    @Body({ schema: UpdateDraft }) body: UpdateDraft,
  ): Promise<Draft> {
    return this.drafts.update(actor, id, body);
  }

  @Delete(':id')
  @Allow('account.manage')
  @ReturnsNothing()
  delete(@CurrentActor() actor: Actor, @Param('id', { schema: DraftId }) id: DraftId): Promise<void> {
    return this.drafts.delete(actor, id);
  }

  /** Whom it could be shared with. */
  @Get(':id/people')
  @Allow('account.manage')
  @Returns(PrincipalList)
  people(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: DraftId }) id: DraftId,
    @Query({ schema: LookForHolders }) question: LookForHolders,
  ): Promise<PrincipalList> {
    return this.drafts.choosePeople(actor, id, question);
  }

  @Put(':id/people')
  @Allow('account.manage')
  @Returns(DraftSummary)
  share(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: DraftId }) id: DraftId,
    @Body({ schema: ShareDraft }) body: ShareDraft,
  ): Promise<DraftSummary> {
    return this.drafts.share(actor, id, body);
  }
}
