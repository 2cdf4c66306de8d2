import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { EnvironmentId, TerminalId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { CONFIG } from '../../kernel/tokens.js';
import { TerminalsStore } from './terminals.store.js';

/** Ends the terminals nobody holds any more: of a core that was killed, or that lost its engine. */
@Injectable()
export class LeftoverTerminalsService implements OnModuleInit, OnModuleDestroy {
  private readonly held = new Set<TerminalId>();
  private readonly turn = new Mutex();
  private readonly again = new Map<EnvironmentId, NodeJS.Timeout>();
  private stop: () => void = () => undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: TerminalsStore,
    private readonly environments: EnvironmentsService,
    private readonly events: Events,
    private readonly log: CoreLog,
  ) {}

  onModuleInit(): void {
    this.stop = this.events.on('environment.changed', ({ environmentId }) => this.look(environmentId));
  }

  async onModuleDestroy(): Promise<void> {
    this.stop();
    for (const timer of this.again.values()) clearTimeout(timer);
    await this.turn.run(() => Promise.resolve());
  }

  hold(id: TerminalId): void {
    this.held.add(id);
  }

  /** Its program may still be there: it is ended now, or as soon as its engine answers again. */
  async release(id: TerminalId, environmentId: EnvironmentId): Promise<void> {
    this.held.delete(id);
    await this.turn.run(() => this.clear(environmentId));
  }

  private look(environmentId: EnvironmentId): void {
    if (this.environments.state(environmentId).state !== 'online') return;
    void this.turn.run(() => this.clear(environmentId)).catch((error: unknown) => this.note(error));
  }

  private async clear(environmentId: EnvironmentId): Promise<void> {
    const rows = await this.store.of(environmentId);
    for (const row of rows.filter(({ id }) => !this.held.has(id))) {
      try {
        await this.environments.engineOf(environmentId).hangUp(row.engineId, row);
        await this.store.remove(row.id);
      } catch (error) {
        this.note(error);
        this.lookAgain(environmentId);
      }
    }
  }

  /** An engine that hung for a moment was never away, and nothing tells that it answers again. */
  private lookAgain(environmentId: EnvironmentId): void {
    clearTimeout(this.again.get(environmentId));
    const timer = setTimeout(() => this.look(environmentId), this.config.BAILIWICK_OPERATION_RETRY_DELAY_MS);
    this.again.set(environmentId, timer.unref());
  }

  private note(error: unknown): void {
    this.log.for('terminals').warn({ err: error }, 'A terminal could not be ended; it is tried again');
  }
}
