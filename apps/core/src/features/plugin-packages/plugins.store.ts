import { Injectable } from '@nestjs/common';
import type { PluginId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { PluginRow } from './plugin.entity.js';

@Injectable()
export class PluginsStore {
  constructor(private readonly database: Database) {}

  all(): Promise<PluginRow[]> {
    return this.database.repository(PluginRow).find();
  }

  async insert(rows: EntityManager, row: PluginRow): Promise<void> {
    await rows.insert(PluginRow, row);
  }

  async change(rows: EntityManager, id: PluginId, change: Partial<PluginRow>): Promise<void> {
    await rows.update(PluginRow, { id }, change);
  }
}
