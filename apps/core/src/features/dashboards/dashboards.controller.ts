import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { CreateDashboard, Dashboard, DashboardId, DashboardList, UpdateDashboard } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { DashboardsService } from './dashboards.service.js';

@Controller('me/dashboards')
export class DashboardsController {
  constructor(private readonly dashboards: DashboardsService) {}

  @Get()
  @Allow('account.manage')
  @Returns(DashboardList)
  list(@CurrentActor() actor: Actor): Promise<DashboardList> {
    return this.dashboards.list(actor);
  }

  @Post()
  @Allow('account.manage')
  @Returns(Dashboard, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: CreateDashboard }) body: CreateDashboard): Promise<Dashboard> {
    return this.dashboards.create(actor, body);
  }

  @Get(':id')
  @Allow('account.manage')
  @Returns(Dashboard)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: DashboardId }) id: DashboardId): Promise<Dashboard> {
    return this.dashboards.get(actor, id);
  }

  @Put(':id')
  @Allow('account.manage')
  @Returns(Dashboard)
  update(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: DashboardId }) id: DashboardId,
    @Body({ schema: UpdateDashboard }) body: UpdateDashboard,
  ): Promise<Dashboard> {
    return this.dashboards.update(actor, id, body);
  }

  @Delete(':id')
  @Allow('account.manage')
  @ReturnsNothing()
  delete(@CurrentActor() actor: Actor, @Param('id', { schema: DashboardId }) id: DashboardId): Promise<void> {
    return this.dashboards.delete(actor, id);
  }
}
