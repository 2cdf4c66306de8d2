import { Module } from '@nestjs/common';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { AdviceController } from './advice.controller.js';
import { AdviceService } from './advice.service.js';

@Module({
  imports: [ConfigurationsModule, ContainersModule, MetricsModule],
  controllers: [AdviceController],
  providers: [AdviceService],
})
export class AdviceModule {}
