import { Injectable } from '@nestjs/common';
import type { ContainerId } from '@bailiwick/contract';
import { IsNull, LessThanOrEqual } from 'typeorm';
import { ContainerRow } from '../../foundation/environments/container.entity.js';
import { Database } from '../../kernel/database/database.js';
import { ContainerEnd } from './container-end.entity.js';

/** So many of one container are kept. */
const MOST = 100;

@Injectable()
export class ContainerEndsStore {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  of(containerId: ContainerId): Promise<ContainerEnd[]> {
    return this.database
      .repository(ContainerEnd)
      .find({ where: { containerId }, order: { finishedAt: 'DESC' }, take: MOST });
  }

  /** The last of each container. */
  async last(): Promise<Array<{ containerId: ContainerId; finishedAt: number }>> {
    const rows = await this.database
      .repository(ContainerEnd)
      .createQueryBuilder('each')
      .select('each.containerId', 'containerId')
      .addSelect('MAX(each.finishedAt)', 'finishedAt')
      .groupBy('each.containerId')
      .getRawMany<{ containerId: ContainerId; finishedAt: number | string }>();
    return rows.map(({ containerId, finishedAt }) => ({ containerId, finishedAt: Number(finishedAt) }));
  }

  /** The oldest make room. */
  async save(end: ContainerEnd): Promise<void> {
    const { containerId } = end;
    await this.database.transaction(async (rows) => {
      await rows.save(ContainerEnd, end);
      const [tooOld] = await rows.find(ContainerEnd, { where: { containerId }, order: { finishedAt: 'DESC' }, skip: MOST, take: 1 }); // prettier-ignore
      if (tooOld) await rows.delete(ContainerEnd, { containerId, finishedAt: LessThanOrEqual(tooOld.finishedAt) });
    });
  }

  /** The same end, known better. */
  async correct(end: Pick<ContainerEnd, 'containerId' | 'finishedAt'>, change: Partial<ContainerEnd>): Promise<void> {
    const { containerId, finishedAt } = end;
    await this.database.transaction((rows) => rows.update(ContainerEnd, { containerId, finishedAt }, change));
  }

  async forget(containerId: ContainerId): Promise<void> {
    await this.database.transaction((rows) => rows.delete(ContainerEnd, { containerId }));
  }

  /** Of containers that went while nobody looked. */
  async forgetGone(): Promise<void> {
    await this.database.transaction(async (rows) => {
      const there = rows.createQueryBuilder(ContainerRow, 'row').select('row.id').where({ removedAt: IsNull() });
      await rows
        .createQueryBuilder()
        .delete()
        .from(ContainerEnd)
        .where(`"containerId" NOT IN (${there.getQuery()})`)
        .setParameters(there.getParameters())
        .execute();
    });
  }
}
