import { Injectable } from '@nestjs/common';
import type { ChannelId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { ChannelRow } from './channel.entity.js';

@Injectable()
export class ChannelsStore {
  constructor(private readonly database: Database) {}

  all(): Promise<ChannelRow[]> {
    return this.database.repository(ChannelRow).find();
  }

  async insert(rows: EntityManager, row: ChannelRow): Promise<void> {
    await rows.insert(ChannelRow, row);
  }

  async update(rows: EntityManager, id: ChannelId, changes: Partial<ChannelRow>): Promise<void> {
    await rows.getRepository(ChannelRow).update({ id }, changes);
  }

  async remove(rows: EntityManager, id: ChannelId): Promise<void> {
    await rows.delete(ChannelRow, { id });
  }
}
