import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ContainerId, TerminalId, TerminalList } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { TerminalsService } from './terminals.service.js';

@Controller()
export class TerminalsController {
  constructor(private readonly terminals: TerminalsService) {}

  @Get('containers/:id/terminals')
  @Allow('containers.shell')
  @Returns(TerminalList)
  list(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): TerminalList {
    return this.terminals.list(actor, id);
  }

  @Get('me/terminals')
  @Allow('account.see')
  @Returns(TerminalList)
  own(@CurrentActor() actor: Actor): TerminalList {
    return this.terminals.own(actor);
  }

  @Delete('containers/:id/terminals/:terminal')
  @Allow('containers.shell')
  @ReturnsNothing()
  end(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Param('terminal', { schema: TerminalId }) terminal: TerminalId,
  ): Promise<void> {
    return this.terminals.end(actor, id, terminal);
  }
}
