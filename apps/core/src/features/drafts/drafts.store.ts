import { Injectable } from '@nestjs/common';
import type { DraftId, TenantId, UserId } from '@bailiwick/contract';
import { type EntityManager, In, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { DraftPersonRow } from './draft-person.entity.js';
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

  /** Whoever's it is. */
  find(id: DraftId, after: number): Promise<DraftRow | null> {
    return this.database.repository(DraftRow).findOneBy({ id, savedAt: MoreThan(after) });
  }

  /** Those of other people that were shared with somebody in that tenant. */
  async shared(userId: UserId, tenantId: TenantId, after: number): Promise<DraftRow[]> {
    const shares = await this.database.repository(DraftPersonRow).findBy({ userId, tenantId });
    return this.database.repository(DraftRow).find({
      where: { id: In(shares.map(({ draftId }) => draftId)), savedAt: MoreThan(after) },
      order: { savedAt: 'DESC', id: 'ASC' },
    });
  }

  people(ids: readonly DraftId[]): Promise<DraftPersonRow[]> {
    return this.database.repository(DraftPersonRow).findBy({ draftId: In(ids) });
  }

  isSharedWith(id: DraftId, userId: UserId, tenantId: TenantId): Promise<boolean> {
    return this.database.repository(DraftPersonRow).existsBy({ draftId: id, userId, tenantId });
  }

  /** With them and nobody else. */
  async share(rows: EntityManager, id: DraftId, people: readonly UserId[], tenantId: TenantId): Promise<void> {
    await rows.delete(DraftPersonRow, { draftId: id });
    const shares = people.map((userId) => ({ draftId: id, userId, tenantId }));
    if (shares.length > 0) await rows.insert(DraftPersonRow, shares);
  }

  async leave(rows: EntityManager, id: DraftId, userId: UserId): Promise<void> {
    await rows.delete(DraftPersonRow, { draftId: id, userId });
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

  /** Of whoever deployed it: its owner, or somebody it was shared with. */
  async removeDone(rows: EntityManager, userId: UserId, id: DraftId): Promise<void> {
    const wasShared = await rows.existsBy(DraftPersonRow, { draftId: id, userId });
    await rows.delete(DraftRow, wasShared ? { id } : { id, ownerId: userId });
  }

  async purge(before: number): Promise<void> {
    await this.database.transaction((rows) => rows.delete(DraftRow, { savedAt: LessThanOrEqual(before) }));
  }
}
