import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { LiveModule } from '../live/live.module.js';
import { LeftoverTerminalsService } from './leftover-terminals.service.js';
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
    ContainersModule,
    ContainerSettingsModule,
    LiveModule,
    TypeOrmModule.forFeature([TerminalRow]),
  ],
  controllers: [TerminalsController],
  providers: [
    LeftoverTerminalsService,
    ShellsService,
    TerminalSocketsService,
    TerminalsGateway,
    TerminalsService,
    TerminalsStore,
  ],
})
export class TerminalsModule {}
