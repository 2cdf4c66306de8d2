import { Injectable } from '@nestjs/common';
import {
  type ContainerId,
  NO_QUOTA,
  type ProjectId,
  type Quota,
  type TenantId,
  type UserId,
} from '@bailiwick/contract';
import { type EntityManager, type FindOptionsWhere, IsNull } from 'typeorm';
import { ProjectRow } from '../../foundation/access/project.entity.js';
import { ContainerRow } from '../../foundation/environments/container.entity.js';
import { Database } from '../../kernel/database/database.js';
import { QuotaRow } from './quota.entity.js';

/** Whose containers are counted. */
export type Counted = Pick<FindOptionsWhere<ContainerRow>, 'tenantId' | 'projectId' | 'ownerId'>;

@Injectable()
export class QuotasStore {
  constructor(private readonly database: Database) {}

  async of(subject: TenantId | UserId, rows?: EntityManager): Promise<Quota> {
    const quotas = rows?.getRepository(QuotaRow) ?? this.database.repository(QuotaRow);
    return (await quotas.findOneBy({ subject }))?.quota ?? NO_QUOTA;
  }

  async ofProject(id: ProjectId, rows?: EntityManager): Promise<Quota> {
    const projects = rows?.getRepository(ProjectRow) ?? this.database.repository(ProjectRow);
    return (await projects.findOneBy({ id }))?.quota ?? NO_QUOTA;
  }

  async put(rows: EntityManager, row: QuotaRow): Promise<void> {
    await rows.upsert(QuotaRow, row, ['subject']);
  }

  /** Those that are there, also while they are on their way. */
  async containers(counted: Counted, rows?: EntityManager): Promise<ContainerRow[]> {
    const containers = rows?.getRepository(ContainerRow) ?? this.database.repository(ContainerRow);
    return containers.findBy({ ...counted, managed: true, removedAt: IsNull() });
  }

  find(rows: EntityManager, id: ContainerId): Promise<ContainerRow | null> {
    return rows.findOneBy(ContainerRow, { id, managed: true, removedAt: IsNull() });
  }
}
