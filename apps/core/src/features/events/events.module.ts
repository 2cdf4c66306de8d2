import { Module } from '@nestjs/common';
import { EngineEventsModule } from '../engine-events/engine-events.module.js';
import { LiveModule } from '../live/live.module.js';
import { EngineEventStreamsService } from './engine-event-streams.service.js';
import { EventStreamsService } from './event-streams.service.js';
import { PlainSocketsService } from './plain-sockets.service.js';

@Module({
  imports: [EngineEventsModule, LiveModule],
  providers: [EngineEventStreamsService, EventStreamsService, PlainSocketsService],
  exports: [PlainSocketsService],
})
export class EventsModule {}
