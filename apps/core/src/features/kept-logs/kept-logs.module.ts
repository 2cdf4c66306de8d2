import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { LogsModule } from '../logs/logs.module.js';
import { KeptLogsController } from './kept-logs.controller.js';
import { KeptLogsService } from './kept-logs.service.js';
import { LogKeepingService } from './log-keeping.service.js';

@Module({
  imports: [EnvironmentsModule, IdentityModule, LogsModule],
  controllers: [KeptLogsController],
  providers: [KeptLogsService, LogKeepingService],
})
export class KeptLogsModule {}
