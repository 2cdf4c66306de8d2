import { Injectable } from '@nestjs/common';
import type { AlertId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { AlertRow } from './alert.entity.js';

/** As many closed ones as a list shows. */
const MOST = 500;

@Injectable()
export class AlertsStore {
  constructor(private readonly database: Database) {}

  open(): Promise<AlertRow[]> {
    return this.database.repository(AlertRow).findBy({ closedAt: IsNull() });
  }

  /** The newest first. */
  closed(): Promise<AlertRow[]> {
    return this.database
      .repository(AlertRow)
      .find({ where: { closedAt: Not(IsNull()) }, order: { closedAt: 'DESC', id: 'ASC' }, take: MOST });
  }

  find(id: AlertId): Promise<AlertRow | null> {
    return this.database.repository(AlertRow).findOneBy({ id });
  }

  /** The last of that rule and thing. */
  last(key: string): Promise<AlertRow | null> {
    return this.database.repository(AlertRow).findOne({ where: { key }, order: { openedAt: 'DESC', id: 'ASC' } });
  }

  async insert(rows: EntityManager, row: AlertRow): Promise<void> {
    await rows.insert(AlertRow, row);
  }

  async update(rows: EntityManager, id: AlertId, change: Partial<AlertRow>): Promise<void> {
    await rows.update(AlertRow, { id }, change);
  }

  async forgetBefore(before: number): Promise<void> {
    await this.database.transaction((rows) => rows.delete(AlertRow, { closedAt: LessThan(before) }));
  }
}
