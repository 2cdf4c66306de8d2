import { Module } from '@nestjs/common';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { PluginPackagesModule } from '../plugin-packages/plugin-packages.module.js';
import { PluginProcessesModule } from '../plugin-processes/plugin-processes.module.js';
import { PluginActionsController } from './plugin-actions.controller.js';
import { PluginActionsService } from './plugin-actions.service.js';

@Module({
  imports: [IdentityModule, OperationsModule, PluginPackagesModule, PluginProcessesModule],
  controllers: [PluginActionsController],
  providers: [PluginActionsService],
})
export class PluginActionsModule {}
