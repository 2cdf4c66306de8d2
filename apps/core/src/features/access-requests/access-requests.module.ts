import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { AccessFeature } from '../access/access.module.js';
import { AccessRequestRow } from './access-request.entity.js';
import { AccessRequestsController } from './access-requests.controller.js';
import { AccessRequestsService } from './access-requests.service.js';
import { AccessRequestsStore } from './access-requests.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccessRequestRow]), AccessFeature, AuditModule],
  controllers: [AccessRequestsController],
  providers: [AccessRequestsService, AccessRequestsStore],
  exports: [AccessRequestsService],
})
export class AccessRequestsModule {}
