import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { PresetsModule } from '../presets/presets.module.js';
import { BackgroundCommandRow } from './background-command.entity.js';
import { BackgroundCommandsController } from './background-commands.controller.js';
import { BackgroundCommandsService } from './background-commands.service.js';
import { BackgroundCommandsStore } from './background-commands.store.js';
import { CommandsController } from './commands.controller.js';
import { CommandsService } from './commands.service.js';
import { ConsoleService } from './console.service.js';
import { KeptOutputs } from './kept-outputs.driver.js';
import { RunningCommandsService } from './running-commands.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([BackgroundCommandRow]),
    AuditModule,
    ConfigurationsModule,
    ContainersModule,
    ContainerSettingsModule,
    EnvironmentsModule,
    PresetsModule,
  ],
  controllers: [BackgroundCommandsController, CommandsController],
  providers: [
    BackgroundCommandsService,
    BackgroundCommandsStore,
    CommandsService,
    ConsoleService,
    KeptOutputs,
    RunningCommandsService,
  ],
})
export class CommandsModule {}
