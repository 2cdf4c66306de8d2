import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { VolumeDataService } from './volume-data.service.js';
import { VolumesController } from './volumes.controller.js';
import { VolumesService } from './volumes.service.js';

@Module({
  imports: [AuditModule, EnvironmentsModule, IdentityModule, OperationsModule],
  controllers: [VolumesController],
  providers: [VolumeDataService, VolumesService],
  exports: [VolumeDataService, VolumesService],
})
export class VolumesModule {}
