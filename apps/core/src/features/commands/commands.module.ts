import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { CommandsController } from './commands.controller.js';
import { CommandsService } from './commands.service.js';

@Module({
  imports: [AuditModule, ContainersModule, ContainerSettingsModule],
  controllers: [CommandsController],
  providers: [CommandsService],
})
export class CommandsModule {}
