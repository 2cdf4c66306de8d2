import { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ContainerId, OperationId, OperationState, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, unreachable } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { type AuditEntry, AuditService } from '../audit/audit.service.js';
import { Failpoint } from './failpoint.js';
import { FairSlots } from './fair-slots.js';
import { OperationRun, type RunTools } from './operation-run.js';
import type { OperationRow } from './operation.entity.js';
import type { OperationStepRow } from './operation-step.entity.js';
import { ACTIVE_STATES, isFinished, isOutcome, type Outcome, starterOf } from './operation.rules.js';
import { type AnyOperation, defineOperation, type Progress } from './operation.js';
import { OperationsStore, type StoredOperation } from './operations.store.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    'operation.changed': { operationId: OperationId };
    /** Nothing more happens to it. */
    'operation.finished': FinishedOperation;
    /** The same with all that was asked for, for who acts on the end of a deed: once for each. */
    'operation.ended': { row: OperationRow };
  }
}

/** What measuring may know of it: no people, nothing that was asked for. */
export interface FinishedOperation {
  readonly id: OperationId;
  readonly name: string;
  readonly outcome: Outcome;
  /** Null where it ended before its turn came. */
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number;
  readonly seconds: number | null;
  readonly steps: readonly Pick<OperationStepRow, 'name' | 'state' | 'attempts' | 'startedAt' | 'finishedAt'>[];
}

/** Stands for an operation of another version of the core: it is failed with that reason. */
const UNKNOWN = defineOperation({
  name: 'unknown',
  capability: 'operations.see',
  input: z.object({}),
  steps: [],
  run: () =>
    Promise.reject(conflict('interrupted', 'This version of the panel does not know that operation. Start it again.')),
});
const MAX_WAITING = 5000;
/** One person cannot make everybody else wait. */
const MAX_WAITING_OF_ONE = 1000;
const PROGRESS_EVERY_MS = 200;
const STOP_WITHIN_MS = 4000;

