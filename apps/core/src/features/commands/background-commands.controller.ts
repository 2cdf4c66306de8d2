import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import {
  BackgroundCommand,
  BackgroundCommandList,
  CommandId,
  CommandLogPiece,
  ContainerId,
  ReadCommandLog,
  StartBackgroundCommand,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { BackgroundCommandsService } from './background-commands.service.js';

@Controller('containers/:id/background-commands')
export class BackgroundCommandsController {
  constructor(private readonly background: BackgroundCommandsService) {}

  @Get()
  @Allow('containers.run')
  @Returns(BackgroundCommandList)
  list(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<BackgroundCommandList> {
    return this.background.list(actor, id);
  }

  @Post()
  @Allow('containers.run')
  @Returns(BackgroundCommand, 201)
  start(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: StartBackgroundCommand }) body: StartBackgroundCommand,
  ): Promise<BackgroundCommand> {
    return this.background.start(actor, id, body);
  }

  @Get(':command/log')
  @Allow('containers.run')
  @Returns(CommandLogPiece)
  log(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Param('command', { schema: CommandId }) command: CommandId,
    @Query({ schema: ReadCommandLog }) query: ReadCommandLog,
  ): Promise<CommandLogPiece> {
    return this.background.read(actor, id, command, query);
  }

  @Delete(':command')
  @Allow('containers.run')
  @ReturnsNothing()
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Param('command', { schema: CommandId }) command: CommandId,
  ): Promise<void> {
    return this.background.cancel(actor, id, command);
  }
}
