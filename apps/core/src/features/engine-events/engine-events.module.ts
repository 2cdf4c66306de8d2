import { Module } from '@nestjs/common';
import { EngineEventsController } from './engine-events.controller.js';
import { EngineEventsService } from './engine-events.service.js';

@Module({
  controllers: [EngineEventsController],
  providers: [EngineEventsService],
  exports: [EngineEventsService],
})
export class EngineEventsModule {}
