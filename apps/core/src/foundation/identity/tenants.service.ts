import { Injectable } from '@nestjs/common';
import { TenantId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Tenant } from './tenant.entity.js';
import { TenantsStore } from './tenants.store.js';

const DEFAULT_SLUG = 'default';
const TENANT_LOCK = 7_301;

/** Whose ground it is. Setup makes the first one. */
@Injectable()
export class TenantsService {
  private defaultTenant: Tenant | undefined;

  constructor(
    private readonly tenants: TenantsStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async get(id: TenantId): Promise<Tenant> {
    const tenant = await this.tenants.find(id);
    if (!tenant) throw notFound('tenant', id);
    return tenant;
  }

  /** Null where there is no tenant of that slug or id. */
  async findId(slugOrId: string): Promise<TenantId | null> {
    const id = TenantId.safeParse(slugOrId);
    const tenant = id.success ? await this.tenants.find(id.data) : await this.tenants.findBySlug(slugOrId);
    return tenant?.id ?? null;
  }

  /** The tenant `default`, made where it is missing. */
  async default(): Promise<Tenant> {
    this.defaultTenant ??=
      (await this.tenants.findBySlug(DEFAULT_SLUG)) ??
      (await this.database.transaction((rows) => this.ensureDefault(rows)));
    return this.defaultTenant;
  }

  /** The same, inside the caller's transaction. */
  async ensureDefault(rows: EntityManager): Promise<Tenant> {
    await this.database.lock(rows, TENANT_LOCK);
    const found = await this.tenants.findBySlug(DEFAULT_SLUG, rows);
    if (found) return found;
    const tenant: Tenant = { id: newId('ten'), slug: DEFAULT_SLUG, name: 'Default', createdAt: this.clock.now() };
    await this.tenants.add(rows, tenant);
    return tenant;
  }
}
