import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { AuditExportsController } from './audit-exports.controller.js';
import { AuditExportsDriver } from './audit-exports.driver.js';
import { AuditExportsService } from './audit-exports.service.js';
import { AuditController } from './audit.controller.js';

@Module({
  imports: [OperationsModule],
  controllers: [AuditController, AuditExportsController],
  providers: [AuditExportsDriver, AuditExportsService],
})
export class AuditFeature {}
