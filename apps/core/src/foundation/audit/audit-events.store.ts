import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, LessThan, MoreThan } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { AuditEventRow } from './audit-event.entity.js';

@Injectable()
export class AuditEventsStore {
  constructor(private readonly database: Database) {}

  async last(rows?: EntityManager): Promise<AuditEventRow | undefined> {
    const events = rows?.getRepository(AuditEventRow) ?? this.database.repository(AuditEventRow);
    const [row] = await events.find({ order: { seq: 'DESC' }, take: 1 });
    return row;
  }

  findBySeq(seq: number): Promise<AuditEventRow | null> {
    return this.database.repository(AuditEventRow).findOneBy({ seq });
  }

  async add(rows: EntityManager, row: AuditEventRow): Promise<void> {
    await rows.insert(AuditEventRow, row);
  }

  /** Newest first, older than `before`. */
  newest({ targetId, before, limit }: { targetId?: string; before?: number; limit: number }): Promise<AuditEventRow[]> {
    const where: FindOptionsWhere<AuditEventRow> = {};
    if (targetId !== undefined) where.targetId = targetId;
    if (before !== undefined) where.seq = LessThan(before);
    return this.database.repository(AuditEventRow).find({ where, order: { seq: 'DESC' }, take: limit });
  }

  /** Oldest first, for a walk along the chain. */
  after(seq: number, limit: number): Promise<AuditEventRow[]> {
    return this.database
      .repository(AuditEventRow)
      .find({ where: { seq: MoreThan(seq) }, order: { seq: 'ASC' }, take: limit });
  }
}
