import { Injectable } from '@nestjs/common';
import { TenantId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { TenantFilesService } from './tenant-files.service.js';
import type { Tenant } from './tenant.entity.js';
import { TenantsStore } from './tenants.store.js';

export const DEFAULT_TENANT = 'default';
const TENANT_LOCK = 7_301;

/** Whose ground it is. Setup makes the first one. */
@Injectable()
export class TenantsService {
  private defaultTenant: Tenant | undefined;

  constructor(
    private readonly tenants: TenantsStore,
    private readonly files: TenantFilesService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async get(id: TenantId): Promise<Tenant> {
    const tenant = await this.tenants.find(id);
    if (!tenant) throw notFound('tenant', id);
    return tenant;
  }

  all(): Promise<Tenant[]> {
    return this.tenants.all();
  }

  /** By slug or id. */
  async find(slugOrId: string): Promise<Tenant | null> {
    const id = TenantId.safeParse(slugOrId);
    return id.success ? this.tenants.find(id.data) : this.tenants.findBySlug(slugOrId);
  }

  /** Null where there is no tenant of that slug or id. */
  async findId(slugOrId: string): Promise<TenantId | null> {
    return (await this.find(slugOrId))?.id ?? null;
  }

  /** The tenant `default`, made where it is missing. */
  async default(): Promise<Tenant> {
    this.defaultTenant ??=
      (await this.tenants.findBySlug(DEFAULT_TENANT)) ??
      (await this.database.transaction((rows) => this.ensureDefault(rows)));
    return this.defaultTenant;
  }

  /** The same, inside the caller's transaction; its database is made when its first person comes. */
  async ensureDefault(rows: EntityManager): Promise<Tenant> {
    await this.database.lock(rows, TENANT_LOCK);
    const found = await this.tenants.findBySlug(DEFAULT_TENANT, rows);
    return found ?? this.add(rows, { slug: DEFAULT_TENANT, name: 'Default' });
  }

  /** Its row in the caller's transaction; call `finish` once that is committed. */
  async create(rows: EntityManager, { slug, name }: { slug: string; name: string }): Promise<Tenant> {
    if (!TenantDatabases.isSlug(slug))
      throw invalid([{ path: 'slug', code: 'invalid_format', message: 'Use lower-case letters, digits and dashes.' }]);
    await this.database.lock(rows, TENANT_LOCK);
    if (await this.tenants.findBySlug(slug, rows))
      throw conflict('name_taken', `There is a tenant ${slug} already.`, { params: { name: slug } });
    return this.add(rows, { slug, name });
  }

  /** The tenant's own database, with its name as it is now. */
  finish(tenant: Tenant): Promise<void> {
    return this.files.make(tenant);
  }

  async rename(rows: EntityManager, id: TenantId, name: string): Promise<Tenant> {
    await this.tenants.update(rows, id, { name });
    return { ...(await this.get(id)), name };
  }

  async setArchived(rows: EntityManager, id: TenantId, archived: boolean): Promise<void> {
    await this.tenants.update(rows, id, { archivedAt: archived ? this.clock.now() : null });
  }

  private async add(rows: EntityManager, { slug, name }: { slug: string; name: string }): Promise<Tenant> {
    const tenant: Tenant = { id: newId('ten'), slug, name, createdAt: this.clock.now(), archivedAt: null };
    await this.tenants.add(rows, tenant);
    return tenant;
  }
}
