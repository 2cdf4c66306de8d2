import { Injectable } from '@nestjs/common';
import type { ProjectId, TenantId } from '@bailiwick/contract';
import { type EntityManager, IsNull } from 'typeorm';
import { ProjectRow } from '../../foundation/access/project.entity.js';
import { Database } from '../../kernel/database/database.js';

@Injectable()
export class ProjectsStore {
  constructor(private readonly database: Database) {}

  all(): Promise<ProjectRow[]> {
    return this.database.repository(ProjectRow).find({ order: { name: 'ASC' } });
  }

  find(id: ProjectId): Promise<ProjectRow | null> {
    return this.database.repository(ProjectRow).findOneBy({ id });
  }

  /** Among those that are not archived. */
  async isNamed(rows: EntityManager, tenantId: TenantId, nameKey: string, except: ProjectId): Promise<boolean> {
    const named = await rows.findBy(ProjectRow, { tenantId, nameKey, archivedAt: IsNull() });
    return named.some(({ id }) => id !== except);
  }

  async put(rows: EntityManager, project: ProjectRow): Promise<void> {
    await rows.upsert(ProjectRow, project, ['id']);
  }
}
