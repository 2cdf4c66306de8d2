import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditAnchor } from './audit-anchor.js';
import { AuditAnchoringService } from './audit-anchoring.service.js';
import { AuditCheckpoint } from './audit-checkpoint.entity.js';
import { AuditCheckpointsService } from './audit-checkpoints.service.js';
import { AuditEventRow } from './audit-event.entity.js';
import { AuditEventsStore } from './audit-events.store.js';
import { AuditQueueService } from './audit-queue.service.js';
import { AuditRefusalsService } from './audit-refusals.service.js';
import { AuditRetentionService } from './audit-retention.service.js';
import { AuditVerificationService } from './audit-verification.service.js';
import { AuditService } from './audit.service.js';
import { ConnectionsService } from './connections.service.js';
import { KnownAddress } from './known-address.entity.js';
import { KnownAddressesStore } from './known-addresses.store.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditCheckpoint, AuditEventRow, KnownAddress])],
  providers: [
    AuditAnchor,
    AuditAnchoringService,
    AuditCheckpointsService,
    AuditEventsStore,
    AuditQueueService,
    AuditRefusalsService,
    AuditRetentionService,
    AuditService,
    AuditVerificationService,
    ConnectionsService,
    KnownAddressesStore,
  ],
  exports: [AuditAnchoringService, AuditService, AuditVerificationService],
})
export class AuditModule {}
