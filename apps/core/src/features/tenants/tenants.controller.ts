import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { CreateTenant, RenameTenant, TenantAnswer, TenantList } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { TenantAdministrationService } from './tenant-administration.service.js';

@Controller('tenants')
export class TenantsController {
  constructor(private readonly tenants: TenantAdministrationService) {}

  @Get()
  @Allow('tenants.see')
  @Returns(TenantList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.tenants.list(actor), rightsVersion(actor)));
  }

  @Post()
  @Allow('tenants.create')
  @Returns(TenantAnswer, 201)
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateTenant }) body: CreateTenant,
  ): Promise<TenantAnswer> {
    return { item: await this.tenants.create(actor, body) };
  }

  @Get(':id')
  @Allow('tenants.see')
  @Returns(TenantAnswer)
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TenantAnswer> {
    return { item: await this.tenants.get(actor, id) };
  }

  @Put(':id/name')
  @Allow('tenants.update')
  @Returns(TenantAnswer)
  async rename(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: RenameTenant }) { name }: RenameTenant,
  ): Promise<TenantAnswer> {
    return { item: await this.tenants.rename(actor, id, name) };
  }

  @Post(':id/archive')
  @Allow('tenants.archive')
  @HttpCode(200)
  @Returns(TenantAnswer)
  async archive(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TenantAnswer> {
    return { item: await this.tenants.archive(actor, id) };
  }

  @Post(':id/restore')
  @Allow('tenants.archive')
  @HttpCode(200)
  @Returns(TenantAnswer)
  async restore(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TenantAnswer> {
    return { item: await this.tenants.restore(actor, id) };
  }
}
