import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { LiveModule } from '../live/live.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { ObservabilityServer } from './observability.server.js';
import { ObservabilityService } from './observability.service.js';
import { ObservabilityToken } from './observability-token.js';
import { PrometheusController } from './prometheus.controller.js';
import { PrometheusService } from './prometheus.service.js';

@Module({
  imports: [LiveModule, MetricsModule, OperationsModule],
  controllers: [PrometheusController],
  providers: [ObservabilityToken, ObservabilityService, ObservabilityServer, PrometheusService],
  exports: [ObservabilityService],
})
export class ObservabilityModule {}
