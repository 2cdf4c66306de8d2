import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { PluginHostModule } from '../plugin-host/plugin-host.module.js';
import { PluginPackagesModule } from '../plugin-packages/plugin-packages.module.js';
import { PluginLauncher } from './plugin-launcher.service.js';
import { PluginProcesses } from './plugin-processes.service.js';

@Module({
  imports: [AuditModule, IdentityModule, PluginHostModule, PluginPackagesModule],
  providers: [PluginLauncher, PluginProcesses],
  exports: [PluginProcesses],
})
export class PluginProcessesModule {}
