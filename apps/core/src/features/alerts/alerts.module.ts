import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { AccessRequestsModule } from '../access-requests/access-requests.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { SilencesModule } from '../silences/silences.module.js';
import { AlertRow } from './alert.entity.js';
import { AlertRuleSettings } from './alert-rule-settings.service.js';
import { AlertRulesController } from './alert-rules.controller.js';
import { AlertRulesService } from './alert-rules.service.js';
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
  controllers: [AlertRulesController, AlertsController],
  providers: [
    AlertBook,
    AlertRuleSettings,
    AlertRulesService,
    AlertSilencing,
    AlertsService,
    AlertsStore,
    AlertWatchService,
  ],
  exports: [AlertBook, AlertRuleSettings, AlertSilencing, AlertsService],
})
export class AlertsModule {}
