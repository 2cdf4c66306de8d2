import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  GivePluginConsent,
  PluginAnswer,
  PluginHealth,
  PluginId,
  PluginList,
  PluginLog,
  ReadPluginLog,
  SetPluginSettings,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { PluginsService } from './plugins.service.js';

@Controller('plugins')
export class PluginsController {
  constructor(private readonly plugins: PluginsService) {}

  @Get()
  @Allow('plugins.see')
  @Returns(PluginList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(this.plugins.list(actor), rightsVersion(actor)));
  }

  @Post('rescan')
  @Allow('plugins.manage')
  @HttpCode(200)
  @Returns(PluginList)
  rescan(@CurrentActor() actor: Actor): Promise<PluginList> {
    return this.plugins.rescan(actor);
  }

  @Get(':id')
  @Allow('plugins.see')
  @Returns(PluginAnswer)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: PluginId }) id: PluginId): PluginAnswer {
    return { item: this.plugins.get(actor, id) };
  }

  @Put(':id/consent')
  @Allow('plugins.manage')
  @Returns(PluginAnswer)
  async consent(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: PluginId }) id: PluginId,
    @Body({ schema: GivePluginConsent }) body: GivePluginConsent,
  ): Promise<PluginAnswer> {
    return { item: await this.plugins.consent(actor, id, body) };
  }

  @Put(':id/settings')
  @Allow('plugins.manage')
  @Returns(PluginAnswer)
  async settings(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: PluginId }) id: PluginId,
    @Body({ schema: SetPluginSettings }) body: SetPluginSettings,
  ): Promise<PluginAnswer> {
    return { item: await this.plugins.set(actor, id, body) };
  }

  @Post(':id/start')
  @Allow('plugins.manage')
  @HttpCode(200)
  @Returns(PluginAnswer)
  async start(@CurrentActor() actor: Actor, @Param('id', { schema: PluginId }) id: PluginId): Promise<PluginAnswer> {
    return { item: await this.plugins.start(actor, id) };
  }

  @Post(':id/stop')
  @Allow('plugins.manage')
  @HttpCode(200)
  @Returns(PluginAnswer)
  async stop(@CurrentActor() actor: Actor, @Param('id', { schema: PluginId }) id: PluginId): Promise<PluginAnswer> {
    return { item: await this.plugins.stop(actor, id) };
  }

  @Post(':id/restart')
  @Allow('plugins.manage')
  @HttpCode(200)
  @Returns(PluginAnswer)
  async restart(@CurrentActor() actor: Actor, @Param('id', { schema: PluginId }) id: PluginId): Promise<PluginAnswer> {
    return { item: await this.plugins.restart(actor, id) };
  }

  @Get(':id/health')
  @Allow('plugins.see')
  @Returns(PluginHealth)
  health(@CurrentActor() actor: Actor, @Param('id', { schema: PluginId }) id: PluginId): Promise<PluginHealth> {
    return this.plugins.health(actor, id);
  }

  @Get(':id/log')
  @Allow('plugins.see')
  @Returns(PluginLog)
  log(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: PluginId }) id: PluginId,
    @Query({ schema: ReadPluginLog }) query: ReadPluginLog,
  ): PluginLog {
    return this.plugins.log(actor, id, query);
  }
}
