import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { keptSince } from '../../foundation/environments/bin-time.rules.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog } from '../../kernel/log/log.js';
import { ConfigurationBook } from '../configurations/configuration-book.service.js';

/** One transaction forgets so many, so that nobody waits long for the database. */
const CHUNK = 200;

/** Empties the bin of what lay in it long enough: nothing of how it was made, and of its secrets, stays, and no port is held for it. */
@Injectable()
export class BinRetentionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly emptying: Hourly<number>;

  constructor(
    private readonly book: ConfigurationBook,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly ports: PortReservationsService,
    log: CoreLog,
  ) {
    const own = log.for('bin');
    this.emptying = new Hourly(
      () => this.purge(),
      (error) => own.error({ err: error }, 'The bin could not be emptied'),
    );
  }

  onApplicationBootstrap(): void {
    this.emptying.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.emptying.stop();
  }

  /** Answers how many containers were forgotten. */
  empty(): Promise<number> {
    return this.emptying.now();
  }

  private async purge(): Promise<number> {
    const before = keptSince(this.clock.now());
    await this.database.transaction((rows) => this.ports.releaseGone(rows, before));
    let forgotten = 0;
    for (;;) {
      const purged = await this.database.transaction((rows) => this.book.purgeOutdated(rows, before, CHUNK));
      if (purged === 0) return forgotten;
      forgotten += purged;
    }
  }
}
