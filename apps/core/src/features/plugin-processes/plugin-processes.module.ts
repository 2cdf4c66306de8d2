import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { PluginPackagesModule } from '../plugin-packages/plugin-packages.module.js';
import { PluginLauncher } from './plugin-launcher.service.js';
import { PluginProcesses } from './plugin-processes.service.js';

@Module({
  imports: [AuditModule, PluginPackagesModule],
  providers: [PluginLauncher, PluginProcesses],
  exports: [PluginProcesses],
})
export class PluginProcessesModule {}
