import { Injectable } from '@nestjs/common';
import type { AccessRequestId, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { AccessRequestRow } from './access-request.entity.js';

/** As many as a list shows. */
const MOST = 500;

@Injectable()
export class AccessRequestsStore {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  all(): Promise<AccessRequestRow[]> {
    return this.database.repository(AccessRequestRow).find({ order: { createdAt: 'DESC', id: 'ASC' }, take: MOST });
  }

  of(userId: UserId): Promise<AccessRequestRow[]> {
    return this.database
      .repository(AccessRequestRow)
      .find({ where: { userId }, order: { createdAt: 'DESC', id: 'ASC' }, take: MOST });
  }

  find(id: AccessRequestId): Promise<AccessRequestRow | null> {
    return this.database.repository(AccessRequestRow).findOneBy({ id });
  }

  async add(rows: EntityManager, request: AccessRequestRow): Promise<void> {
    await rows.insert(AccessRequestRow, request);
  }

  /** Whether it was still open: of two answers one counts. */
  async decide(rows: EntityManager, { id, ...decision }: Pick<AccessRequestRow, 'id'> & Partial<AccessRequestRow>) {
    const { affected } = await rows.update(AccessRequestRow, { id, state: 'pending' }, decision);
    return affected === 1;
  }
}
