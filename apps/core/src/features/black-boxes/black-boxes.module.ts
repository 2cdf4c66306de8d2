import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { LogsModule } from '../logs/logs.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { BlackBoxRow } from './black-box.entity.js';
import { BlackBoxRecorder } from './black-box-recorder.service.js';
import { BlackBoxesController } from './black-boxes.controller.js';
import { BlackBoxesService } from './black-boxes.service.js';
import { BlackBoxesStore } from './black-boxes.store.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([BlackBoxRow]),
    AlertsModule,
    ConfigurationsModule,
    ContainersModule,
    LogsModule,
    MetricsModule,
  ],
  controllers: [BlackBoxesController],
  providers: [BlackBoxRecorder, BlackBoxesService, BlackBoxesStore],
})
export class BlackBoxesModule {}
