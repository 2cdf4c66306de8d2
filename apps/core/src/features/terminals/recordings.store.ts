import { Injectable } from '@nestjs/common';
import type { ContainerId, TerminalId } from '@bailiwick/contract';
import { IsNull, LessThan } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { RecordingRow } from './recording.entity.js';

const SHOWN = 200;

@Injectable()
export class RecordingsStore {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  of(containerId: ContainerId): Promise<RecordingRow[]> {
    return this.rows.find({ where: { containerId }, order: { startedAt: 'DESC', id: 'DESC' }, take: SHOWN });
  }

  find(id: TerminalId): Promise<RecordingRow | null> {
    return this.rows.findOneBy({ id });
  }

  /** Those nobody ended. */
  open(): Promise<RecordingRow[]> {
    return this.rows.findBy({ endedAt: IsNull() });
  }

  endedBefore(moment: number): Promise<RecordingRow[]> {
    return this.rows.findBy({ endedAt: LessThan(moment) });
  }

  async save(row: RecordingRow): Promise<void> {
    await this.database.transaction((rows) => rows.save(RecordingRow, row));
  }

  async remove(id: TerminalId): Promise<void> {
    await this.database.transaction((rows) => rows.delete(RecordingRow, { id }));
  }

  private get rows() {
    return this.database.repository(RecordingRow);
  }
}
