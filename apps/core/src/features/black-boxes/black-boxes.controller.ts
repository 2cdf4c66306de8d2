import { Controller, Get, Param } from '@nestjs/common';
import { AlertId, BlackBoxList, ContainerId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { BlackBoxesService } from './black-boxes.service.js';

@Controller()
export class BlackBoxesController {
  constructor(private readonly boxes: BlackBoxesService) {}

  @Get('alerts/:id/black-boxes')
  @Allow('containers.see')
  @Returns(BlackBoxList)
  async ofAlert(@CurrentActor() actor: Actor, @Param('id', { schema: AlertId }) id: AlertId): Promise<BlackBoxList> {
    return { items: await this.boxes.ofAlert(actor, id) };
  }

  @Get('containers/:id/black-boxes')
  @Allow('containers.see')
  @Returns(BlackBoxList)
  async ofContainer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<BlackBoxList> {
    return { items: await this.boxes.ofContainer(actor, id) };
  }
}
