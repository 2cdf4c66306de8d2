import { Injectable } from '@nestjs/common';
import type { ChannelId } from '@bailiwick/contract';
import { type EntityManager, In, IsNull, LessThan, Not } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { NoticeRow, ToldRow } from './notice.entity.js';

@Injectable()
export class NoticesStore {
  constructor(private readonly database: Database) {}

  told(): Promise<ToldRow[]> {
    return this.database.repository(ToldRow).find();
  }

  async putTold(rows: EntityManager, told: ToldRow): Promise<void> {
    await rows.upsert(ToldRow, told, ['channelId', 'alertId']);
  }

  async forgetTold(before: number): Promise<void> {
    await this.database.transaction((rows) => rows.delete(ToldRow, { state: 'closed', at: LessThan(before) }));
  }

  /** All that waits, by when it came. */
  waiting(): Promise<Array<Pick<NoticeRow, 'channelId' | 'createdAt'>>> {
    return this.database
      .repository(NoticeRow)
      .find({ select: { channelId: true, createdAt: true }, order: { createdAt: 'ASC' } });
  }

  async add(rows: EntityManager, notice: NoticeRow): Promise<void> {
    await rows.insert(NoticeRow, notice);
  }

  /** What was tried and not taken yet. */
  tried(channelId: ChannelId): Promise<NoticeRow[]> {
    return this.database
      .repository(NoticeRow)
      .find({ where: { channelId, messageId: Not(IsNull()) }, order: { createdAt: 'ASC' } });
  }

  /** The oldest that no message holds yet. */
  oldest(channelId: ChannelId, most: number): Promise<NoticeRow[]> {
    return this.database
      .repository(NoticeRow)
      .find({ where: { channelId, messageId: IsNull() }, order: { createdAt: 'ASC' }, take: most });
  }

  async bind(rows: EntityManager, notices: readonly NoticeRow[], messageId: string): Promise<void> {
    await rows.update(NoticeRow, { id: In(notices.map(({ id }) => id)) }, { messageId });
  }

  /** How many of them were still there. */
  async remove(rows: EntityManager, notices: readonly NoticeRow[]): Promise<number> {
    const { affected } = await rows.delete(NoticeRow, { id: In(notices.map(({ id }) => id)) });
    return affected ?? 0;
  }

  /** With what it was told of. */
  async removeOf(rows: EntityManager, channelId: ChannelId): Promise<void> {
    await rows.delete(NoticeRow, { channelId });
    await rows.delete(ToldRow, { channelId });
  }
}
