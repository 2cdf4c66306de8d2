import { Controller, Get, Query } from '@nestjs/common';
import { AdviceList, ListAdvice } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { AdviceService } from './advice.service.js';

@Controller('advice')
export class AdviceController {
  constructor(private readonly advice: AdviceService) {}

  @Get()
  @Allow('containers.stats')
  @Returns(AdviceList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: ListAdvice }) query: ListAdvice): Promise<AdviceList> {
    return { items: await this.advice.list(actor, query) };
  }
}
