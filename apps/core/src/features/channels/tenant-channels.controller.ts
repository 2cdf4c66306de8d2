import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ChannelAnswer, ChannelId, ChannelList, ChannelTestAnswer, CreateTenantChannel, UpdateTenantChannel } from '@bailiwick/contract'; // prettier-ignore
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { TenantChannelsService } from './tenant-channels.service.js';

@Controller('tenants/:id/channels')
export class TenantChannelsController {
  constructor(private readonly channels: TenantChannelsService) {}

  @Get()
  @Allow('tenants.update')
  @Returns(ChannelList)
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') tenant: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const list = await this.channels.list(actor, tenant);
    await sendVersioned(request, response, versionedList(list, rightsVersion(actor)));
  }

  @Post()
  @Allow('tenants.update')
  @Returns(ChannelAnswer, 201)
  async create(
    @CurrentActor() actor: Actor,
    @Param('id') tenant: string,
    @Body({ schema: CreateTenantChannel }) body: CreateTenantChannel,
  ): Promise<ChannelAnswer> {
    return { item: await this.channels.create(actor, tenant, body) };
  }

  @Put(':channel')
  @Allow('tenants.update')
  @Returns(ChannelAnswer)
  async update(
    @CurrentActor() actor: Actor,
    @Param('id') tenant: string,
    @Param('channel', { schema: ChannelId }) id: ChannelId,
    @Body({ schema: UpdateTenantChannel }) body: UpdateTenantChannel,
  ): Promise<ChannelAnswer> {
    return { item: await this.channels.update(actor, tenant, id, body) };
  }

  @Delete(':channel')
  @Allow('tenants.update')
  @ReturnsNothing()
  delete(
    @CurrentActor() actor: Actor,
    @Param('id') tenant: string,
    @Param('channel', { schema: ChannelId }) id: ChannelId,
  ): Promise<void> {
    return this.channels.delete(actor, tenant, id);
  }

  @Post(':channel/test')
  @Allow('tenants.update')
  @HttpCode(200)
  @Returns(ChannelTestAnswer)
  async test(
    @CurrentActor() actor: Actor,
    @Param('id') tenant: string,
    @Param('channel', { schema: ChannelId }) id: ChannelId,
  ): Promise<ChannelTestAnswer> {
    return { item: await this.channels.test(actor, tenant, id) };
  }
}
