import { Module } from '@nestjs/common';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { CoreLogModule } from '../core-log/core-log.module.js';
import { EventsModule } from '../events/events.module.js';
import { LiveModule } from '../live/live.module.js';
import { PresetsModule } from '../presets/presets.module.js';
import { LogConfidencesService } from './log-confidences.service.js';
import { LogFilesService } from './log-files.service.js';
import { LogFollowService } from './log-follow.service.js';
import { LogSearchService } from './log-search.service.js';
import { LogSocketsService } from './log-sockets.service.js';
import { LogStreamsService } from './log-streams.service.js';
import { LogTriggersService } from './log-triggers.service.js';
import { LogsController } from './logs.controller.js';
import { LogsGateway } from './logs.gateway.js';
import { LogsService } from './logs.service.js';

@Module({
  imports: [ConfigurationsModule, CoreLogModule, LiveModule, EventsModule, PresetsModule],
  controllers: [LogsController],
  providers: [
    LogsService,
    LogConfidencesService,
    LogFilesService,
    LogFollowService,
    LogSearchService,
    LogSocketsService,
    LogStreamsService,
    LogTriggersService,
    LogsGateway,
  ],
  exports: [LogConfidencesService, LogFilesService, LogFollowService],
})
export class LogsModule {}
