import { Injectable } from '@nestjs/common';
import type { AlertId, ContainerId } from '@bailiwick/contract';
import { LessThanOrEqual } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { BlackBoxRow } from './black-box.entity.js';

/** So many are kept of one alert, and so many are told of one container. */
const MOST = 3;
/** Of one container, whatever its alerts. */
const MOST_OF_CONTAINER = 12;

@Injectable()
export class BlackBoxesStore {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  ofAlert(alertId: AlertId): Promise<BlackBoxRow[]> {
    return this.database.repository(BlackBoxRow).find({ where: { alertId }, order: { at: 'DESC' }, take: MOST });
  }

  ofContainer(containerId: ContainerId): Promise<BlackBoxRow[]> {
    return this.database.repository(BlackBoxRow).find({ where: { containerId }, order: { at: 'DESC' }, take: MOST });
  }

  has(alertId: AlertId, at: number): Promise<boolean> {
    return this.database.repository(BlackBoxRow).existsBy({ alertId, at });
  }

  /** The oldest make room. */
  async save(row: BlackBoxRow): Promise<void> {
    const { alertId, containerId } = row;
    await this.database.transaction(async (rows) => {
      await rows.save(BlackBoxRow, row);
      const [ofAlert] = await rows.find(BlackBoxRow, {
        where: { alertId },
        order: { at: 'DESC' },
        skip: MOST,
        take: 1,
      });
      if (ofAlert) await rows.delete(BlackBoxRow, { alertId, at: LessThanOrEqual(ofAlert.at) });
      const [ofAll] = await rows.find(BlackBoxRow, { where: { containerId }, order: { at: 'DESC' }, skip: MOST_OF_CONTAINER, take: 1 }); // prettier-ignore
      if (ofAll) await rows.delete(BlackBoxRow, { containerId, at: LessThanOrEqual(ofAll.at) });
    });
  }

  /** With their alerts. */
  async forgetGone(): Promise<void> {
    await this.database.transaction((rows) =>
      rows
        .createQueryBuilder()
        .delete()
        .from(BlackBoxRow)
        .where('"alertId" NOT IN (SELECT "id" FROM "alerts")')
        .execute(),
    );
  }
}
