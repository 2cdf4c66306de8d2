import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ChannelAnswer, ChannelId, ChannelList, ChannelTestAnswer, CreateChannel, UpdateChannel } from '@bailiwick/contract'; // prettier-ignore
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { ChannelsService } from './channels.service.js';

@Controller('settings/channels')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Get()
  @Allow('settings.see')
  @Returns(ChannelList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.channels.list(actor), rightsVersion(actor)));
  }

  @Post()
  @Allow('settings.update')
  @Returns(ChannelAnswer, 201)
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateChannel }) body: CreateChannel,
  ): Promise<ChannelAnswer> {
    return { item: await this.channels.create(actor, body) };
  }

  @Put(':id')
  @Allow('settings.update')
  @Returns(ChannelAnswer)
  async update(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ChannelId }) id: ChannelId,
    @Body({ schema: UpdateChannel }) body: UpdateChannel,
  ): Promise<ChannelAnswer> {
    return { item: await this.channels.update(actor, id, body) };
  }

  @Delete(':id')
  @Allow('settings.update')
  @ReturnsNothing()
  delete(@CurrentActor() actor: Actor, @Param('id', { schema: ChannelId }) id: ChannelId): Promise<void> {
    return this.channels.delete(actor, id);
  }

  @Post(':id/test')
  @Allow('settings.update')
  @HttpCode(200)
  @Returns(ChannelTestAnswer)
  async test(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ChannelId }) id: ChannelId,
  ): Promise<ChannelTestAnswer> {
    return { item: await this.channels.test(actor, id) };
  }
}
