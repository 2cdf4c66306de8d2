import { Controller, Get, Query } from '@nestjs/common';
import { CoreLogList, ReadCoreLog } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { CoreLogService } from './core-log.service.js';

@Controller('core-log')
export class CoreLogController {
  constructor(private readonly coreLog: CoreLogService) {}

  @Get()
  @Allow('panel.log')
  @Returns(CoreLogList)
  list(@CurrentActor() actor: Actor, @Query({ schema: ReadCoreLog }) query: ReadCoreLog): CoreLogList {
    return this.coreLog.list(actor, query);
  }
}
