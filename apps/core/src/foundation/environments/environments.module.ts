import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContainerRow } from './container.entity.js';
import { ContainerLabels } from './container-labels.js';
import { ContainerRowsService } from './container-rows.service.js';
import { ContainerRowsStore } from './container-rows.store.js';
import { EngineConnections } from './engine-connections.js';
import { EngineFactory } from './engine-factory.js';
import { EnvironmentRow } from './environment.entity.js';
import { EnvironmentsService } from './environments.service.js';
import { EnvironmentsStore } from './environments.store.js';
import { HostPathsService } from './host-paths.service.js';
import { MirrorsService } from './mirrors.service.js';
import { NetworkLabels } from './network-labels.js';
import { TenantNetworksService } from './tenant-networks.service.js';
import { VolumeRow } from './volume.entity.js';
import { VolumeLabels } from './volume-labels.js';
import { VolumeRowsService } from './volume-rows.service.js';
import { KeptLogFolders } from './kept-log-folders.driver.js';
import { WorkspaceFolders } from './workspace-folders.driver.js';

/** Where things run. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([EnvironmentRow, ContainerRow, VolumeRow])],
  providers: [
    EnvironmentsStore,
    EngineFactory,
    EngineConnections,
    ContainerLabels,
    ContainerRowsStore,
    ContainerRowsService,
    MirrorsService,
    EnvironmentsService,
    HostPathsService,
    NetworkLabels,
    TenantNetworksService,
    VolumeLabels,
    VolumeRowsService,
    KeptLogFolders,
    WorkspaceFolders,
  ],
  exports: [
    EngineConnections,
    EnvironmentsService,
    MirrorsService,
    ContainerRowsService,
    ContainerLabels,
    HostPathsService,
    NetworkLabels,
    TenantNetworksService,
    VolumeLabels,
    VolumeRowsService,
    KeptLogFolders,
    WorkspaceFolders,
  ],
})
export class EnvironmentsModule {}
