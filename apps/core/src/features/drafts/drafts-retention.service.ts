import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog } from '../../kernel/log/log.js';
import { DraftsService } from './drafts.service.js';

/** Forgets what nobody went on with. */
@Injectable()
export class DraftsRetentionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly purging: Hourly<void>;

  constructor(drafts: DraftsService, log: CoreLog) {
    const own = log.for('drafts');
    this.purging = new Hourly(
      () => drafts.purge(),
      (error) => own.error({ err: error }, 'Old drafts could not be forgotten'),
    );
  }

  onApplicationBootstrap(): void {
    this.purging.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.purging.stop();
  }
}
