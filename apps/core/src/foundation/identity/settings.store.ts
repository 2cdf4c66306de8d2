import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { Setting } from './setting.entity.js';

@Injectable()
export class SettingsStore {
  constructor(private readonly database: Database) {}

  async find(key: string): Promise<object | undefined> {
    return (await this.database.repository(Setting).findOneBy({ key }))?.value;
  }

  async put(rows: EntityManager, setting: Setting): Promise<void> {
    await rows.upsert(Setting, setting, ['key']);
  }
}
