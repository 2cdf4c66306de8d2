import { Module } from '@nestjs/common';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { PluginHostModule } from '../plugin-host/plugin-host.module.js';
import { PluginPackagesModule } from '../plugin-packages/plugin-packages.module.js';
import { PluginProcessesModule } from '../plugin-processes/plugin-processes.module.js';
import { PluginUsersController } from './plugin-users.controller.js';
import { PluginUsersService } from './plugin-users.service.js';

@Module({
  imports: [IdentityModule, OperationsModule, PluginHostModule, PluginPackagesModule, PluginProcessesModule],
  controllers: [PluginUsersController],
  providers: [PluginUsersService],
})
export class PluginUsersModule {}
