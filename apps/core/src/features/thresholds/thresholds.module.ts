import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { DiskWatchService } from './disk-watch.service.js';
import { OwnThresholdRow } from './own-threshold.entity.js';
import { OwnThresholds } from './own-thresholds.service.js';
import { ThresholdWatchService } from './threshold-watch.service.js';
import { ThresholdsController } from './thresholds.controller.js';
import { ThresholdsService } from './thresholds.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([OwnThresholdRow]), AlertsModule, AuditModule, ContainersModule, MetricsModule],
  controllers: [ThresholdsController],
  providers: [DiskWatchService, OwnThresholds, ThresholdsService, ThresholdWatchService],
})
export class ThresholdsModule {}
