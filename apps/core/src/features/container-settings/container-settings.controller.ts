import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ChangeRestartPolicy, ChangeSettings, ContainerId, ContainerSettings } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { ContainerSettingsService } from './container-settings.service.js';

@Controller('containers/:id')
export class ContainerSettingsController {
  constructor(private readonly settings: ContainerSettingsService) {}

  @Get('settings')
  @Allow('containers.settingsSee')
  @Returns(ContainerSettings)
  see(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<ContainerSettings> {
    return this.settings.see(actor, id);
  }

  @Put('settings')
  @Allow('containers.settingsSee')
  @ReturnsNothing()
  change(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: ChangeSettings }) body: ChangeSettings,
  ): Promise<void> {
    return this.settings.change(actor, id, body);
  }

  @Put('restart-policy')
  @Allow('containers.settingsRestart')
  @ReturnsNothing()
  changeRestartPolicy(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: ChangeRestartPolicy }) body: ChangeRestartPolicy,
  ): Promise<void> {
    return this.settings.changeRestartPolicy(actor, id, body);
  }
}
