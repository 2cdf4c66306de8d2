import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  AccessRequestAnswer,
  AccessRequestId,
  AccessRequestList,
  ApproveAccess,
  DenyAccess,
  ListAccessRequests,
  RequestAccess,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { AccessRequestsService } from './access-requests.service.js';

@Controller('access/requests')
export class AccessRequestsController {
  constructor(private readonly requests: AccessRequestsService) {}

  @Get()
  @Allow('account.see')
  @Returns(AccessRequestList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListAccessRequests }) query: ListAccessRequests,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.requests.list(actor, query), rightsVersion(actor)));
  }

  @Post()
  @Allow('account.manage')
  @Returns(AccessRequestAnswer, 201)
  async request(
    @CurrentActor() actor: Actor,
    @Body({ schema: RequestAccess }) body: RequestAccess,
  ): Promise<AccessRequestAnswer> {
    return { item: await this.requests.request(actor, body) };
  }

  @Get(':id')
  @Allow('account.see')
  @Returns(AccessRequestAnswer)
  async get(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: AccessRequestId }) id: AccessRequestId,
  ): Promise<AccessRequestAnswer> {
    return { item: await this.requests.get(actor, id) };
  }

  @Post(':id/approve')
  @Allow('containers.manageAccess')
  @Returns(AccessRequestAnswer)
  async approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: AccessRequestId }) id: AccessRequestId,
    @Body({ schema: ApproveAccess }) body: ApproveAccess,
  ): Promise<AccessRequestAnswer> {
    return { item: await this.requests.approve(actor, id, body) };
  }

  @Post(':id/deny')
  @Allow('containers.manageAccess')
  @Returns(AccessRequestAnswer)
  async deny(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: AccessRequestId }) id: AccessRequestId,
    @Body({ schema: DenyAccess }) body: DenyAccess,
  ): Promise<AccessRequestAnswer> {
    return { item: await this.requests.deny(actor, id, body) };
  }

  @Post(':id/withdraw')
  @Allow('account.manage')
  @Returns(AccessRequestAnswer)
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: AccessRequestId }) id: AccessRequestId,
  ): Promise<AccessRequestAnswer> {
    return { item: await this.requests.withdraw(actor, id) };
  }
}