/** Runs what was accepted: a bounded number at once, tenants in turn, and after a restart where it was left. */
@Injectable()
export class OperationRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log: Log;
  private readonly definitions = new Map<string, AnyOperation>();
  private readonly runs = new Map<OperationId, OperationRun>();
  private readonly works = new Set<Promise<void>>();
  private readonly announcing = new Set<OperationId>();
  private readonly slots: FairSlots;
  private readonly tools: RunTools;
  private readonly stopping = new AbortController();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: OperationsStore,
    private readonly events: Events,
    private readonly audit: AuditService,
    private readonly host: HttpAdapterHost,
    failpoint: Failpoint,
    clock: Clock,
    log: CoreLog,
  ) {
    this.log = log.for('operations');
    this.slots = new FairSlots(config.BAILIWICK_OPERATIONS_PARALLEL);
    this.tools = {
      database,
      store,
      clock,
      log: this.log,
      failpoint,
      slots: this.slots,
      retries: config.BAILIWICK_OPERATION_RETRIES,
      retryDelayMs: config.BAILIWICK_OPERATION_RETRY_DELAY_MS,
      record: (rows, row, outcome) => this.record(rows, row, outcome),
      changed: (operationId) => this.events.publish('operation.changed', { operationId }),
      progressed: (id) => this.announceSoon(id),
    };
  }

  register(definition: AnyOperation): void {
    if (this.definitions.has(definition.name)) throw new Error(`There are two operations ${definition.name}.`);
    this.definitions.set(definition.name, definition);
  }

  definition(name: string): AnyOperation | undefined {
    return this.definitions.get(name);
  }

  /**
   * Goes on with what a stop or a crash left, once this core serves: a second one that finds its port taken, and a
   * command line tool, must not touch the work of the first.
   */
  onApplicationBootstrap(): void {
    const server: unknown = this.host.httpAdapter?.getHttpServer();
    if (!(server instanceof Server)) return;
    if (server.listening) this.resume();
    else server.once('listening', () => this.resume());
  }

  /** Nothing is lost by stopping: the journal knows where each one is. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    for (const run of this.runs.values()) run.stop();
    await Promise.race([Promise.allSettled(this.works), delay(STOP_WITHIN_MS, undefined, { ref: false })]);
  }

  assertRoom(actorId: UserId): void {
    if (this.stopping.signal.aborted)
      throw unreachable('core_unavailable', 'The core is stopping. Try again in a moment.');
    const own = [...this.runs.values()].filter(({ stored }) => stored.row.actorId === actorId).length;
    if (this.runs.size >= MAX_WAITING || own >= MAX_WAITING_OF_ONE)
      throw unreachable('busy', 'Too much is waiting to be done. Try again in a minute.', {
        params: { waiting: own, retryAfterSeconds: 60 },
      });
  }

  enqueue(stored: StoredOperation): void {
    const run = new OperationRun(stored, this.definitions.get(stored.row.name) ?? UNKNOWN, this.tools);
    this.runs.set(stored.row.id, run);
    const work = this.work(run).finally(() => this.works.delete(work));
    this.works.add(work);
    this.events.publish('operation.changed', { operationId: stored.row.id });
  }

  find(id: OperationId): OperationRun | undefined {
    return this.runs.get(id);
  }

  progressOf(id: OperationId): Progress | null {
    return this.runs.get(id)?.progress ?? null;
  }

  /** How many are in each state that is not the last. */
  underWay(): ReadonlyMap<OperationState, number> {
    const counts = new Map<OperationState, number>(ACTIVE_STATES.map((state) => [state, 0]));
    for (const { stored } of this.runs.values()) {
      const count = counts.get(stored.row.state);
      if (count !== undefined) counts.set(stored.row.state, count + 1);
    }
    return counts;
  }

  activeOn(containerId: ContainerId): OperationId | null {
    for (const [id, { stored }] of this.runs) if (stored.row.containerId === containerId) return id;
    return null;
  }

  private resume(): void {
    const work = this.store
      .unfinished()
      .then((left) => {
        for (const stored of left) if (!this.runs.has(stored.row.id)) this.enqueue(stored);
      })
      .catch(async (error: unknown) => {
        this.log.error({ err: error }, 'What was left cannot be read; trying again');
        await delay(this.config.BAILIWICK_OPERATION_RETRY_DELAY_MS, undefined, { signal: this.stopping.signal });
        this.resume();
      })
      .catch(() => undefined) // stopped while waiting
      .finally(() => this.works.delete(work));
    this.works.add(work);
  }

  private async work(run: OperationRun): Promise<void> {
    const { id, tenantId } = run.stored.row;
    await this.slots.acquire(tenantId);
    try {
      if (!this.stopping.signal.aborted) await run.work();
    } catch (error) {
      // Our own rows could not be written. The journal is the truth: read it again and go on from there.
      this.log.error({ err: error, operation: id }, 'An operation could not be journaled');
      this.again(id);
      return;
    } finally {
      this.slots.release();
    }
    if (isFinished(run.stored.row.state)) this.forget(id, run.stored);
  }

  private again(id: OperationId): void {
    const work = delay(this.config.BAILIWICK_OPERATION_RETRY_DELAY_MS, undefined, { signal: this.stopping.signal })
      .then(() => this.store.find(id))
      .then((stored) => {
        if (stored && !isFinished(stored.row.state)) this.enqueue(stored);
        else this.forget(id, stored);
      })
      .catch((error: unknown) => {
        if (this.stopping.signal.aborted) return;
        this.log.error({ err: error, operation: id }, 'An operation could not be read');
        this.again(id);
      })
      .finally(() => this.works.delete(work));
    this.works.add(work);
  }

  private forget(id: OperationId, stored: StoredOperation | undefined): void {
    this.runs.delete(id);
    const finished = stored && toFinished(stored);
    if (finished) this.events.publish('operation.finished', finished);
    if (finished && stored) this.events.publish('operation.ended', { row: stored.row });
    this.events.publish('operation.changed', { operationId: id });
  }

  private announceSoon(id: OperationId): void {
    if (this.announcing.has(id)) return;
    this.announcing.add(id);
    setTimeout(() => {
      this.announcing.delete(id);
      this.events.publish('operation.changed', { operationId: id });
    }, PROGRESS_EVERY_MS).unref();
  }

  private record(rows: EntityManager, row: OperationRow, outcome: Outcome): Promise<void> {
    return this.audit.record(rows, {
      ...auditOf(row),
      outcome: outcome === 'done' ? 'done' : 'failed',
      details: {
        ...this.definitions.get(row.name)?.details(row.input),
        state: outcome,
        ...(row.error && 'code' in row.error ? { code: row.error.code } : {}),
        step: row.failedStep,
      },
    });
  }
}

/** Who does what to what, the same words at the beginning and at the end. */
export const auditOf = (row: OperationRow): Omit<AuditEntry, 'outcome'> => ({
  actor: starterOf(row),
  action: row.name,
  target: row.containerId
    ? { kind: 'container', id: row.containerId, label: row.targetLabel, tenantId: row.tenantId }
    : { kind: 'operation', id: row.id, label: row.targetLabel, tenantId: row.tenantId },
  operationId: row.id,
});

function toFinished({ row, steps }: StoredOperation): FinishedOperation | undefined {
  const { id, name, state, startedAt, finishedAt } = row;
  if (finishedAt === null || !isOutcome(state)) return undefined;
  const seconds = startedAt === null ? null : (finishedAt - startedAt) / 1000;
  return { id, name, outcome: state, startedAtMs: startedAt, finishedAtMs: finishedAt, seconds, steps };
}
