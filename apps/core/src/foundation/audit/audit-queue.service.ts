import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { AuditAnchoringService } from './audit-anchoring.service.js';
import { type AuditEntry, AuditService } from './audit.service.js';

const EVERY_MS = 1000;

/** Rows nobody waits for: what was noticed beside a request, in transactions of their own and in order. */
@Injectable()
export class AuditQueueService implements BeforeApplicationShutdown {
  private readonly turn = new Mutex();
  private readonly ticking = new Set<() => void>();
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly audit: AuditService,
    private readonly anchoring: AuditAnchoringService,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('audit');
  }

  write(entry: AuditEntry): void {
    this.run(() => this.audit.record(null, entry));
  }

  run(work: () => Promise<void>): void {
    this.turn
      .run(work)
      .catch((error: unknown) => this.log.error({ err: error }, 'What was noticed could not be written down'));
  }

  /** Returns the function that stops it. */
  everySecond(work: () => void): () => void {
    this.ticking.add(work);
    this.timer ??= setInterval(() => this.ticking.forEach((tick) => tick()), EVERY_MS).unref();
    return () => this.ticking.delete(work);
  }

  /** Resolves when all that was handed over before is written. */
  idle(): Promise<void> {
    return this.turn.run(() => Promise.resolve());
  }

  /** After everybody has handed over their last rows, before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.idle();
    await this.anchoring.settle();
  }
}
