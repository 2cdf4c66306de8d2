import { Controller, Get, Query } from '@nestjs/common';
import { EngineEventList, ListEngineEvents } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { EngineEventsService } from './engine-events.service.js';

@Controller('events')
export class EngineEventsController {
  constructor(private readonly engineEvents: EngineEventsService) {}

  @Get()
  @Allow('containers.see')
  @Returns(EngineEventList)
  list(@CurrentActor() actor: Actor, @Query({ schema: ListEngineEvents }) query: ListEngineEvents): EngineEventList {
    return this.engineEvents.list(actor, query);
  }
}
