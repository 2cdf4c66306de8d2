import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandResult, ContainerId, RunCommand, SendLine } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { CommandsService } from './commands.service.js';

@Controller('containers/:id')
export class CommandsController {
  constructor(private readonly commands: CommandsService) {}

  @Post('run')
  @Allow('containers.run')
  @Returns(CommandResult)
  run(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: RunCommand }) body: RunCommand,
  ): Promise<CommandResult> {
    return this.commands.run(actor, id, body);
  }

  @Post('console')
  @Allow('containers.console')
  @ReturnsNothing()
  send(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: SendLine }) body: SendLine,
  ): Promise<void> {
    return this.commands.send(actor, id, body);
  }
}
