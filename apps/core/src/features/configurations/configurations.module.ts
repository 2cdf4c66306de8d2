import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { AccessFeature } from '../access/access.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { PortsModule } from '../ports/ports.module.js';
import { ImagesModule } from '../images/images.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { AdoptionsController } from './adoptions.controller.js';
import { AdoptionsService } from './adoptions.service.js';
import { ChangeRecords } from './change-records.service.js';
import { ChangesService } from './changes.service.js';
import { ConfidencesService } from './confidences.service.js';
import { ConfigurationBook } from './configuration-book.service.js';
import { ConfigurationTargets } from './configuration-targets.service.js';
import { ConfigurationsController } from './configurations.controller.js';
import { ConfigurationsService } from './configurations.service.js';
import { ContainerMaking } from './container-making.service.js';
import { ConfigurationsStore } from './configurations.store.js';
import { NewerPresets } from './newer-presets.service.js';
import { ContainerChangeRow } from './container-change.entity.js';
import { ContainerConfigurationRow } from './container-configuration.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ContainerConfigurationRow, ContainerChangeRow]),
    AccessFeature,
    AuditModule,
    ContainerSettingsModule,
    ContainersModule,
    IdentityModule,
    OperationsModule,
    PortsModule,
    ImagesModule,
    QuotasModule,
  ],
  controllers: [AdoptionsController, ConfigurationsController],
  providers: [
    AdoptionsService,
    ChangeRecords,
    ChangesService,
    ConfidencesService,
    ConfigurationBook,
    ConfigurationTargets,
    ConfigurationsService,
    ConfigurationsStore,
    ContainerMaking,
    NewerPresets,
  ],
  exports: [ConfidencesService, ConfigurationBook, ContainerMaking, NewerPresets],
})
export class ConfigurationsModule {}
