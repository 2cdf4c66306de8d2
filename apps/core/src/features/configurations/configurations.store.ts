import { Injectable } from '@nestjs/common';
import type { ContainerId, OperationId } from '@bailiwick/contract';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { ContainerRow } from '../../foundation/environments/container.entity.js';
import { Database } from '../../kernel/database/database.js';
import { ContainerChangeRow } from './container-change.entity.js';
import { ContainerConfigurationRow } from './container-configuration.entity.js';

const NEWEST_FIRST = { number: 'DESC' } as const;

@Injectable()
export class ConfigurationsStore {
  constructor(private readonly database: Database) {}

  /** The one that counts now. */
  applied(containerId: ContainerId): Promise<ContainerConfigurationRow | null> {
    return this.database
      .repository(ContainerConfigurationRow)
      .findOne({ where: { containerId, appliedAt: Not(IsNull()) }, order: { appliedAt: 'DESC', number: 'DESC' } });
  }

  /** Everything that was written down about it. */
  async purge(rows: EntityManager, containerIds: readonly ContainerId[]): Promise<void> {
    await rows.delete(ContainerConfigurationRow, { containerId: In([...containerIds]) });
    await rows.delete(ContainerChangeRow, { containerId: In([...containerIds]) });
  }

  /** Containers gone before a moment of which something is written down still. */
  async outdated(rows: EntityManager, before: number, limit: number): Promise<ContainerId[]> {
    const found = await rows
      .getRepository(ContainerConfigurationRow)
      .createQueryBuilder('page')
      .innerJoin(ContainerRow, 'container', 'container.id = page.containerId')
      .where('container.removedAt <= :before', { before })
      .select('page.containerId', 'id')
      .distinct(true)
      .limit(limit)
      .getRawMany<{ id: ContainerId }>();
    return found.map(({ id }) => id);
  }

  /** The same of many at once. */
  async appliedOf(containerIds: readonly ContainerId[]): Promise<ContainerConfigurationRow[]> {
    const pages = await this.database.repository(ContainerConfigurationRow).find({
      where: { containerId: In([...containerIds]), appliedAt: Not(IsNull()) },
      order: { appliedAt: 'ASC', number: 'ASC' },
    });
    return [...new Map(pages.map((page) => [page.containerId, page])).values()];
  }

  at(containerId: ContainerId, number: number): Promise<ContainerConfigurationRow | null> {
    return this.database.repository(ContainerConfigurationRow).findOneBy({ containerId, number });
  }

  list(containerId: ContainerId, limit: number): Promise<ContainerConfigurationRow[]> {
    return this.database
      .repository(ContainerConfigurationRow)
      .find({ where: { containerId, appliedAt: Not(IsNull()) }, order: NEWEST_FIRST, take: limit });
  }

  async lastNumber(rows: EntityManager, containerId: ContainerId): Promise<number> {
    const last = await rows.findOne(ContainerConfigurationRow, { where: { containerId }, order: NEWEST_FIRST });
    return last?.number ?? 0;
  }

  async insert(rows: EntityManager, row: ContainerConfigurationRow): Promise<void> {
    await rows.insert(ContainerConfigurationRow, row);
  }

  madeBy(operationId: OperationId): Promise<ContainerConfigurationRow | null> {
    return this.database.repository(ContainerConfigurationRow).findOneBy({ operationId });
  }

  async markApplied(rows: EntityManager, operationId: OperationId, appliedAt: number): Promise<void> {
    await rows.update(ContainerConfigurationRow, { operationId }, { appliedAt });
  }

  async forget(rows: EntityManager, operationId: OperationId): Promise<void> {
    await rows.delete(ContainerConfigurationRow, { operationId, appliedAt: IsNull() });
  }

  saved(containerId: ContainerId, rows?: EntityManager): Promise<ContainerChangeRow | null> {
    const changes = rows?.getRepository(ContainerChangeRow) ?? this.database.repository(ContainerChangeRow);
    return changes.findOneBy({ containerId });
  }

  async save(rows: EntityManager, row: ContainerChangeRow): Promise<void> {
    await rows.save(ContainerChangeRow, row);
  }

  async discard(rows: EntityManager, containerId: ContainerId, savedAt?: number): Promise<void> {
    await rows.delete(ContainerChangeRow, { containerId, ...(savedAt === undefined ? {} : { savedAt }) });
  }
}
