import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { PortsModule } from '../ports/ports.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { VolumesModule } from '../volumes/volumes.module.js';
import { BinController } from './bin.controller.js';
import { BinRetentionService } from './bin-retention.service.js';
import { BinService } from './bin.service.js';

@Module({
  imports: [
    AuditModule,
    IdentityModule,
    ConfigurationsModule,
    OperationsModule,
    PortsModule,
    QuotasModule,
    VolumesModule,
  ],
  controllers: [BinController],
  providers: [BinService, BinRetentionService],
})
export class BinModule {}
