import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { keptSince } from '../../foundation/environments/bin-time.rules.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { ConfigurationBook } from '../configurations/configuration-book.service.js';

const EVERY_MS = 3_600_000;
/** One transaction forgets so many, so that nobody waits long for the database. */
const CHUNK = 200;

/** Empties the bin of what lay in it long enough: nothing of how it was made, and of its secrets, stays, and no port is held for it. */
@Injectable()
export class BinRetentionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly turn = new Mutex();
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly book: ConfigurationBook,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly ports: PortReservationsService,
    log: CoreLog,
  ) {
    this.log = log.for('bin');
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.runNow(), EVERY_MS).unref();
    this.runNow();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.turn.run(() => Promise.resolve());
  }

  /** Answers how many containers were forgotten. */
  empty(): Promise<number> {
    return this.turn.run(async () => {
      const before = keptSince(this.clock.now());
      await this.database.transaction((rows) => this.ports.releaseGone(rows, before));
      let forgotten = 0;
      for (;;) {
        const purged = await this.database.transaction((rows) => this.book.purgeOutdated(rows, before, CHUNK));
        if (purged === 0) return forgotten;
        forgotten += purged;
      }
    });
  }

  private runNow(): void {
    this.empty().catch((error: unknown) => this.log.error({ err: error }, 'The bin could not be emptied'));
  }
}
