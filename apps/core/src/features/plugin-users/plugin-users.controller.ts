import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Accepted, PluginId, SyncPluginUsers } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { PluginUsersService } from './plugin-users.service.js';

@Controller('plugins')
export class PluginUsersController {
  constructor(private readonly users: PluginUsersService) {}

  @Post(':id/sync-users')
  @Allow('plugins.manage')
  @HttpCode(202)
  @Returns(Accepted, 202)
  async sync(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: PluginId }) id: PluginId,
    @Body({ schema: SyncPluginUsers }) body: SyncPluginUsers,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.users.start(actor, id, body, key) };
  }
}
