import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.js';
import { EventStreamsService } from './event-streams.service.js';
import { PlainSocketsService } from './plain-sockets.service.js';

@Module({
  imports: [LiveModule],
  providers: [EventStreamsService, PlainSocketsService],
  exports: [PlainSocketsService],
})
export class EventsModule {}
