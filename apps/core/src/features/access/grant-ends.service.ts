import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AccessBook } from '../../foundation/access/access-book.js';
import { AccessStore } from '../../foundation/access/access.store.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock, toIsoOrNull } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { ResourcesService } from './resources.service.js';

/** Writes down that a grant came to its end, once for each, also when nobody was running at that moment. */
@Injectable()
export class GrantEndsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly turn = new Mutex();
  private unsubscribe: () => void = () => undefined;
  private readonly log: Log;

  constructor(
    private readonly book: AccessBook,
    private readonly store: AccessStore,
    private readonly resources: ResourcesService,
    private readonly audit: AuditService,
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('access');
  }

  onApplicationBootstrap(): void {
    this.unsubscribe = this.events.on('grants.ended', () => this.look());
    this.look();
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  private look(): void {
    this.turn
      .run(() => this.note())
      .catch((error: unknown) => this.log.error({ err: error }, 'The end of a grant could not be written down'));
  }

  private async note(): Promise<void> {
    const now = this.clock.now();
    const ids = await this.store.endedUnnoted(now);
    const ended = ids.flatMap((id) => this.book.state.grants.get(id) ?? []);
    if (ended.length === 0) return;
    const named = await Promise.all(
      ended.map(async (grant) => ({ ...grant, name: await this.resources.nameOf(grant.target) })),
    );
    await this.database.transaction(async (rows) => {
      for (const { id, principal, target, tenantId, name, expiresAtMs } of named)
        await this.audit.record(rows, {
          actor: { kind: 'system', name: 'core' },
          action: 'access.expire',
          target: { kind: target.kind, id: target.id, label: name ?? target.id, tenantId },
          outcome: 'done',
          details: { grantId: id, principal, expiresAt: toIsoOrNull(expiresAtMs) },
        });
      await this.store.noteEnded(rows, ids, now);
    });
  }
}
