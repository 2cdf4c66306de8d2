import { setTimeout as delay } from 'node:timers/promises';
import type { OperationError, OperationId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import type { Database } from '../../kernel/database/database.js';
import { toStorageError } from '../../kernel/database/storage-errors.js';
import { AppError } from '../../kernel/errors.js';
import type { Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { isOutage } from '../environments/outage.rules.js';
import type { Failpoint } from './failpoint.js';
import type { FairSlots } from './fair-slots.js';
import type { OperationStepRow } from './operation-step.entity.js';
import type { OperationRow } from './operation.entity.js';
import { assertTransition, isFinished, isOutcome, type Outcome, toOperationError } from './operation.rules.js';
import type {
  AnyOperation,
  Committed,
  Note,
  OperationContext,
  OperationFacts,
  Progress,
  StepOptions,
} from './operation.js';
import type { OperationsStore, StoredOperation } from './operations.store.js';

export interface RunTools {
  readonly database: Database;
  readonly store: OperationsStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly failpoint: Failpoint;
  readonly slots: FairSlots;
  readonly retries: number;
  readonly retryDelayMs: number;
  /** Part of the transaction that finishes an operation. */
  record(rows: EntityManager, row: OperationRow, outcome: Outcome): Promise<void>;
  changed(id: OperationId): void;
  progressed(id: OperationId): void;
}

interface Undo {
  readonly step: OperationStepRow;
  readonly compensate: () => Promise<void>;
}

const UNDO_TRIES = 3;
const MAX_UNDO_DELAY_MS = 60_000;
const STOPPED = new Error('The core stops; the operation goes on at the next start.');
const TO_UNDO = new Error('The rest is not run: this operation is being taken back.');
const CANCELLED = new AppError('cancelled', 409, 'This was cancelled.');

/** One operation at work, from its rows: started for the first time or taken up after a restart, there is no difference. */
export class OperationRun {
  progress: Progress | null = null;
  private readonly cancelling = new AbortController();
  private readonly stopping = new AbortController();
  private readonly undos: Undo[] = [];
  private readonly changes = new Mutex();
  private begun = false;
  /** The step that is open; it is the one to blame when something throws. */
  private open: OperationStepRow | null = null;

  constructor(
    readonly stored: StoredOperation,
    private readonly definition: AnyOperation,
    private readonly tools: RunTools,
  ) {
    if (stored.row.cancelRequestedAt !== null) this.cancelling.abort(CANCELLED);
  }

  /** Returns when it is finished, or when `stop` was called. */
  async work(): Promise<void> {
    if (this.begun || isFinished(this.row.state)) return;
    this.begun = true;
    if (this.row.state === 'queued') await this.change({ state: 'running', startedAt: this.tools.clock.now() });
    const end = await this.runDefinition();
    if (this.stopping.signal.aborted) return;
    if ('result' in end && !this.isCancelled) return this.finish('done', end.result);
    if ('error' in end && !this.isCancelled && !this.row.error) await this.blame(end.error);
    const leftBehind = await this.takeBack();
    if (this.stopping.signal.aborted) return;
    if (leftBehind.length > 0) return this.finishWithRemains(leftBehind);
    await this.finish(this.row.error ? 'failed' : 'cancelled', 'result' in end ? end.result : null);
  }

  /** Asks it to stop and undo; one that still waits for its turn ends at once. */
  async cancel(): Promise<void> {
    const waiting = !this.begun;
    this.begun = true;
    await this.change({ state: 'cancelling', cancelRequestedAt: this.tools.clock.now() });
    this.cancelling.abort(CANCELLED);
    if (waiting) await this.finish('cancelled', null);
  }

  /** Leaves everything as the journal has it, for the next start. */
  stop(): void {
    this.stopping.abort(STOPPED);
  }

  private get row(): OperationRow {
    return this.stored.row;
  }
  private get isCancelled(): boolean {
    return this.cancelling.signal.aborted;
  }
  private get isUndoing(): boolean {
    return this.isCancelled || this.row.error !== null;
  }

  private async runDefinition(): Promise<{ result: object | null } | { error: unknown }> {
    try {
      return { result: (await this.definition.run(this.row.input, this.context())) ?? null };
    } catch (error) {
      return { error };
    }
  }

  private context(): OperationContext<string> {
    return {
      ...factsOf(this.row),
      signal: AbortSignal.any([this.cancelling.signal, this.stopping.signal]),
      step: async (name, work, options) => {
        await this.journaled(name, work, options);
      },
      make: async (name, returns, work, options) => returns.parse(await this.journaled(name, work, options)),
      progress: (percent, note) => this.report(percent, note ?? null),
      idle: (wait) => this.idle(wait),
    };
  }

  private async journaled(
    name: string,
    work: (attempt: number) => Promise<object | void>,
    { compensate }: StepOptions = {},
  ): Promise<object | null> {
    const step = this.getStep(name);
    if (compensate && step.state !== 'pending') this.undos.push({ step, compensate });
    if (step.state === 'done') return step.result;
    if (this.isUndoing) throw TO_UNDO;
    this.stopping.signal.throwIfAborted();
    if (compensate && step.state === 'pending') this.undos.push({ step, compensate });

    this.open = step;
    this.report(null, null);
    const result = (await this.untilAnswered(step, work)) ?? null;
    this.tools.failpoint.reach(name, 'after-effect');
    await this.changeStep(step, { state: 'done', result, finishedAt: this.tools.clock.now() });
    this.tools.failpoint.reach(name, 'after-result');
    this.open = null;
    return result;
  }

  /** The intent is written before every try; an engine that does not answer is asked again. */
  private async untilAnswered(
    step: OperationStepRow,
    work: (attempt: number) => Promise<object | void>,
  ): Promise<object | void> {
    for (let attempt = 0; ; attempt += 1) {
      const startedAt = step.startedAt ?? this.tools.clock.now();
      await this.changeStep(step, { state: 'running', attempts: step.attempts + 1, startedAt });
      this.tools.failpoint.reach(step.name, 'before');
      try {
        return await work(step.attempts);
      } catch (error) {
        if (!isOutage(error) || attempt >= this.tools.retries) throw error;
        this.report(null, {
          code: 'waiting_for_engine',
          params: { retry: attempt + 1, of: this.tools.retries, delayMs: this.tools.retryDelayMs },
        });
        await this.pause(this.tools.retryDelayMs, this.cancelling.signal);
      }
    }
  }

  /** Newest first. Answers the steps whose effect may still be there. */
  private async takeBack(): Promise<string[]> {
    const leftBehind: string[] = [];
    for (const undo of this.undos.toReversed()) {
      if (undo.step.compensatedAt !== null) continue;
      if (!(await this.undone(undo))) leftBehind.push(undo.step.name);
      if (this.stopping.signal.aborted) return leftBehind;
    }
    return leftBehind;
  }

  private async undone({ step, compensate }: Undo): Promise<boolean> {
    let delayMs = this.tools.retryDelayMs;
    for (let tries = 1; ;) {
      if (this.stopping.signal.aborted) return false;
      this.tools.failpoint.reach(`undo-${step.name}`, 'before');
      try {
        await compensate();
        this.tools.failpoint.reach(`undo-${step.name}`, 'after-effect');
        await this.changeStep(step, { compensatedAt: this.tools.clock.now() });
        this.tools.failpoint.reach(`undo-${step.name}`, 'after-result');
        return true;
      } catch (error) {
        this.tools.log.warn({ err: error, operation: this.row.id, step: step.name }, 'A step could not be undone yet');
        if (!isOutage(error) && ++tries > UNDO_TRIES) return false;
        this.report(null, { code: 'waiting_to_undo', params: { step: step.name, delayMs } });
        await this.pause(delayMs).catch(() => undefined); // only `stop` ends it early, and the loop asks that first
        delayMs = Math.min(delayMs * 2, MAX_UNDO_DELAY_MS);
      }
    }
  }

  private pause(ms: number, ...signals: AbortSignal[]): Promise<void> {
    const signal = AbortSignal.any([this.stopping.signal, ...signals]);
    return this.idle(() => delay(ms, undefined, { signal }));
  }

  /** Others work while this one waits. */
  private async idle<Result>(wait: () => Promise<Result>): Promise<Result> {
    this.tools.slots.release();
    try {
      return await wait();
    } finally {
      await this.tools.slots.acquire(this.row.tenantId, { begun: true });
    }
  }

  private async blame(error: unknown): Promise<void> {
    const expected = error instanceof AppError ? error : toStorageError(error);
    if (!expected)
      this.tools.log.error({ err: error, operation: this.row.id, step: this.open?.name }, 'An operation broke');
    await this.change({ error: toOperationError(expected ?? error), failedStep: this.open?.name ?? null });
    if (this.open) await this.changeStep(this.open, { state: 'failed', finishedAt: this.tools.clock.now() });
  }

  private async finish(state: Outcome, result: object | null): Promise<void> {
    await this.change({ state, result, finishedAt: this.tools.clock.now() }, (rows) =>
      this.definition.settle(rows, this.row.input, state, factsOf(this.row)),
    );
    this.tools.failpoint.reach('finish', 'after-result');
  }

  /** What could not be undone stays in our rows too, so that somebody can see it and remove it. */
  private async finishWithRemains(leftBehind: string[]): Promise<void> {
    const cause: OperationError = toOperationError(CANCELLED);
    const error = { ...cause, ...this.row.error };
    const params = { ...('params' in error ? error.params : {}), leftBehind };
    await this.change({ state: 'failed', error: { ...error, params }, finishedAt: this.tools.clock.now() });
  }

  /** Memory follows the rows, never the other way round. */
  private change(
    values: Partial<OperationRow>,
    inSameTransaction?: (rows: EntityManager) => Promise<Committed | void>,
  ): Promise<void> {
    return this.changes.run(async () => {
      const { state } = values;
      if (state) assertTransition(this.row.state, state);
      const finished = state && isOutcome(state) ? state : null;
      const committed = await this.tools.database.transaction(async (rows) => {
        const told = await inSameTransaction?.(rows);
        await this.tools.store.update(rows, this.row.id, values);
        if (!finished) return told;
        await this.tools.store.closeSteps(rows, this.row.id);
        await this.tools.record(rows, { ...this.row, ...values }, finished);
        return told;
      });
      committed?.();
      Object.assign(this.row, values);
      if (finished) this.closeSteps();
      this.tools.changed(this.row.id);
    });
  }

  private async changeStep(step: OperationStepRow, values: Partial<OperationStepRow>): Promise<void> {
    await this.tools.database.transaction((rows) => this.tools.store.updateStep(rows, step, values));
    Object.assign(step, values);
    this.tools.changed(this.row.id);
  }

  private closeSteps(): void {
    this.progress = null;
    for (const step of this.stored.steps)
      if (step.state === 'pending' || step.state === 'running') step.state = 'skipped';
  }

  private report(percent: number | null, note: Note | null): void {
    if (!this.open) return;
    this.progress = { step: this.open.name, percent, note };
    this.tools.progressed(this.row.id);
  }

  private getStep(name: string): OperationStepRow {
    const step = this.stored.steps.find((candidate) => candidate.name === name);
    if (!step) throw new Error(`${this.row.name} declares no step ${name}.`);
    return step;
  }
}

const factsOf = (row: OperationRow): OperationFacts => ({
  id: row.id,
  tenantId: row.tenantId,
  environmentId: row.environmentId,
  containerId: row.containerId,
  actorId: row.actorId,
  actorName: row.actorName,
  via: row.via,
  address: row.address,
});
