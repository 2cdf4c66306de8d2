import { Injectable } from '@nestjs/common';
import type {
  Capability,
  ContainerId,
  EnvironmentId,
  ListOperations,
  Operation,
  OperationId,
  OperationList,
  OperationState,
  Rights,
  TenantId,
  TokenTarget,
  UserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { rightsOn, type Target } from '../access/access.rules.js';
import { AccessService } from '../access/access.service.js';
import { type Actor, isStaff } from '../access/actor.js';
import { AuditService } from '../audit/audit.service.js';
import { Failpoint } from './failpoint.js';
import { IdempotencyStore } from './idempotency.store.js';
import { MirrorsService } from '../environments/mirrors.service.js';
import { auditOf, OperationRunner } from './operation.runner.js';
import { isFinished, targetOf, whyNot } from './operation.rules.js';
import type { OperationRow } from './operation.entity.js';
import type { AnyOperation, OperationDefinition } from './operation.js';
import { toOperation } from './operation-view.js';
import { OperationsStore, type StoredOperation } from './operations.store.js';
import { toCursor, toPosition } from './operations-cursor.rules.js';

export interface StartRequest<Input> {
  readonly input: Input;
  readonly tenantId: TenantId;
  readonly environmentId: EnvironmentId | null;
  readonly containerId: ContainerId | null;
  /** Whose thing it is about; null for the one who starts it. */
  readonly ownerId?: UserId | null;
  /** What people call the thing. */
  readonly label: string;
}

export interface Acceptance {
  /** Rows that must stand or fall with the operation: reservations, secrets. */
  readonly reserve?: (rows: EntityManager, id: OperationId) => Promise<void>;
  readonly idempotencyKey?: string | undefined;
}

/** Starts a failed operation again: a new operation with the same wish. */
type Retry = (actor: Actor, operation: StoredOperation, idempotencyKey: string | undefined) => Promise<Operation>;

const OFFERED: readonly Capability[] = ['operations.see', 'operations.cancel', 'operations.retry'];
const ACCEPT_LOCK = 7_401;

/** Work that outlives its request. */
@Injectable()
export class OperationsService {
  private readonly retries = new Map<string, Retry>();
  /** Rises with every change of any operation. */
  private changes = 0;
  private readonly epoch = newId('epoch');

  constructor(
    private readonly database: Database,
    private readonly store: OperationsStore,
    private readonly runner: OperationRunner,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly idempotency: IdempotencyStore,
    private readonly clock: Clock,
    private readonly failpoint: Failpoint,
    private readonly mirrors: MirrorsService,
    events: Events,
  ) {
    events.on('operation.changed', () => (this.changes += 1));
  }

  /** Changes whenever an operation does. */
  get version(): string {
    return `${this.epoch}.${this.changes}`;
  }

  /** A feature hands its operations over when its module starts. */
  register(definition: AnyOperation, retry?: Retry): void {
    this.runner.register(definition);
    if (retry) this.retries.set(definition.name, retry);
  }

  /** Accepts the work in one transaction and returns at once; from here on it ends done, failed or cancelled. */
  async start<Input extends object>(
    actor: Actor,
    definition: OperationDefinition<Input>,
    request: StartRequest<Input>,
    { reserve, idempotencyKey }: Acceptance = {},
  ): Promise<Operation> {
    this.runner.assertRoom(actor.userId);
    const stored = this.toStored(actor, definition, request);
    const { row } = stored;
    this.failpoint.reach('accept', 'before');
    await this.database.transaction(async (rows) => {
      await this.database.lock(rows, ACCEPT_LOCK);
      if (row.containerId) await this.assertIdle(rows, row.containerId);
      await this.store.insert(rows, stored);
      await reserve?.(rows, row.id);
      const details = definition.details(row.input);
      await this.audit.record(rows, { ...auditOf(row), actor, outcome: 'intent', details });
      if (idempotencyKey) await this.idempotency.bind(rows, { actorId: actor.userId, key: idempotencyKey }, row.id);
    });
    this.failpoint.reach('accept', 'after-result');
    this.runner.enqueue(stored);
    return this.view(actor, stored);
  }

  /** Newest first; only what this person started, or what is about a thing they see. */
  async list(actor: Actor, { state, container, environment, cursor, limit }: ListOperations): Promise<OperationList> {
    const version = this.version;
    const found = await this.store.page({
      state,
      containerId: container,
      environmentId: environment,
      visibleTo: isStaff(actor) ? undefined : actor.userId,
      about: isStaff(actor) ? [] : this.seenBy(actor),
      within: reachOf(actor),
      after: cursor === undefined ? undefined : readCursor(cursor),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((stored) => this.view(actor, this.newest(stored))),
      version,
      ...(found.length > limit && last ? { nextCursor: toCursor(last.row) } : {}),
    };
  }

  async get(actor: Actor, id: OperationId): Promise<Operation> {
    return this.view(actor, await this.getStored(actor, id));
  }

  /** Undefined where there is none or the actor may not see it. */
  async find(actor: Actor, id: OperationId): Promise<Operation | undefined> {
    const stored = this.runner.find(id)?.stored ?? (await this.store.find(id));
    return stored && this.isVisible(actor, stored) ? this.view(actor, stored) : undefined;
  }

  /** The row behind a visible operation, for the feature it belongs to. */
  async getStored(actor: Actor, id: OperationId): Promise<StoredOperation> {
    const stored = this.runner.find(id)?.stored ?? (await this.store.find(id));
    if (!stored || !this.isVisible(actor, stored)) throw notFound('operation', id);
    return stored;
  }

  async cancel(actor: Actor, id: OperationId): Promise<Operation> {
    const stored = await this.getStored(actor, id);
    this.access.require(actor, 'operations.cancel', { id, ...this.targetOf(stored.row, actor) });
    this.assertPossible('operations.cancel', stored);
    const run = this.runner.find(id);
    if (!run) throw conflict('wrong_state', 'This is finished already.', { params: { reason: 'finished' } });
    await run.cancel();
    return this.view(actor, run.stored);
  }

  async retry(actor: Actor, id: OperationId, idempotencyKey?: string): Promise<Operation> {
    const stored = await this.getStored(actor, id);
    this.access.require(actor, 'operations.retry', { id, ...this.targetOf(stored.row, actor) });
    this.assertPossible('operations.retry', stored);
    const retry = this.retries.get(stored.row.name);
    if (!retry) throw conflict('wrong_state', 'This cannot be tried again.', { params: { reason: 'not_retryable' } });
    return retry(actor, stored, idempotencyKey);
  }

  /** How many are in each state that is not the last, whoever started them. */
  underWay(): ReadonlyMap<OperationState, number> {
    return this.runner.underWay();
  }

  /** The operation that is changing this container right now. */
  activeOn(containerId: ContainerId): OperationId | null {
    return this.runner.activeOn(containerId);
  }

  /** What is just announced to have ended; undefined where it goes on. */
  justEnded(id: OperationId): OperationRow | undefined {
    const row = this.runner.find(id)?.stored.row;
    return row && isFinished(row.state) ? row : undefined;
  }

  /** The container an operation under way is about. */
  containerOf(id: OperationId): ContainerId | null {
    return this.runner.find(id)?.stored.row.containerId ?? null;
  }

  private toStored<Input extends object>(
    actor: Actor,
    definition: OperationDefinition<Input>,
    request: StartRequest<Input>,
  ): StoredOperation {
    const id = newId('op');
    const row = {
      id,
      name: definition.name,
      state: 'queued' as const,
      tenantId: request.tenantId,
      environmentId: request.environmentId,
      containerId: request.containerId,
      targetLabel: request.label,
      actorId: actor.userId,
      actorName: actor.displayName,
      via: actor.via,
      address: actor.address ?? null,
      ownerId: request.ownerId ?? null,
      input: definition.input.parse(request.input),
      result: null,
      error: null,
      failedStep: null,
      cancelRequestedAt: null,
      createdAt: this.clock.now(),
      startedAt: null,
      finishedAt: null,
    };
    const steps = definition.steps.map((name, position) => ({
      operationId: id,
      name,
      position,
      state: 'pending' as const,
      attempts: 0,
      result: null,
      startedAt: null,
      finishedAt: null,
      compensatedAt: null,
    }));
    return { row, steps };
  }

  private async assertIdle(rows: EntityManager, containerId: ContainerId): Promise<void> {
    const active = await this.store.activeOn(rows, containerId);
    if (active)
      throw conflict('busy', `Something else is being done to ${active.targetLabel}. Wait for it or cancel it.`, {
        params: { operationId: active.id, operation: active.name },
      });
  }

  private assertPossible(capability: Capability, { row }: StoredOperation): void {
    const reason = whyNot(capability, row, this.offers(row.name));
    if (reason)
      throw conflict('wrong_state', 'The operation is not in a state for that.', {
        params: { reason, state: row.state },
      });
  }

  private isVisible(actor: Actor, { row }: StoredOperation): boolean {
    // What is about no container is nobody's business but of who started it, whatever was given for the tenant.
    const isTheirs = row.containerId !== null || row.actorId === actor.userId || row.ownerId === actor.userId;
    return (isTheirs || isStaff(actor)) && this.access.allows(actor, 'operations.see', this.targetOf(row, actor));
  }

  private targetOf(row: OperationRow, actor: Actor): Target {
    return targetOf(row, actor, row.containerId === null ? {} : this.mirrors.container(row.containerId));
  }

  /** The containers whose operations somebody may see, whoever started them. */
  private seenBy(actor: Actor): ContainerId[] {
    const seen = this.mirrors.containers().filter((one) => this.access.allows(actor, 'operations.see', one));
    return seen.map(({ id }) => id);
  }

  private view(actor: Actor, stored: StoredOperation): Operation {
    const target = this.targetOf(stored.row, actor);
    return toOperation({
      stored,
      progress: this.runner.progressOf(stored.row.id),
      rights: this.rights(actor, stored, target),
      raw: isStaff(actor),
    });
  }

  private rights(actor: Actor, { row }: StoredOperation, target: Target): Rights {
    const { can, why } = rightsOn(actor, OFFERED, target);
    const possible: Rights = { can: [], why };
    for (const capability of can) {
      const code = whyNot(capability, row, this.offers(row.name));
      if (code) possible.why[capability] = { code, params: {} };
      else possible.can.push(capability);
    }
    return possible;
  }

  private offers(name: string): { cancel: boolean; retry: boolean } {
    return { cancel: this.runner.definition(name)?.cancellable ?? false, retry: this.retries.has(name) };
  }

  /** A running operation is newer in memory than the page that was just read. */
  private newest(stored: StoredOperation): StoredOperation {
    return this.runner.find(stored.row.id)?.stored ?? stored;
  }
}

/** A token for a few things tells of nothing else. */
const reachOf = (actor: Actor): readonly TokenTarget[] | undefined =>
  actor.credential === 'personal_token' && actor.scope.targets.length > 0 ? actor.scope.targets : undefined;

function readCursor(cursor: string): { createdAt: number; id: string } {
  const position = toPosition(cursor);
  if (!position)
    throw invalid([{ path: 'cursor', code: 'invalid_cursor', message: 'Take the cursor of a list answer.' }]);
  return position;
}
