import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { HealthModule } from '../health/health.module.js';
import { LiveModule } from '../live/live.module.js';
import { DiagnosticsController } from './diagnostics.controller.js';
import { DiagnosticsService } from './diagnostics.service.js';

@Module({
  imports: [AlertsModule, AuditModule, ContainersModule, HealthModule, LiveModule, OperationsModule],
  controllers: [DiagnosticsController],
  providers: [DiagnosticsService],
})
export class DiagnosticsModule {}
