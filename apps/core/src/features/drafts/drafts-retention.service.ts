import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { DraftsService } from './drafts.service.js';

const EVERY_MS = 3_600_000;

/** Forgets what nobody went on with. */
@Injectable()
export class DraftsRetentionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly turn = new Mutex();
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly drafts: DraftsService,
    log: CoreLog,
  ) {
    this.log = log.for('drafts');
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.runNow(), EVERY_MS).unref();
    this.runNow();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.turn.run(() => Promise.resolve());
  }

  private runNow(): void {
    this.turn
      .run(() => this.drafts.purge())
      .catch((error: unknown) => this.log.error({ err: error }, 'Old drafts could not be forgotten'));
  }
}
