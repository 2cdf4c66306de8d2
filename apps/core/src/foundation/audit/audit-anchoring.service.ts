import { Injectable } from '@nestjs/common';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { positionOf } from './audit-chain.rules.js';
import { AuditAnchor } from './audit-anchor.js';
import { AuditEventsStore } from './audit-events.store.js';

const DELAY_MS = 500;

/** Moves the anchor along soon after a row was written; never past a break. */
@Injectable()
export class AuditAnchoringService {
  private readonly writing = new Mutex();
  private readonly log: Log;
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: AuditAnchor,
    private readonly events: AuditEventsStore,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('audit');
  }

  /** The row may still be rolled back, so the anchor looks at what is there a moment later. */
  soon(): void {
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      this.anchor().catch((error: unknown) => this.log.error({ err: error }, 'The audit anchor was not written'));
    }, DELAY_MS).unref();
  }

  anchor(): Promise<void> {
    return this.writing.run(async () => {
      const last = await this.events.last();
      const before = await this.file.find();
      if (!last || before?.seq === last.seq) return;
      const anchored = before && (await this.events.findBySeq(before.seq));
      if (before && anchored?.hash !== before.hash)
        this.log.error({ seq: before.seq }, 'The audit trail lost rows it had; run: audit verify');
      else await this.file.put(positionOf(last));
    });
  }

  /** At once, if a row still waits for it. */
  async settle(): Promise<void> {
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    await this.anchor();
  }
}
