import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Health, Readiness } from '@bailiwick/contract';
import manifest from '../../../package.json' with { type: 'json' };
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { unreachable } from '../../kernel/errors.js';
import { CoreLog } from '../../kernel/log/log.js';

const FRESH_MS = 1000;
/** Whoever asks waits a few seconds at most; a database that is away may never answer. */
const DATABASE_WITHIN_MS = 2000;

interface Look {
  readonly database: boolean;
  readonly engines: boolean;
}

/** Asked by supervisors and proxies without a session, so one look serves a second of questions. */
@Injectable()
export class HealthService {
  private readonly startedAt: string;
  private looked: { atMs: number; look: Promise<Look> } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly environments: EnvironmentsService,
    private readonly log: CoreLog,
  ) {
    this.startedAt = toIso(clock.now());
  }

  async get(): Promise<Health> {
    const { database, engines } = await this.look();
    return { status: database && engines ? 'ok' : 'degraded', version: manifest.version, startedAt: this.startedAt };
  }

  /** An engine that is away is shown as such, and everything else goes on; without a database nothing does. */
  async assertReady(): Promise<Readiness> {
    const { database, engines } = await this.look();
    if (!database)
      throw unreachable('storage_unavailable', 'The database takes no writes.', {
        hint: 'Send requests elsewhere until this answers 200.',
      });
    return { database: 'ok', engines: engines ? 'ok' : 'degraded' };
  }

  async databaseTakesWrites(): Promise<boolean> {
    return (await this.look()).database;
  }

  private look(): Promise<Look> {
    const now = this.clock.now();
    if (!this.looked || now - this.looked.atMs >= FRESH_MS) this.looked = { atMs: now, look: this.lookAnew() };
    return this.looked.look;
  }

  private async lookAnew(): Promise<Look> {
    const engines = this.environments.states().every(({ state }) => state !== 'offline');
    return { engines, database: await this.databaseAccepts() };
  }

  private async databaseAccepts(): Promise<boolean> {
    const late = new AbortController();
    try {
      await Promise.race([
        this.touch(),
        pause(DATABASE_WITHIN_MS, undefined, { signal: late.signal, ref: false }).then(() => {
          throw new Error(`The database did not answer within ${DATABASE_WITHIN_MS} ms.`);
        }),
      ]);
      return true;
    } catch (error) {
      this.log.for('health').error({ err: error }, 'The database takes no writes');
      return false;
    } finally {
      late.abort();
    }
  }

  /** Touches no row, yet takes the writer's lock: a database that became read-only refuses it. */
  private touch(): Promise<void> {
    return this.database.transaction((rows) =>
      rows.query<void>('UPDATE "tenants" SET "name" = "name" WHERE "id" IS NULL'),
    );
  }
}
