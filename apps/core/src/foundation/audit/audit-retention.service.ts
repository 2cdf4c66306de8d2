import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { AuditAnchoringService } from './audit-anchoring.service.js';
import { positionOf } from './audit-chain.rules.js';
import { AuditCheckpointsService } from './audit-checkpoints.service.js';
import { AuditEventsStore } from './audit-events.store.js';
import { AuditService } from './audit.service.js';

const DAY_MS = 24 * 3_600_000;
/** One transaction removes so many, so that nobody waits long for the database. */
const CHUNK = 1000;

/** Takes away what is older than is kept: from the beginning of the chain only, and signs where it begins then. */
@Injectable()
export class AuditRetentionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly removing: Hourly<number>;
  private stopping = false;

  constructor(
    private readonly events: AuditEventsStore,
    private readonly checkpoints: AuditCheckpointsService,
    private readonly anchoring: AuditAnchoringService,
    private readonly audit: AuditService,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    coreLog: CoreLog,
  ) {
    const own = coreLog.for('audit');
    this.removing = new Hourly(
      () => this.remove(),
      (error) => own.error({ err: error }, 'Audit rows older than are kept could not be removed'),
    );
  }

  onApplicationBootstrap(): void {
    if (this.config.BAILIWICK_AUDIT_KEEP_DAYS === 0) return;
    this.removing.start();
  }

  onModuleDestroy(): Promise<void> {
    this.stopping = true;
    return this.removing.stop();
  }

  /** Answers how many rows went. */
  removeExpired(): Promise<number> {
    return this.removing.now();
  }

  private async remove(): Promise<number> {
    const days = this.config.BAILIWICK_AUDIT_KEEP_DAYS;
    if (days === 0) return 0;
    // The anchor must not stand on a row that goes.
    await this.anchoring.anchor();
    const before = this.clock.now() - days * DAY_MS;
    let removed = 0;
    while (!this.stopping) {
      const expired = await this.events.expired(before, CHUNK);
      const last = expired.at(-1);
      if (!last) break;
      await this.database.transaction(async (rows) => {
        await this.checkpoints.put(rows, positionOf(last), this.clock.now());
        await this.events.removeThrough(rows, last.seq);
      });
      removed += expired.length;
    }
    if (removed > 0) await this.note(removed, days);
    return removed;
  }

  private note(removed: number, days: number): Promise<void> {
    return this.audit.record(null, {
      actor: { kind: 'system', name: 'core' },
      action: 'audit.expire',
      target: null,
      outcome: 'done',
      details: { removed, days },
    });
  }
}
