import { Injectable } from '@nestjs/common';
import type { CommandId, ContainerId } from '@bailiwick/contract';
import { In, IsNull, LessThan, Not } from 'typeorm';
import { ContainerRow } from '../../foundation/environments/container.entity.js';
import { Database } from '../../kernel/database/database.js';
import { BackgroundCommandRow } from './background-command.entity.js';

/** So many that ended are kept of one container. */
const MOST = 20;

@Injectable()
export class BackgroundCommandsStore {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  of(containerId: ContainerId): Promise<BackgroundCommandRow[]> {
    return this.rows.find({ where: { containerId }, order: { startedAt: 'DESC', id: 'ASC' } });
  }

  find(id: CommandId): Promise<BackgroundCommandRow | null> {
    return this.rows.findOneBy({ id });
  }

  /** Those that nobody saw end. */
  open(): Promise<BackgroundCommandRow[]> {
    return this.rows.findBy({ endedAt: IsNull() });
  }

  /** Those that make room for newer ones. */
  superfluous(containerId: ContainerId): Promise<BackgroundCommandRow[]> {
    return this.rows.find({ where: { containerId, endedAt: Not(IsNull()) }, order: { endedAt: 'DESC' }, skip: MOST });
  }

  endedBefore(ms: number): Promise<BackgroundCommandRow[]> {
    return this.rows.findBy({ endedAt: LessThan(ms) });
  }

  /** Those that ended in containers that are gone. */
  async forlorn(): Promise<BackgroundCommandRow[]> {
    const ended = await this.rows.findBy({ endedAt: Not(IsNull()) });
    const ids = [...new Set(ended.map(({ containerId }) => containerId))];
    const there = await this.database.repository(ContainerRow).findBy({ id: In(ids), removedAt: IsNull() });
    const known = new Set(there.map(({ id }) => id));
    return ended.filter(({ containerId }) => !known.has(containerId));
  }

  async save(row: BackgroundCommandRow): Promise<void> {
    await this.database.transaction((rows) => rows.save(BackgroundCommandRow, row));
  }

  async remove(id: CommandId): Promise<void> {
    await this.database.transaction((rows) => rows.delete(BackgroundCommandRow, { id }));
  }

  private get rows() {
    return this.database.repository(BackgroundCommandRow);
  }
}
