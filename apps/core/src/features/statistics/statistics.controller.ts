import { Controller, Get } from '@nestjs/common';
import { Statistics } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { StatisticsService } from './statistics.service.js';

@Controller('statistics')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get()
  @Allow('environments.metrics')
  @Returns(Statistics)
  read(@CurrentActor() actor: Actor): Promise<Statistics> {
    return this.statistics.read(actor);
  }
}
