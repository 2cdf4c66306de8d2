import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { FilesModule } from '../files/files.module.js';
import { ArchivesController } from './archives.controller.js';
import { ArchivesService } from './archives.service.js';
import { PackingService } from './packing.service.js';
import { UnpackingService } from './unpacking.service.js';

@Module({
  imports: [FilesModule, OperationsModule],
  controllers: [ArchivesController],
  providers: [ArchivesService, PackingService, UnpackingService],
})
export class ArchivesModule {}
