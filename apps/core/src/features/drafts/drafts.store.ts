import { Injectable } from '@nestjs/common';
import type { DraftId, UserId } from '@bailiwick/contract';
import { type EntityManager, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { DraftRow } from './draft.entity.js';

const COUNT_LOCK = 7_620;

@Injectable()
export class DraftsStore {
  constructor(private readonly database: Database) {}

  /** Saved after a moment; the newest first. */
  list(ownerId: UserId, after: number): Promise<DraftRow[]> {
    return this.database
      .repository(DraftRow)
      .find({ where: { ownerId, savedAt: MoreThan(after) }, order: { savedAt: 'DESC', id: 'ASC' } });
  }

  find(ownerId: UserId, id: DraftId, after: number): Promise<DraftRow | null> {
    return this.database.repository(DraftRow).findOneBy({ id, ownerId, savedAt: MoreThan(after) });
  }

  /** How many there are, with nobody adding one meanwhile. */
  async count(rows: EntityManager, ownerId: UserId, after: number): Promise<number> {
    await this.database.lock(rows, COUNT_LOCK);
    return rows.countBy(DraftRow, { ownerId, savedAt: MoreThan(after) });
  }

  async insert(rows: EntityManager, row: DraftRow): Promise<void> {
    await rows.insert(DraftRow, row);
  }

  /** False where it is not that version any more. */
  async replace(row: DraftRow): Promise<boolean> {
    const { id, ownerId, version, ...rest } = row;
    const before = { id, ownerId, version: version - 1 };
    const { affected } = await this.database.transaction((rows) => rows.update(DraftRow, before, { ...rest, version }));
    return affected === 1;
  }

  async remove(rows: EntityManager, ownerId: UserId, id: DraftId): Promise<void> {
    await rows.delete(DraftRow, { id, ownerId });
  }

  async purge(before: number): Promise<void> {
    await this.database.transaction((rows) => rows.delete(DraftRow, { savedAt: LessThanOrEqual(before) }));
  }
}
