import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandChoice, CommandResult, ContainerId, RunCommand, SendLine } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { CommandsService } from './commands.service.js';

@Controller('containers/:id')
export class CommandsController {
  constructor(private readonly commands: CommandsService) {}

  @Get('commands')
  @Allow('containers.run')
  @Returns(CommandChoice)
  choice(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<CommandChoice> {
    return this.commands.choice(actor, id);
  }

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
