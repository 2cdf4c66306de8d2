import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.js';
import { CoreLogController } from './core-log.controller.js';
import { CoreLogService } from './core-log.service.js';
import { CoreLogStreamsService } from './core-log-streams.service.js';

@Module({
  imports: [LiveModule],
  controllers: [CoreLogController],
  providers: [CoreLogService, CoreLogStreamsService],
  exports: [CoreLogStreamsService],
})
export class CoreLogModule {}
