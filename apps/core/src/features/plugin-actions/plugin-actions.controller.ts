import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Accepted, PluginActionList, PluginActionName, PluginId, RunPluginAction } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { PluginActionsService } from './plugin-actions.service.js';

@Controller('plugins')
export class PluginActionsController {
  constructor(private readonly actions: PluginActionsService) {}

  @Get(':id/actions')
  @Allow('plugins.see')
  @Returns(PluginActionList)
  list(@CurrentActor() actor: Actor, @Param('id', { schema: PluginId }) id: PluginId): PluginActionList {
    return this.actions.list(actor, id);
  }

  @Post(':id/actions/:action')
  @Allow('plugins.manage')
  @HttpCode(202)
  @Returns(Accepted, 202)
  async run(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: PluginId }) id: PluginId,
    @Param('action', { schema: PluginActionName }) action: PluginActionName,
    @Body({ schema: RunPluginAction }) body: RunPluginAction,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.actions.start(actor, id, action, body, key) };
  }
}
