import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AccessRequestId, ErrorCode, type AlertFacts, type AlertRule, type ContainerId, type EnvironmentId, type OperationId } from '@bailiwick/contract'; // prettier-ignore
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { Clock } from '../../kernel/clock.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { AccessRequestsService } from '../access-requests/access-requests.service.js';
import type { ShownContainer } from '../containers/container-list.service.js';
import { type AskedStop, ContainerStopsService } from '../containers/container-stops.service.js';
import type { AlertRow } from './alert.entity.js';
import { AlertBook } from './alert-book.service.js';
import { holdingOf, isLoop, keyOf, LOOP_WITHIN_MS, OLD_AFTER_MS, recentEnds, type StateRule } from './alerts.rules.js';

const LOOK_AGAIN_MS = 5000;
const STATE_RULES: readonly StateRule[] = ['container_stopped', 'container_oom', 'container_unhealthy'];

/** Hears what happens and tells the book; what can be read again is looked at again now and then. */
@Injectable()
export class AlertWatchService implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly shown = new Map<ContainerId, ShownContainer>();
  private readonly ends = new Map<ContainerId, number[]>();
  /** A wish ends one run, not the next as well. */
  private readonly fulfilled = new WeakSet<AskedStop>();
  private readonly forgetting: Hourly<void>;
  private readonly log: Log;
  private unsubscribe: ReadonlyArray<() => void> = [];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly book: AlertBook,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly operations: OperationsService,
    private readonly requests: AccessRequestsService,
    private readonly stops: ContainerStopsService,
    private readonly clock: Clock,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('alerts');
    this.forgetting = new Hourly(
      () => this.book.forgetOld(),
      (error) => this.log.error({ err: error }, 'Old alerts could not be forgotten'),
    );
  }

  onModuleInit(): void {
    this.unsubscribe = [
      this.events.on('container.shown', ({ before, after }) => this.hearContainer(before, after)),
      this.events.on('container.ended', (end) => this.hearEnd(end)),
      this.events.on('environment.changed', ({ environmentId }) => this.lookAtEnvironment(environmentId)),
      this.events.on('operation.changed', ({ operationId }) => this.hearOperation(operationId)),
      this.events.on('accessRequest.changed', ({ requestId }) => this.later(() => this.lookAtRequest(requestId))),
    ];
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.later(() => this.lookAgain()), LOOK_AGAIN_MS).unref();
    this.forgetting.start();
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.unsubscribe) stop();
    clearInterval(this.timer);
    await this.looking;
    await this.forgetting.stop();
  }

  /** At everything that is open or could be. */
  private async lookAgain(): Promise<void> {
    for (const shown of this.shown.values()) this.lookAtContainer(shown, false);
    for (const { id } of this.environments.all()) this.lookAtEnvironment(id);
    for (const row of this.book.open()) {
      if (row.containerId !== null && this.isGone(row)) this.book.settle(row.key, 'gone');
      else if (row.rule === 'container_restarting') this.lookAtLoop(row);
      else if (row.rule === 'access_requested') await this.lookAtRequest(AccessRequestId.parse(row.thingId));
      else if (row.rule === 'operation_failed' && this.clock.now() - row.lastAt > OLD_AFTER_MS)
        this.book.settle(row.key, 'old');
    }
  }

  private hearContainer(before: ShownContainer | undefined, after: ShownContainer | undefined): void {
    if (after) {
      this.shown.set(after.seen.id, after);
      this.lookAtContainer(after, before === undefined);
      return;
    }
    if (!before) return;
    const { id } = before.seen;
    this.shown.delete(id);
    this.ends.delete(id);
    for (const row of this.book.open()) if (row.thingId === id && isOver(row)) this.book.settle(row.key, 'gone');
  }

  private lookAtContainer({ seen, bare }: ShownContainer, first: boolean): void {
    const now = this.clock.now();
    const { status, operationId } = bare;
    // A look again at what was history when it was seen first is no news either.
    const holding = holdingOf({ status, operationId, finishedAtMs: seen.finishedAtMs }, first || !this.isOpenOn(seen), now); // prettier-ignore
    for (const rule of STATE_RULES) {
      const holds = holding[rule];
      if (holds === true) this.raise(seen, rule, this.momentOf(seen, rule), exitOf(seen));
      else if (holds === false) this.book.settle(keyOf(rule, seen.id), 'recovered');
    }
  }

  private isOpenOn({ id }: SeenContainer): boolean {
    return STATE_RULES.some((rule) => this.book.findOpen(keyOf(rule, id)) !== undefined);
  }

  /** An end is as old as it is; of a health check nobody says since when it fails, so it happens once. */
  private momentOf(seen: SeenContainer, rule: StateRule): number {
    const known = this.book.findOpen(keyOf(rule, seen.id))?.lastAt;
    return rule === 'container_unhealthy'
      ? (known ?? this.clock.now())
      : (seen.finishedAtMs ?? known ?? this.clock.now());
  }

  private hearEnd({ container, exitCode, atMs }: CoreEvents['container.ended']): void {
    const { id } = container;
    const asked = this.stops.askedFor(id);
    if (asked && !this.fulfilled.has(asked)) {
      this.fulfilled.add(asked);
      return;
    }
    if (exitCode === 0 || this.operations.activeOn(id) !== null) return;
    const ends = recentEnds([...(this.ends.get(id) ?? []), atMs], this.clock.now());
    this.ends.set(id, ends);
    if (!isLoop(ends, this.clock.now())) return;
    this.raise(container, 'container_restarting', atMs, exitCode === null ? {} : { exitCode });
  }

  private lookAtLoop({ key, lastAt, containerId }: AlertRow): void {
    const status = containerId && this.shown.get(containerId)?.bare.status;
    // One that stays down is told by another rule.
    const isDown = status === 'exited' || status === 'killed' || status === 'stopped';
    if (status === 'unknown' || (!isDown && this.clock.now() - lastAt < LOOP_WITHIN_MS)) return;
    this.book.settle(key, 'recovered');
  }

  private lookAtEnvironment(id: EnvironmentId): void {
    const { state, sinceMs, reason } = this.environments.state(id);
    const key = keyOf('environment_offline', id);
    if (state === 'online') this.book.settle(key, 'recovered');
    if (state !== 'offline') return;
    this.book.raise({
      key,
      rule: 'environment_offline',
      thingKind: 'environment',
      thingId: id,
      label: this.environments.get(id).name,
      tenantId: null,
      environmentId: id,
      containerId: null,
      userId: null,
      facts: reason ? { code: reason.code } : {},
      atMs: sinceMs,
    });
  }

  private hearOperation(id: OperationId): void {
    const row = this.operations.justEnded(id);
    if (!row) return;
    const thingId = row.containerId ?? row.id;
    const key = keyOf('operation_failed', thingId, row.name);
    if (row.state === 'done') this.book.settle(key, 'recovered');
    if (row.state !== 'failed') return;
    const code = row.error && 'code' in row.error ? ErrorCode.safeParse(row.error.code).data : undefined;
    this.book.raise({
      key,
      rule: 'operation_failed',
      thingKind: row.containerId === null ? 'operation' : 'container',
      thingId,
      label: row.targetLabel,
      tenantId: row.tenantId,
      environmentId: row.environmentId,
      containerId: row.containerId,
      userId: row.actorId,
      facts: { operationId: row.id, operation: row.name, ...(code === undefined ? {} : { code }) },
      atMs: row.finishedAt ?? this.clock.now(),
    });
  }

  private async lookAtRequest(id: AccessRequestId): Promise<void> {
    const key = keyOf('access_requested', id);
    const request = await this.requests.findPending(id);
    if (!request) return this.book.settle(key, 'recovered');
    this.book.raise({
      key,
      rule: 'access_requested',
      thingKind: 'accessRequest',
      thingId: id,
      label: request.name,
      tenantId: request.tenantId,
      environmentId: null,
      containerId: null,
      userId: request.userId,
      facts: { by: request.by },
      atMs: request.askedAtMs,
    });
  }

  private raise(seen: SeenContainer, rule: AlertRule, atMs: number, facts: AlertFacts): void {
    const { id, name, tenantId, environmentId } = seen;
    this.book.raise({
      key: keyOf(rule, id),
      rule,
      thingKind: 'container',
      thingId: id,
      label: name,
      tenantId,
      environmentId,
      containerId: id,
      userId: null,
      facts,
      atMs,
    });
  }

  /** Only an engine that answers can say that something is not there. */
  private isGone({ containerId, environmentId, rule }: AlertRow): boolean {
    if (containerId === null || environmentId === null || this.operations.activeOn(containerId) !== null) return false;
    const isThere = this.mirrors.container(containerId) ?? this.mirrors.awaited(containerId);
    return !isThere && isOver({ rule }) && this.environments.state(environmentId).state === 'online';
  }

  private later(work: () => Promise<void>): void {
    this.looking = this.looking
      .then(work)
      .catch((error: unknown) => this.log.error({ err: error }, 'What may need somebody could not be looked at'));
  }
}

/** With its container: a deploy that failed leaves none behind, and is told all the same. */
const isOver = ({ rule }: Pick<AlertRow, 'rule'>): boolean => rule !== 'operation_failed';
const exitOf = ({ exitCode }: SeenContainer): AlertFacts => (exitCode === null ? {} : { exitCode });
