import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { ContainerAddresses } from './container-addresses.service.js';
import { ContainerEnd } from './container-end.entity.js';
import { ContainerEndsService } from './container-ends.service.js';
import { ContainerEndsStore } from './container-ends.store.js';
import { ContainerListService } from './container-list.service.js';
import { ContainerOperations } from './container-operations.service.js';
import { ContainerRemovalService } from './container-removal.service.js';
import { ContainerStop } from './container-stop.entity.js';
import { ContainerStopsService } from './container-stops.service.js';
import { ContainerStopsStore } from './container-stops.store.js';
import { ContainersController } from './containers.controller.js';
import { ContainersService } from './containers.service.js';
import { OwnContainer } from './own-container.driver.js';
import { StartWatchService } from './start-watch.service.js';
import { UnchangedListService } from './unchanged-list.service.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { VolumesModule } from '../volumes/volumes.module.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ContainerEnd, ContainerStop]),
    AuditModule,
    EnvironmentsModule,
    IdentityModule,
    OperationsModule,
    QuotasModule,
    VolumesModule,
  ],
  controllers: [ContainersController],
  providers: [
    ContainerAddresses,
    ContainerEndsService,
    ContainerEndsStore,
    ContainerListService,
    ContainerOperations,
    ContainerRemovalService,
    ContainerStopsService,
    ContainerStopsStore,
    ContainersService,
    OwnContainer,
    StartWatchService,
    UnchangedListService,
  ],
  exports: [
    ContainerAddresses,
    ContainerEndsService,
    ContainerListService,
    ContainerStopsService,
    ContainersService,
    StartWatchService,
  ],
})
export class ContainersModule {}
