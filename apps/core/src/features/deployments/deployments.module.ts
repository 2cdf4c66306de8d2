import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { AccessFeature } from '../access/access.module.js';
import { DraftsModule } from '../drafts/drafts.module.js';
import { ImagesModule } from '../images/images.module.js';
import { PluginHooksModule } from '../plugin-hooks/plugin-hooks.module.js';
import { PortsModule } from '../ports/ports.module.js';
import { PresetsModule } from '../presets/presets.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { VolumesModule } from '../volumes/volumes.module.js';
import { DeployReviewService } from './deploy-review.service.js';
import { DeploymentsController } from './deployments.controller.js';
import { DeploymentsService } from './deployments.service.js';
import { DuplicatesService } from './duplicates.service.js';
import { PresetUpdatesService } from './preset-updates.service.js';
import { FirstAccessService } from './first-access.service.js';
import { RoleMatrixService } from './role-matrix.service.js';
import { WishesService } from './wishes.service.js';

@Module({
  imports: [
    ConfigurationsModule,
    ContainersModule,
    ContainerSettingsModule,
    AccessFeature,
    DraftsModule,
    ImagesModule,
    OperationsModule,
    PluginHooksModule,
    PortsModule,
    PresetsModule,
    ProjectsModule,
    QuotasModule,
    VolumesModule,
  ],
  controllers: [DeploymentsController],
  providers: [
    DeploymentsService,
    WishesService,
    DeployReviewService,
    DuplicatesService,
    PresetUpdatesService,
    RoleMatrixService,
    FirstAccessService,
  ],
})
export class DeploymentsModule {}
