import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { AccessRequestsModule } from '../access-requests/access-requests.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { SilencesModule } from '../silences/silences.module.js';
import { AlertRow } from './alert.entity.js';
import { AlertBook } from './alert-book.service.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';
import { AlertsStore } from './alerts.store.js';
import { AlertSilencing } from './alert-silencing.service.js';
import { AlertWatchService } from './alert-watch.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([AlertRow]),
    AccessRequestsModule,
    AuditModule,
    ContainersModule,
    OperationsModule,
    SilencesModule,
  ],
  controllers: [AlertsController],
  providers: [AlertBook, AlertSilencing, AlertsService, AlertsStore, AlertWatchService],
  exports: [AlertBook, AlertSilencing, AlertsService],
})
export class AlertsModule {}
