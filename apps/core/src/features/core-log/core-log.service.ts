import { Injectable } from '@nestjs/common';
import type { CoreLogList, ReadCoreLog } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { CoreLog } from '../../kernel/log/log.js';

@Injectable()
export class CoreLogService {
  constructor(
    private readonly access: AccessService,
    private readonly log: CoreLog,
  ) {}

  list(actor: Actor, { limit }: ReadCoreLog): CoreLogList {
    this.access.require(actor, 'panel.log', null);
    const items = this.log.history(limit);
    return { items, version: String(items.at(-1)?.timestamp ?? 0) };
  }
}
