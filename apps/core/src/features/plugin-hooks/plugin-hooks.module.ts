import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { PluginPackagesModule } from '../plugin-packages/plugin-packages.module.js';
import { PluginProcessesModule } from '../plugin-processes/plugin-processes.module.js';
import { PluginHooks } from './plugin-hooks.service.js';

@Module({
  imports: [EnvironmentsModule, IdentityModule, PluginPackagesModule, PluginProcessesModule],
  providers: [PluginHooks],
  exports: [PluginHooks],
})
export class PluginHooksModule {}
