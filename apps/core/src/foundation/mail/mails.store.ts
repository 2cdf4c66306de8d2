import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, LessThan, LessThanOrEqual, Not } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { MailRow } from './mail.entity.js';

@Injectable()
export class MailsStore {
  constructor(private readonly database: Database) {}

  find(id: string): Promise<MailRow | null> {
    return this.database.repository(MailRow).findOneBy({ id });
  }

  /** False where one of the same key waits already. */
  async add(rows: EntityManager, mail: MailRow): Promise<boolean> {
    await rows.createQueryBuilder().insert().into(MailRow).values(mail).orIgnore().execute();
    return rows.existsBy(MailRow, { id: mail.id });
  }

  countWaiting(rows?: EntityManager): Promise<number> {
    return this.in(rows).countBy({ state: 'waiting' });
  }

  oldestWaiting(rows: EntityManager): Promise<MailRow | null> {
    return rows.findOne(MailRow, { where: { state: 'waiting' }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** The one to send next. */
  due(now: number): Promise<MailRow | null> {
    return this.database
      .repository(MailRow)
      .findOne({ where: { state: 'waiting', dueAt: LessThanOrEqual(now) }, order: { dueAt: 'ASC', id: 'ASC' } });
  }

  countFailed(): Promise<number> {
    return this.in().countBy({ state: 'failed' });
  }

  lastFailed(): Promise<MailRow | null> {
    return this.in().findOne({ where: { failedAt: Not(IsNull()) }, order: { failedAt: 'DESC' } });
  }

  async update(rows: EntityManager, id: string, changes: Partial<MailRow>): Promise<void> {
    await rows.getRepository(MailRow).update({ id }, changes);
  }

  async forgetBefore(rows: EntityManager, before: number): Promise<void> {
    await rows.delete(MailRow, { state: In(['sent', 'failed']), finishedAt: LessThan(before) });
  }

  private in(rows?: EntityManager) {
    return rows ? rows.getRepository(MailRow) : this.database.repository(MailRow);
  }
}
