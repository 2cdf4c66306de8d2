import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UserId } from '@bailiwick/contract';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { ExternalIdentitiesStore } from './external-identities.store.js';
import { OutboxService } from './outbox.service.js';

/** How a provider names somebody. */
export interface ExternalName {
  readonly issuer: string;
  readonly subject: string;
}

declare module './outbox.service.js' {
  interface SystemEffects {
    /** From now on a provider's name leads to this account. */
    'externalIdentities.add': ExternalName & { userId: UserId };
  }
}
const Added = z.object({ issuer: z.string(), subject: z.string(), userId: UserId });

/** Which account somebody has whom a provider names; it goes with the account. */
@Injectable()
export class ExternalIdentitiesService implements OnModuleInit {
  constructor(
    private readonly identities: ExternalIdentitiesStore,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.handle('externalIdentities.add', Added, (rows, added) =>
      this.identities.add(rows, { id: newId('ext'), ...added, createdAt: this.clock.now() }),
    );
  }

  async findUserId(name: ExternalName): Promise<UserId | undefined> {
    return (await this.identities.find(name))?.userId;
  }
}
