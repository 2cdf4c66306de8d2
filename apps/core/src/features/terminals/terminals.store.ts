import { Injectable } from '@nestjs/common';
import type { EnvironmentId, TerminalId } from '@bailiwick/contract';
import { Database } from '../../kernel/database/database.js';
import { TerminalRow } from './terminal.entity.js';

@Injectable()
export class TerminalsStore {
  constructor(private readonly database: Database) {}

  of(environmentId: EnvironmentId): Promise<TerminalRow[]> {
    return this.database.repository(TerminalRow).find({ where: { environmentId }, order: { openedAt: 'ASC' } });
  }

  async save(row: TerminalRow): Promise<void> {
    await this.database.transaction((rows) => rows.save(TerminalRow, row));
  }

  async remove(id: TerminalId): Promise<void> {
    await this.database.transaction((rows) => rows.delete(TerminalRow, { id }));
  }
}
