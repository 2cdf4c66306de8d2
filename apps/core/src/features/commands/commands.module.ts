import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { PresetsModule } from '../presets/presets.module.js';
import { CommandsController } from './commands.controller.js';
import { CommandsService } from './commands.service.js';
import { ConsoleService } from './console.service.js';

@Module({
  imports: [AuditModule, ContainersModule, ContainerSettingsModule, PresetsModule],
  controllers: [CommandsController],
  providers: [CommandsService, ConsoleService],
})
export class CommandsModule {}
