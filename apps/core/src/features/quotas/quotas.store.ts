import { Injectable } from '@nestjs/common';
import { NO_QUOTA, type ProjectId, type Quota, type TenantId, type UserId } from '@bailiwick/contract';
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

  /** What each of them was deployed with, also while it is on its way. */
  async configurations(counted: Counted, rows?: EntityManager): Promise<unknown[]> {
    const containers = rows?.getRepository(ContainerRow) ?? this.database.repository(ContainerRow);
    const found = await containers.findBy({ ...counted, managed: true, removedAt: IsNull() });
    return found.map(({ configuration }) => configuration);
  }
}
