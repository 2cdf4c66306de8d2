import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { AlertAnswer, AlertId, AlertList, ListAlerts, SilenceAlert } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { AlertsService } from './alerts.service.js';

@Controller('alerts')
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get()
  @Allow('containers.see')
  @Returns(AlertList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListAlerts }) query: ListAlerts,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.alerts.list(actor, query), rightsVersion(actor)));
  }

  @Get(':id')
  @Allow('containers.see')
  @Returns(AlertAnswer)
  async get(@CurrentActor() actor: Actor, @Param('id', { schema: AlertId }) id: AlertId): Promise<AlertAnswer> {
    return { item: await this.alerts.get(actor, id) };
  }

  @Post(':id/acknowledge')
  @Allow('containers.restart')
  @HttpCode(200)
  @Returns(AlertAnswer)
  async acknowledge(@CurrentActor() actor: Actor, @Param('id', { schema: AlertId }) id: AlertId): Promise<AlertAnswer> {
    return { item: await this.alerts.acknowledge(actor, id) };
  }

  @Post(':id/silence')
  @Allow('containers.restart')
  @HttpCode(200)
  @Returns(AlertAnswer)
  async silence(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: AlertId }) id: AlertId,
    @Body({ schema: SilenceAlert }) body: SilenceAlert,
  ): Promise<AlertAnswer> {
    return { item: await this.alerts.silence(actor, id, body) };
  }

  @Delete(':id/silence')
  @Allow('containers.restart')
  @Returns(AlertAnswer)
  async unsilence(@CurrentActor() actor: Actor, @Param('id', { schema: AlertId }) id: AlertId): Promise<AlertAnswer> {
    return { item: await this.alerts.unsilence(actor, id) };
  }
}
