import { Injectable } from '@nestjs/common';
import type { TenantId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { Tenant } from './tenant.entity.js';

@Injectable()
export class TenantsStore {
  constructor(private readonly database: Database) {}

  find(id: TenantId): Promise<Tenant | null> {
    return this.database.repository(Tenant).findOneBy({ id });
  }

  findBySlug(slug: string, rows?: EntityManager): Promise<Tenant | null> {
    return (rows?.getRepository(Tenant) ?? this.database.repository(Tenant)).findOneBy({ slug });
  }

  all(): Promise<Tenant[]> {
    return this.database.repository(Tenant).find({ order: { slug: 'ASC' } });
  }

  async add(rows: EntityManager, tenant: Tenant): Promise<void> {
    await rows.insert(Tenant, tenant);
  }

  async update(
    rows: EntityManager,
    id: TenantId,
    changes: Partial<Pick<Tenant, 'name' | 'archivedAt'>>,
  ): Promise<void> {
    await rows.getRepository(Tenant).update({ id }, changes);
  }
}
