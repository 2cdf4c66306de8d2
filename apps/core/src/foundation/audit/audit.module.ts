import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditAnchor } from './audit-anchor.js';
import { AuditAnchoringService } from './audit-anchoring.service.js';
import { AuditEventRow } from './audit-event.entity.js';
import { AuditEventsStore } from './audit-events.store.js';
import { AuditVerificationService } from './audit-verification.service.js';
import { AuditService } from './audit.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEventRow])],
  providers: [AuditAnchor, AuditAnchoringService, AuditEventsStore, AuditService, AuditVerificationService],
  exports: [AuditAnchoringService, AuditService, AuditVerificationService],
})
export class AuditModule {}
