import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  CommandChoice,
  CommandResult,
  ContainerConsole,
  ContainerId,
  LineSent,
  RunCommand,
  SendLine,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { CommandsService } from './commands.service.js';
import { ConsoleService } from './console.service.js';

@Controller('containers/:id')
export class CommandsController {
  constructor(
    private readonly commands: CommandsService,
    private readonly console: ConsoleService,
  ) {}

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

  @Get('console')
  @Allow('containers.console')
  @Returns(ContainerConsole)
  seeConsole(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<ContainerConsole> {
    return this.console.see(actor, id);
  }

  @Post('console')
  @Allow('containers.console')
  @Returns(LineSent)
  send(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: SendLine }) body: SendLine,
  ): Promise<LineSent> {
    return this.console.send(actor, id, body);
  }
}
