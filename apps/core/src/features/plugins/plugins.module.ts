import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { PluginPackagesModule } from '../plugin-packages/plugin-packages.module.js';
import { PluginProcessesModule } from '../plugin-processes/plugin-processes.module.js';
import { PluginsController } from './plugins.controller.js';
import { PluginsService } from './plugins.service.js';

@Module({
  imports: [AuditModule, IdentityModule, PluginPackagesModule, PluginProcessesModule],
  controllers: [PluginsController],
  providers: [PluginsService],
  exports: [PluginsService],
})
export class PluginsModule {}
