import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ContainerSettingsModule } from '../container-settings/container-settings.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { DiskRootsService } from './disk-roots.service.js';
import { FileBinsService } from './file-bins.service.js';
import { FileChangesService } from './file-changes.service.js';
import { FileVisitsService } from './file-visits.service.js';
import { FilesController } from './files.controller.js';
import { FilesService } from './files.service.js';

@Module({
  imports: [AuditModule, ContainersModule, ContainerSettingsModule],
  controllers: [FilesController],
  exports: [FileVisitsService],
  providers: [DiskRootsService, FileBinsService, FileChangesService, FileVisitsService, FilesService],
})
export class FilesModule {}
