import { Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database/database.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import type { Home } from './home.js';

/** The database an account and what belongs to it live in. */
@Injectable()
export class HomeDatabases {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabases: TenantDatabases,
  ) {}

  /** `storage_unavailable` where a tenant's cannot be read. */
  use<Result>(home: Home, work: (database: Database) => Promise<Result>): Promise<Result> {
    return home.kind === 'system' ? work(this.database) : this.tenantDatabases.use(home.slug, work);
  }

  /** Whether it need not be opened first. */
  isOpen(home: Home): boolean {
    return home.kind === 'system' || this.tenantDatabases.isOpen(home.slug);
  }
}
