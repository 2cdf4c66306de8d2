import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AccessBook } from '../../foundation/access/access-book.js';
import { allows, heldOn } from '../../foundation/access/access.rules.js';
import type { AccessState, KnownGrant } from '../../foundation/access/standing.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { givenBy, meaningOn } from './access-changes.rules.js';
import { PrincipalsService } from './principals.service.js';
import { ResourcesService } from './resources.service.js';

/** Nobody hands on what they do not hold, and that goes on: when they lose it, what they handed on falls. */
@Injectable()
export class CascadeService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly turn = new Mutex();
  private unsubscribe: ReadonlyArray<() => void> = [];
  private isAwaited = false;
  private readonly log: Log;

  constructor(
    private readonly book: AccessBook,
    private readonly principals: PrincipalsService,
    private readonly resources: ResourcesService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('access');
  }

  onApplicationBootstrap(): void {
    this.unsubscribe = [
      this.events.on('access.changed', () => this.look()),
      this.events.on('grants.ended', () => this.look()),
      this.events.on('rights.changed', () => this.look()),
    ];
    this.look();
  }

  onModuleDestroy(): void {
    for (const stop of this.unsubscribe) stop();
  }

  /** Grants that would stand on nothing there, and those that stand on them. */
  async falling(state: AccessState): Promise<KnownGrant[]> {
    const now = this.clock.now();
    let waiting = [...state.grants.values()].filter((grant) => !grant.byStaff && !isOver(grant, now));
    const founded = new Map(state.grants);
    for (const { id } of waiting) founded.delete(id);
    // Nothing holds itself up, nor do two that stand on each other: each stands on what stands without it.
    for (let before = Infinity; waiting.length < before;) {
      before = waiting.length;
      const ground = { ...state, grants: new Map(founded) };
      const left: KnownGrant[] = [];
      for (const grant of waiting)
        if (await this.isFounded(ground, grant)) founded.set(grant.id, grant);
        else left.push(grant);
      waiting = left;
    }
    return waiting;
  }

  /** Whether whoever made it could make it today. Somebody who is only locked out for now still stands behind it. */
  private async isFounded(state: AccessState, grant: KnownGrant): Promise<boolean> {
    const maker = await this.principals.find(grant.grantedBy);
    const on = (await this.resources.of(grant.target, grant.tenantId))?.on;
    // What is gone harms nobody, and may come back with its grants.
    if (!on) return true;
    if (!maker) return false;
    const then = this.principals.asIn(state, { ...maker, active: true, twoFactorMissing: false });
    if (!allows(then, 'containers.manageAccess', on)) return false;
    const named = grant.role === null ? [] : [grant.role];
    const given = [...givenBy(grant, meaningOn(state, grant.target, named))];
    return heldOn(then, given, on).length === given.length;
  }

  private look(): void {
    if (this.isAwaited || [...this.book.state.grants.values()].every(({ byStaff }) => byStaff)) return;
    this.isAwaited = true;
    this.turn
      .run(() => {
        this.isAwaited = false;
        return this.drop();
      })
      .catch((error: unknown) => this.log.error({ err: error }, 'What was handed on could not be looked through'));
  }

  private async drop(): Promise<void> {
    const falling = await this.falling(this.book.state);
    if (falling.length === 0) return;
    await this.book.change(async (rows) => {
      for (const { id, principal, target, tenantId, grantedByName } of falling)
        await this.audit.record(rows, {
          actor: { kind: 'system', name: 'core' },
          action: 'access.fall',
          target: { kind: target.kind, id: target.id, label: target.id, tenantId },
          outcome: 'done',
          details: { grantId: id, principal, grantedBy: grantedByName },
        });
      return { writes: { dropGrants: falling.map(({ id }) => id) }, result: undefined };
    });
    this.log.info({ grants: falling.map(({ id }) => id) }, 'Grants fell with the right to make them');
  }
}
