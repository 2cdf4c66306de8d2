import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { FilesModule } from '../files/files.module.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsFolder } from './uploads-folder.driver.js';
import { UploadsService } from './uploads.service.js';

@Module({
  imports: [AuditModule, FilesModule],
  controllers: [UploadsController],
  providers: [UploadsFolder, UploadsService],
})
export class UploadsModule {}
