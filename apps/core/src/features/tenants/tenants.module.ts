import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { TenantsController } from './tenants.controller.js';
import { TenantAdministrationService } from './tenant-administration.service.js';

@Module({
  imports: [EnvironmentsModule],
  controllers: [TenantsController],
  providers: [TenantAdministrationService],
  exports: [TenantAdministrationService],
})
export class TenantsModule {}
