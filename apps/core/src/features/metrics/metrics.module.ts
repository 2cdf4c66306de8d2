import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { HistoryFolder } from './history-folder.driver.js';
import { HistoryService } from './history.service.js';
import { LayerSizes } from './layer-sizes.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { RestartCounter } from './restart-counter.service.js';
import { UsageSamplerService } from './usage-sampler.service.js';

@Module({
  imports: [EnvironmentsModule],
  controllers: [MetricsController],
  providers: [HistoryFolder, HistoryService, LayerSizes, MetricsService, RestartCounter, UsageSamplerService],
  exports: [HistoryService, LayerSizes, MetricsService, UsageSamplerService],
})
export class MetricsModule {}
