import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AlertEnd, AlertId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { AlertRow } from './alert.entity.js';
import { AlertRuleSettings } from './alert-rule-settings.service.js';
import { closing, happenedAgain, isSame } from './alerts.rules.js';
import { AlertsStore } from './alerts.store.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** An alert opened, happened again, was answered, or is over. */
    'alert.changed': { alertId: AlertId };
  }
}

/** One as it was told last. */
export type KnownAlert = Readonly<AlertRow>;
/** What happened, to what. */
export type Happening = Pick<
  AlertRow,
  'key' | 'rule' | 'thingKind' | 'thingId' | 'label' | 'tenantId' | 'environmentId' | 'containerId' | 'userId' | 'facts'
> & { readonly atMs: number };

const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 30 * DAY_MS;

/** Every alert, the open ones at hand: one for each rule and thing, one change after the other. */
@Injectable()
export class AlertBook implements OnModuleInit, OnModuleDestroy {
  private readonly byKey = new Map<string, AlertRow>();
  private readonly turn = new Mutex();
  private readonly log: Log;

  constructor(
    private readonly database: Database,
    private readonly store: AlertsStore,
    private readonly rules: AlertRuleSettings,
    private readonly clock: Clock,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('alerts');
  }

  async onModuleInit(): Promise<void> {
    // In turn: what happens meanwhile is held against rules and rows that are there.
    await this.turn.run(async () => {
      await this.rules.load();
      for (const row of await this.store.open()) this.byKey.set(row.key, row);
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.turn.run(() => Promise.resolve());
  }

  /** Those that are open. */
  open(): AlertRow[] {
    return [...this.byKey.values()];
  }

  findOpen(key: string): AlertRow | undefined {
    return this.byKey.get(key);
  }

  async find(id: AlertId): Promise<AlertRow | undefined> {
    return this.open().find((row) => row.id === id) ?? (await this.store.find(id)) ?? undefined;
  }

  /** Once everything told so far is written down. */
  async closed(): Promise<AlertRow[]> {
    return this.turn.run(() => this.store.closed());
  }

  /** Opens an alert, or counts on with the one there is; nothing where its rule is off. */
  raise(happening: Happening): void {
    this.inTurn(() => this.note(happening));
  }

  /** It is over; nothing where none is open. */
  settle(key: string, end: AlertEnd): void {
    if (!this.byKey.has(key)) return;
    this.inTurn(async () => {
      const row = this.byKey.get(key);
      if (row) await this.change(row, closing(end, this.clock.now()));
    });
  }

  /** What somebody does with it, with what is written down beside it. */
  answer(row: AlertRow, change: Partial<AlertRow>, beside: (rows: EntityManager) => Promise<void>): Promise<AlertRow> {
    return this.turn.run(() => this.change(this.byKey.get(row.key) ?? row, change, beside));
  }

  forgetOld(): Promise<void> {
    return this.store.forgetBefore(this.clock.now() - KEPT_MS);
  }

  /** The next look at the same thing finds what a failure of our own rows kept from being written. */
  private inTurn(work: () => Promise<void>): void {
    this.turn.run(work).catch((error: unknown) => this.log.error({ err: error }, 'An alert could not be written down'));
  }

  private async note({ atMs, ...what }: Happening): Promise<void> {
    if (!this.rules.isOn(what.rule)) return;
    const now = this.clock.now();
    const last = this.byKey.get(what.key) ?? (await this.store.last(what.key));
    if (last && (last.closedAt === null || isSame(last, now))) {
      const change = happenedAgain(last, { ...what, atMs });
      if (change) await this.change(last, change);
      return;
    }
    const row: AlertRow = {
      id: newId('alr'),
      ...what,
      openKey: what.key,
      count: 1,
      openedAt: now,
      lastAt: atMs,
      closedAt: null,
      end: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      acknowledgedByName: null,
      silencedUntil: null,
    };
    await this.database.transaction((rows) => this.store.insert(rows, row));
    this.take(row);
  }

  private async change(
    before: AlertRow,
    change: Partial<AlertRow>,
    beside: (rows: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<AlertRow> {
    await this.database.transaction(async (rows) => {
      await this.store.update(rows, before.id, change);
      await beside(rows);
    });
    return this.take({ ...before, ...change });
  }

  private take(row: AlertRow): AlertRow {
    if (row.closedAt === null) this.byKey.set(row.key, row);
    else if (this.byKey.get(row.key)?.id === row.id) this.byKey.delete(row.key);
    this.events.publish('alert.changed', { alertId: row.id });
    return row;
  }
}
