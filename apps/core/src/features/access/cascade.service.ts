import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ContainerId, UserId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import type { ContainerChange } from '../../foundation/environments/seen-container.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import {
  bare,
  fallenDetails,
  type HandedOn,
  handedOnIn,
  makerOf,
  standsOn,
  targetOf,
  writesOf,
} from './cascade.rules.js';
import { restored } from './gains.rules.js';
import { PrincipalsService } from './principals.service.js';
import { ResourcesService } from './resources.service.js';

/** Nobody hands on what they do not hold, and that goes on: when they lose it, what they handed on falls. */
@Injectable()
export class CascadeService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly turn = new Mutex();
  private unsubscribe: ReadonlyArray<() => void> = [];
  private isAwaited = false;
  /** What decides about each container that is not handed on. */
  private readonly heldBy = new Map<ContainerId, string>();
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
      this.events.on('container.changed', (change) => this.lookAt(change)),
    ];
    this.look();
  }

  onModuleDestroy(): void {
    for (const stop of this.unsubscribe) stop();
  }

  /** What would stand on nothing there, and what stands on that. */
  async falling(as: AccessState): Promise<HandedOn[]> {
    // Who rests with a project comes back with it, and so does what they handed on.
    const state = restored(as);
    const makers = new Map<UserId, Actor | undefined>();
    let waiting = handedOnIn(state, this.clock.now());
    for (const id of new Set(waiting.map(makerOf))) makers.set(id, await this.principals.find(id));
    // Nothing holds itself up, nor do two that stand on each other: each stands on what stands without it.
    for (let before = Infinity; waiting.length < before;) {
      before = waiting.length;
      const ground = bare(state, waiting);
      const then = new Map([...makers].map(([id, maker]) => [id, maker && this.asHolding(ground, maker)]));
      const left: HandedOn[] = [];
      for (const item of waiting) if (!(await this.isFounded(ground, item, then.get(makerOf(item))))) left.push(item);
      waiting = left;
    }
    return waiting;
  }

  /** Somebody who is only locked out for now still stands behind what they handed on. */
  private asHolding(state: AccessState, maker: Actor): Actor {
    return this.principals.asIn(state, { ...maker, active: true, twoFactorMissing: false });
  }

  /** Whether whoever made it could make it today. */
  private async isFounded(state: AccessState, item: HandedOn, maker: Actor | undefined): Promise<boolean> {
    const on = await this.onOf(item);
    // What is gone harms nobody, and may come back with its grants.
    if (!on) return true;
    if (!maker) return false;
    return standsOn(maker, state, item, on);
  }

  private async onOf(item: HandedOn) {
    if (item.kind === 'exception') return this.resources.container(item.containerId);
    const { target, tenantId } = item.grant;
    return (await this.resources.of(target, tenantId))?.on;
  }

  /** Where it is, and whose, decides who may what on it: also one that is seen for the first time. */
  private lookAt({ type, container }: ContainerChange): void {
    const { id, tenantId, ownerId, stack, projectId, managed } = container;
    const held = JSON.stringify([tenantId, ownerId, stack, projectId, managed]);
    if (type === 'remove') this.heldBy.delete(id);
    else if (this.heldBy.get(id) !== held) {
      this.heldBy.set(id, held);
      this.look();
    }
  }

  private look(): void {
    if (this.isAwaited || handedOnIn(this.book.state, this.clock.now()).length === 0) return;
    this.isAwaited = true;
    this.turn
      .run(() => {
        this.isAwaited = false;
        return this.drop();
      })
      .catch((error: unknown) => this.log.error({ err: error }, 'What was handed on could not be looked through'));
  }

  private async drop(): Promise<void> {
    if ((await this.falling(this.book.state)).length === 0) return;
    const fallen = await this.book.changeAfter(
      async (state) => {
        const falling = await this.falling(state);
        return Promise.all(falling.map(async (item) => ({ item, target: await this.targetOf(item) })));
      },
      async (rows, falling) => {
        for (const { item, target } of falling)
          await this.audit.record(rows, {
            actor: { kind: 'system', name: 'core' },
            action: 'access.fall',
            target,
            outcome: 'done',
            details: fallenDetails(item),
          });
        const items = falling.map(({ item }) => item);
        return { writes: writesOf(items), result: items };
      },
    );
    this.log.info({ fallen: fallen.map(fallenDetails) }, 'What was handed on fell with the right to do so');
  }

  private async targetOf(item: HandedOn): Promise<AuditTarget> {
    const target = targetOf(item);
    const tenantId = (await this.onOf(item))?.tenantId;
    const label = (await this.resources.nameOf(target)) ?? target.id;
    return { kind: target.kind, id: target.id, label, ...(tenantId && { tenantId }) };
  }
}
