import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ContainerId, ContainerThresholdList, PutContainerThreshold } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { ThresholdsService } from './thresholds.service.js';

@Controller('containers/:id/thresholds')
export class ThresholdsController {
  constructor(private readonly thresholds: ThresholdsService) {}

  @Get()
  @Allow('containers.settingsSee')
  @Returns(ContainerThresholdList)
  list(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): ContainerThresholdList {
    return { items: this.thresholds.list(actor, id) };
  }

  @Put()
  @Allow('containers.settingsResources')
  @Returns(ContainerThresholdList)
  async put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: PutContainerThreshold }) body: PutContainerThreshold,
  ): Promise<ContainerThresholdList> {
    return { items: await this.thresholds.put(actor, id, body) };
  }
}
