import { Injectable } from '@nestjs/common';
import type { ContainerId, EnvironmentId, TenantId, UserId } from '@bailiwick/contract';
import { type EntityManager, In, IsNull, MoreThan, Not } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { newId } from '../../kernel/ids.js';
import { ContainerRow } from './container.entity.js';

const DEFAULT_TENANT = 'default';

export type RowChange = Partial<
  Pick<ContainerRow, 'engineId' | 'name' | 'removedAt' | 'projectId' | 'managed' | 'tenantId' | 'ownerId' | 'ownerName'>
>;

/** The rows of containers and what they stand on. */
@Injectable()
export class ContainerRowsStore {
  constructor(private readonly database: Database) {}

  find(id: ContainerId): Promise<ContainerRow | null> {
    return this.database.repository(ContainerRow).findOneBy({ id });
  }

  /** Every row that stands for a container the engine had when we last looked. */
  attached(environmentId: EnvironmentId): Promise<ContainerRow[]> {
    return this.database
      .repository(ContainerRow)
      .findBy({ environmentId, engineId: Not(IsNull()), removedAt: IsNull() });
  }

  byIds(rows: EntityManager, ids: readonly ContainerId[]): Promise<ContainerRow[]> {
    return rows.findBy(ContainerRow, { id: In([...ids]) });
  }

  byEngineIds(
    rows: EntityManager,
    environmentId: EnvironmentId,
    engineIds: readonly string[],
  ): Promise<ContainerRow[]> {
    return rows.findBy(ContainerRow, { environmentId, engineId: In([...engineIds]) });
  }

  ownedBy(ownerId: UserId, rows?: EntityManager): Promise<ContainerRow[]> {
    const repository = rows?.getRepository(ContainerRow) ?? this.database.repository(ContainerRow);
    return repository.findBy({ ownerId, removedAt: IsNull() });
  }

  inTenant(tenantId: TenantId): Promise<ContainerRow[]> {
    return this.database.repository(ContainerRow).findBy({ tenantId, removedAt: IsNull() });
  }

  /** Managed, and gone since then. */
  removedSince(since: number): Promise<ContainerRow[]> {
    return this.database
      .repository(ContainerRow)
      .find({ where: { managed: true, removedAt: MoreThan(since) }, order: { removedAt: 'DESC', id: 'ASC' } });
  }

  countIn(tenantId: TenantId): Promise<number> {
    return this.database.repository(ContainerRow).countBy({ tenantId, managed: true, removedAt: IsNull() });
  }

  /** Also of what is gone already: history goes with its owner. */
  async changeOwned(
    rows: EntityManager,
    ownerId: UserId,
    change: Partial<Pick<ContainerRow, 'ownerId' | 'ownerName' | 'tenantId'>>,
  ): Promise<void> {
    await rows.update(ContainerRow, { ownerId }, change);
  }

  hasName(rows: EntityManager | undefined, environmentId: EnvironmentId, name: string): Promise<boolean> {
    const repository = rows?.getRepository(ContainerRow) ?? this.database.repository(ContainerRow);
    return repository.existsBy({ environmentId, name, removedAt: IsNull() });
  }

  async save(rows: EntityManager, containers: readonly ContainerRow[]): Promise<void> {
    await rows.save(ContainerRow, [...containers], { chunk: 200 });
  }

  async update(rows: EntityManager, ids: readonly ContainerId[], change: RowChange): Promise<void> {
    await rows
      .createQueryBuilder()
      .update(ContainerRow)
      .set({ ...change })
      .whereInIds([...ids])
      .execute();
  }

  async reconfigure(rows: EntityManager, id: ContainerId, configuration: object): Promise<void> {
    await rows.update(ContainerRow, { id }, { configuration });
  }

  /** Named by engine id: a row that was given another container meanwhile is not touched. */
  async markGone(
    rows: EntityManager,
    environmentId: EnvironmentId,
    engineIds: readonly string[],
    removedAt: number,
  ): Promise<void> {
    await rows.update(
      ContainerRow,
      { environmentId, engineId: In([...engineIds]), removedAt: IsNull() },
      { removedAt },
    );
  }

  /** The tenant of everything that was there before anybody set up tenants. */
  async defaultTenant(rows: EntityManager, nowMs: number): Promise<TenantId> {
    await rows
      .createQueryBuilder()
      .insert()
      .into('tenants', ['id', 'slug', 'name', 'createdAt'])
      .values({ id: newId('ten'), slug: DEFAULT_TENANT, name: 'Default', createdAt: nowMs })
      .orIgnore()
      .updateEntity(false)
      .execute();
    const tenant = await rows
      .createQueryBuilder()
      .select('tenant.id', 'id')
      .from('tenants', 'tenant')
      .where('tenant.slug = :slug', { slug: DEFAULT_TENANT })
      .getRawOne<{ id: TenantId }>();
    if (!tenant) throw new Error('The default tenant was neither made nor found.');
    return tenant.id;
  }
}
