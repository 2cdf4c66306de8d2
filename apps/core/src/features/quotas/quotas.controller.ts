import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { Quota, QuotaHolder, QuotaState, QuotaSubject } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { QuotasService } from './quotas.service.js';

@Controller('quotas')
export class QuotasController {
  constructor(private readonly quotas: QuotasService) {}

  @Get(':id')
  @Allow('account.see')
  @Returns(QuotaState)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: QuotaSubject }) id: QuotaSubject): Promise<QuotaState> {
    return this.quotas.get(actor, id);
  }

  @Put(':id')
  @Allow('tenants.quotas')
  @Returns(QuotaState)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: QuotaHolder }) id: QuotaHolder,
    @Body({ schema: Quota }) quota: Quota,
  ): Promise<QuotaState> {
    return this.quotas.put(actor, id, quota);
  }
}
