import { Body, Controller, Get, Put } from '@nestjs/common';
import { AlertRuleList, PutAlertRule } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { AlertRulesService } from './alert-rules.service.js';

@Controller('settings/alert-rules')
export class AlertRulesController {
  constructor(private readonly rules: AlertRulesService) {}

  @Get()
  @Allow('settings.see')
  @Returns(AlertRuleList)
  list(@CurrentActor() actor: Actor): AlertRuleList {
    return { items: this.rules.list(actor) };
  }

  @Put()
  @Allow('settings.update')
  @Returns(AlertRuleList)
  async put(@CurrentActor() actor: Actor, @Body({ schema: PutAlertRule }) body: PutAlertRule): Promise<AlertRuleList> {
    return { items: await this.rules.put(actor, body) };
  }
}
