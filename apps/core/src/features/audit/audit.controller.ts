import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { AuditEventAnswer, AuditEventId, AuditList, ListActivity, ListAudit, UserId } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get('audit')
  @Allow('audit.see')
  @Returns(AuditList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListAudit }) query: ListAudit,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.audit.list(actor, query), rightsVersion(actor)));
  }

  @Get('audit/:id')
  @Allow('audit.see')
  @Returns(AuditEventAnswer)
  async get(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: AuditEventId }) id: AuditEventId,
  ): Promise<AuditEventAnswer> {
    return { item: await this.audit.get(actor, id) };
  }

  @Get('me/activity')
  @Allow('account.manage')
  @Returns(AuditList)
  async own(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListActivity }) query: ListActivity,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.audit.own(actor, query), rightsVersion(actor)));
  }

  @Get('users/:id/activity')
  @Allow('audit.see')
  @Returns(AuditList)
  async about(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Query({ schema: ListActivity }) query: ListActivity,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const list = await this.audit.about(actor, id, query);
    await sendVersioned(request, response, versionedList(list, rightsVersion(actor)));
  }
}
