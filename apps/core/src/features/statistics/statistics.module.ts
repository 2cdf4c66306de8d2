import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { PeopleModule } from '../people/people.module.js';
import { PresetsModule } from '../presets/presets.module.js';
import { VolumesModule } from '../volumes/volumes.module.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';

@Module({
  imports: [ContainersModule, MetricsModule, OperationsModule, PeopleModule, PresetsModule, VolumesModule],
  controllers: [StatisticsController],
  providers: [StatisticsService],
})
export class StatisticsModule {}
