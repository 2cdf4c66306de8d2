import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { AccessFeature } from '../access/access.module.js';
import { QuotaRow } from './quota.entity.js';
import { QuotasController } from './quotas.controller.js';
import { QuotasService } from './quotas.service.js';
import { QuotasStore } from './quotas.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([QuotaRow]), AccessFeature, AuditModule],
  controllers: [QuotasController],
  providers: [QuotasService, QuotasStore],
  exports: [QuotasService],
})
export class QuotasModule {}
