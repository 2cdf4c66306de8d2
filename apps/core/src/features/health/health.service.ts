import { Injectable } from '@nestjs/common';
import type { Health } from '@bailiwick/contract';
import manifest from '../../../package.json' with { type: 'json' };
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { CoreLog } from '../../kernel/log/log.js';

const FRESH_MS = 1000;

/** Asked by supervisors and proxies without a session, so one look serves a second of questions. */
@Injectable()
export class HealthService {
  private readonly startedAt: string;
  private looked: { atMs: number; health: Promise<Health> } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly environments: EnvironmentsService,
    private readonly log: CoreLog,
  ) {
    this.startedAt = toIso(clock.now());
  }

  get(): Promise<Health> {
    const now = this.clock.now();
    if (!this.looked || now - this.looked.atMs >= FRESH_MS) this.looked = { atMs: now, health: this.look() };
    return this.looked.health;
  }

  private async look(): Promise<Health> {
    const reachable = this.environments.states().every(({ state }) => state !== 'offline');
    const whole = (await this.databaseAccepts()) && reachable;
    return { status: whole ? 'ok' : 'degraded', version: manifest.version, startedAt: this.startedAt };
  }

  /** Touches no row, yet takes the writer's lock: a database that became read-only refuses it. */
  private async databaseAccepts(): Promise<boolean> {
    try {
      await this.database.transaction((rows) => rows.query('UPDATE "tenants" SET "name" = "name" WHERE "id" IS NULL'));
      return true;
    } catch (error) {
      this.log.for('health').error({ err: error }, 'The database takes no writes');
      return false;
    }
  }
}
