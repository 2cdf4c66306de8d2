import { Injectable } from '@nestjs/common';
import type { DashboardId, UserId } from '@bailiwick/contract';
import { type EntityManager, Not } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { DashboardRow } from './dashboard.entity.js';

const COUNT_LOCK = 7_621;

@Injectable()
export class DashboardsStore {
  constructor(private readonly database: Database) {}

  of(ownerId: UserId): Promise<DashboardRow[]> {
    return this.database.repository(DashboardRow).findBy({ ownerId });
  }

  /** Those of other people that they let others read. */
  sharedByOthers(userId: UserId): Promise<DashboardRow[]> {
    return this.database.repository(DashboardRow).findBy({ shared: true, ownerId: Not(userId) });
  }

  /** Whoever's it is. */
  find(id: DashboardId): Promise<DashboardRow | null> {
    return this.database.repository(DashboardRow).findOneBy({ id });
  }

  /** How many there are, with nobody adding one meanwhile. */
  async count(rows: EntityManager, ownerId: UserId): Promise<number> {
    await this.database.lock(rows, COUNT_LOCK);
    return rows.countBy(DashboardRow, { ownerId });
  }

  async insert(rows: EntityManager, row: DashboardRow): Promise<void> {
    await rows.insert(DashboardRow, row);
  }

  /** False where it is not that version any more. */
  async replace({ id, ownerId, version, ...rest }: DashboardRow): Promise<boolean> {
    const before = { id, ownerId, version: version - 1 };
    const { affected } = await this.database.transaction((rows) =>
      rows.update(DashboardRow, before, { ...rest, version }),
    );
    return affected === 1;
  }

  async remove(id: DashboardId, ownerId: UserId): Promise<void> {
    await this.database.transaction((rows) => rows.delete(DashboardRow, { id, ownerId }));
  }
}
