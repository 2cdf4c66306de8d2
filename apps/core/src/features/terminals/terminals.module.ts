import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { LiveModule } from '../live/live.module.js';
import { LeftoverTerminalsService } from './leftover-terminals.service.js';
import { RecordingRow } from './recording.entity.js';
import { RecordingsFolder } from './recordings-folder.driver.js';
import { RecordingsController } from './recordings.controller.js';
import { RecordingsService } from './recordings.service.js';
import { RecordingsStore } from './recordings.store.js';
import { ShellsService } from './shells.service.js';
import { TerminalRow } from './terminal.entity.js';
import { TerminalSocketsService } from './terminal-sockets.service.js';
import { TerminalsController } from './terminals.controller.js';
import { TerminalsGateway } from './terminals.gateway.js';
import { TerminalsService } from './terminals.service.js';
import { TerminalsStore } from './terminals.store.js';

@Module({
  imports: [
    AuditModule,
    ConfigurationsModule,
    ContainersModule,
    ContainerSettingsModule,
    LiveModule,
    TypeOrmModule.forFeature([RecordingRow, TerminalRow]),
  ],
  controllers: [RecordingsController, TerminalsController],
  providers: [
    LeftoverTerminalsService,
    RecordingsFolder,
    RecordingsService,
    RecordingsStore,
    ShellsService,
    TerminalSocketsService,
    TerminalsGateway,
    TerminalsService,
    TerminalsStore,
  ],
})
export class TerminalsModule {}
