import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import type { Home } from './home.js';
import { OutboxRow, OutboxTaken } from './outbox.entity.js';

/** What a change of an account makes the system's database learn; who handles it adds its kind by declaration merging. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by `declare module` where each effect is handled
export interface SystemEffects {}

/** Part of the transaction it is told in. */
export type Tell = <Kind extends keyof SystemEffects>(
  kind: Kind,
  payload: SystemEffects[Kind] & object,
) => Promise<void>;

/** Runs inside a transaction of the system's database; what it returns is called once that is committed. */
type Handler = (rows: EntityManager, payload: unknown) => Promise<void | (() => void)>;

const RETRY_MS = 1000;

/**
 * Changes an account where it lives. What the system has to learn of it is written in the same transaction: at once
 * where that is the system's own database, else into the tenant's outbox, from which it is taken over in order, once.
 */
@Injectable()
export class OutboxService implements OnModuleDestroy {
  private readonly handlers = new Map<string, Handler>();
  private readonly turns = new Map<string, Mutex>();
  private readonly stopping = new AbortController();
  private readonly log: Log;

  constructor(
    private readonly database: Database,
    private readonly tenantDatabases: TenantDatabases,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('outbox');
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** Once for each kind, when a module is made. */
  handle<Kind extends keyof SystemEffects>(
    kind: Kind,
    schema: z.ZodType<SystemEffects[Kind]>,
    handler: (rows: EntityManager, payload: SystemEffects[Kind]) => Promise<void | (() => void)>,
  ): void {
    if (this.handlers.has(kind)) throw new Error(`There are two handlers of ${kind}.`);
    this.handlers.set(kind, (rows, payload) => handler(rows, schema.parse(payload)));
  }

  /** All or nothing where the account lives; the system knows it when this returns, or soon if it cannot be told now. */
  async write<Result>(home: Home, work: (rows: EntityManager, tell: Tell) => Promise<Result>): Promise<Result> {
    if (home.kind === 'system') return this.writeHere(work);
    const result = await this.tenantDatabases.use(home.slug, (tenant) =>
      tenant.transaction((rows) =>
        work(rows, async (kind, payload) => {
          await rows.insert(OutboxRow, { id: newId('obx'), kind, payload, createdAt: this.clock.now() });
        }),
      ),
    );
    await this.drain(home.slug).catch((error: unknown) => this.drainLater(home.slug, error));
    return result;
  }

  /** Takes over what stands in a tenant's outbox, oldest first. */
  drain(slug: string): Promise<void> {
    const turn = this.turns.get(slug) ?? new Mutex();
    this.turns.set(slug, turn);
    return turn.run(() =>
      this.tenantDatabases.use(slug, async (tenant) => {
        const waiting = await tenant.repository(OutboxRow).find({ order: { seq: 'ASC' } });
        for (const row of waiting) {
          await this.take(row);
          await tenant.transaction((rows) => rows.delete(OutboxRow, { seq: row.seq }));
          await this.database.transaction((rows) => rows.delete(OutboxTaken, { id: row.id }));
        }
      }),
    );
  }

  private async writeHere<Result>(work: (rows: EntityManager, tell: Tell) => Promise<Result>): Promise<Result> {
    const afterwards: Array<() => void> = [];
    const result = await this.database.transaction((rows) =>
      work(rows, async (kind, payload) => {
        afterwards.push(await this.apply(rows, kind, payload));
      }),
    );
    for (const announce of afterwards) announce();
    return result;
  }

  private async take({ id, kind, payload }: OutboxRow): Promise<void> {
    const announce = await this.database.transaction(async (rows) => {
      if (await rows.existsBy(OutboxTaken, { id })) return undefined;
      const announce = await this.apply(rows, kind, payload);
      await rows.insert(OutboxTaken, { id, takenAt: this.clock.now() });
      return announce;
    });
    announce?.();
  }

  private async apply(rows: EntityManager, kind: string, payload: object): Promise<() => void> {
    const handler = this.handlers.get(kind);
    if (!handler) throw new Error(`Nobody handles ${kind}.`);
    return (await handler(rows, payload)) ?? (() => undefined);
  }

  private drainLater(slug: string, error: unknown): void {
    this.log.error({ err: error, tenant: slug }, 'What changed in a tenant cannot be taken over yet; trying again');
    delay(RETRY_MS, undefined, { signal: this.stopping.signal })
      .then(() => this.drain(slug))
      .catch((again: unknown) => {
        if (!this.stopping.signal.aborted) this.drainLater(slug, again);
      });
  }
}
