import { Injectable } from '@nestjs/common';
import type { AlertSilenceId } from '@bailiwick/contract';
import { type EntityManager, In } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { SilenceRow } from './silence.entity.js';

@Injectable()
export class SilencesStore {
  constructor(private readonly database: Database) {}

  all(): Promise<SilenceRow[]> {
    return this.database.repository(SilenceRow).find();
  }

  async insert(rows: EntityManager, row: SilenceRow): Promise<void> {
    await rows.insert(SilenceRow, row);
  }

  async remove(rows: EntityManager, ids: readonly AlertSilenceId[]): Promise<void> {
    await rows.delete(SilenceRow, { id: In([...ids]) });
  }
}
