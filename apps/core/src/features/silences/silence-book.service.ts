import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AlertSilenceId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import type { SilenceRow } from './silence.entity.js';
import { type AlertPlace, changesAt, covers, isOver, type Phase, phaseAt } from './silences.rules.js';
import { SilencesStore } from './silences.store.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** A silence began, or ended. */
    'silences.changed': Record<never, never>;
  }
}

const LOOK_MS = 500;

export type KnownSilence = Readonly<SilenceRow>;
/** What silences an alert, and until when it does. */
export interface Silencing {
  readonly silence: KnownSilence;
  readonly untilMs: number;
}

interface Held {
  readonly row: KnownSilence;
  readonly phase: Phase;
}

/** Every silence with how it stands; they begin and end by themselves. */
@Injectable()
export class SilenceBook implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly held = new Map<AlertSilenceId, Held>();
  private readonly turn = new Mutex();
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: SilencesStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('alerts');
  }

  async onModuleInit(): Promise<void> {
    const now = this.clock.now();
    for (const row of await this.store.all()) this.held.set(row.id, { row, phase: phaseAt(row.time, now) });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.turn.run(() => Promise.resolve());
  }

  /** Those that are not over. */
  all(): Array<{ silence: KnownSilence; phase: Phase }> {
    return [...this.held.values()]
      .map(({ row, phase }) => ({ silence: row, phase: this.now(row, phase) }))
      .filter(({ phase }) => !isOver(phase));
  }

  find(id: AlertSilenceId): { silence: KnownSilence; phase: Phase } | undefined {
    return this.all().find(({ silence }) => silence.id === id);
  }

  /** The one that silences it longest, of those that do now. */
  over(place: AlertPlace): Silencing | undefined {
    let longest: Silencing | undefined;
    for (const { silence, phase } of this.all()) {
      const untilMs = phase.activeUntil;
      if (untilMs !== null && untilMs > (longest?.untilMs ?? 0) && covers(silence, place))
        longest = { silence, untilMs };
    }
    return longest;
  }

  async add(row: SilenceRow, beside: (rows: EntityManager) => Promise<void>): Promise<void> {
    await this.turn.run(() =>
      this.database.transaction(async (rows) => {
        await this.store.insert(rows, row);
        await beside(rows);
      }),
    );
    this.held.set(row.id, { row, phase: phaseAt(row.time, this.clock.now()) });
    this.events.publish('silences.changed', {});
  }

  async remove(id: AlertSilenceId, beside: (rows: EntityManager) => Promise<void>): Promise<void> {
    await this.turn.run(() =>
      this.database.transaction(async (rows) => {
        await this.store.remove(rows, [id]);
        await beside(rows);
      }),
    );
    this.held.delete(id);
    this.events.publish('silences.changed', {});
  }

  private look(): void {
    const now = this.clock.now();
    let isOther = false;
    for (const [id, { row, phase }] of this.held) {
      if (now < changesAt(phase)) continue;
      isOther = true;
      this.held.set(id, { row, phase: phaseAt(row.time, now) });
    }
    if (!isOther) return;
    this.forgetOver();
    this.events.publish('silences.changed', {});
  }

  private forgetOver(): void {
    const over = [...this.held].filter(([, { phase }]) => isOver(phase)).map(([id]) => id);
    if (over.length === 0) return;
    for (const id of over) this.held.delete(id);
    this.turn
      .run(() => this.database.transaction((rows) => this.store.remove(rows, over)))
      // The next start finds them over again.
      .catch((error: unknown) => this.log.error({ err: error }, 'Silences that are over could not be removed'));
  }

  private now(row: KnownSilence, phase: Phase): Phase {
    const now = this.clock.now();
    return now < changesAt(phase) ? phase : phaseAt(row.time, now);
  }
}
