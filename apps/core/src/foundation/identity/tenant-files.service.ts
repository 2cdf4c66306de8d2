import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TenantId } from '@bailiwick/contract';
import { Database } from '../../kernel/database/database.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { AccountsStore } from './accounts.store.js';
import { OutboxRow } from './outbox.entity.js';
import { OutboxService } from './outbox.service.js';
import { PeopleStore } from './people.store.js';
import { Tenant } from './tenant.entity.js';
import { TenantMark } from './tenant-mark.entity.js';
import { TenantsStore } from './tenants.store.js';
import type { User } from './user.entity.js';

/**
 * Brings the tenants' databases and the system's together when the core starts: a file that was copied in brings its
 * tenant and its people, one that is missing is made, what stands in an outbox is taken over. One that cannot be read
 * is told by its name and stops nobody else.
 */
@Injectable()
export class TenantFilesService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly broken = new Map<string, Error>();
  private readonly log: Log;

  constructor(
    private readonly database: Database,
    private readonly tenantDatabases: TenantDatabases,
    private readonly tenants: TenantsStore,
    private readonly people: PeopleStore,
    private readonly accounts: AccountsStore,
    private readonly outbox: OutboxService,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('tenants');
  }

  async onApplicationBootstrap(): Promise<void> {
    const known = await this.tenants.all();
    const found = await this.tenantDatabases.slugs(this.database);
    for (const slug of new Set([...known.map((tenant) => tenant.slug), ...found])) await this.bringTogether(slug);
  }

  onApplicationShutdown(): Promise<void> {
    return this.tenantDatabases.close();
  }

  /** Whether the tenant's database could be read when the core last tried. */
  isBroken(slug: string): boolean {
    return this.broken.has(slug);
  }

  /** Makes the database of a new tenant, with its mark; safe to repeat. */
  async make({ id, slug, name, createdAt }: Tenant): Promise<void> {
    await this.tenantDatabases.use(slug, (tenant) =>
      tenant.transaction((rows) => rows.upsert(TenantMark, { id, slug, name, createdAt }, ['id'])),
    );
  }

  private async bringTogether(slug: string): Promise<void> {
    try {
      const tenant = (await this.tenants.findBySlug(slug)) ?? (await this.adopt(slug));
      if (!tenant) return;
      await this.make(tenant);
      await this.outbox.drain(slug);
      await this.learnPeople(tenant);
      this.broken.delete(slug);
    } catch (error) {
      this.broken.set(slug, error instanceof Error ? error : new Error(String(error)));
      this.log.error({ err: error, tenant: slug }, `The database of the tenant ${slug} cannot be used`);
    }
  }

  /** A database nobody here made: its own mark says whose it is. */
  private async adopt(slug: string): Promise<Tenant | undefined> {
    const mark = await this.tenantDatabases.use(slug, (tenant) =>
      tenant.repository(TenantMark).findOne({ where: {}, order: { createdAt: 'ASC' } }),
    );
    if (!mark) {
      this.log.warn({ tenant: slug }, 'A tenant’s database without a mark was left alone');
      return undefined;
    }
    const id = TenantId.parse(mark.id);
    if (await this.tenants.find(id)) throw new Error(`Its tenant ${id} is here already, under another name.`);
    // What it has to tell is of where it comes from: here it would speak of people and things that are not its own.
    await this.tenantDatabases.use(slug, (database) =>
      database.transaction((rows) => rows.createQueryBuilder().delete().from(OutboxRow).execute()),
    );
    const tenant: Tenant = { id, slug, name: mark.name, createdAt: mark.createdAt, archivedAt: null };
    await this.database.transaction((rows) => this.tenants.add(rows, tenant));
    this.log.info({ tenant: slug }, 'A tenant’s database was found and taken in');
    return tenant;
  }

  /** Whom the file has and the directory does not: people come with their file. */
  private async learnPeople({ id: tenantId, slug }: Tenant): Promise<void> {
    const here = new Set((await this.people.inTenant(tenantId)).map(({ userId }) => userId));
    const missing: User[] = [];
    // Whoever is not known here may be known elsewhere: an account that moved can stand in two files for a moment.
    for (const user of await this.accounts.all({ kind: 'tenant', slug }))
      if (!here.has(user.id) && !(await this.people.find(user.id))) missing.push(user);
    if (missing.length === 0) return;
    await this.database.transaction(async (rows) => {
      for (const { id: userId, username } of missing)
        await this.people.put(rows, { userId, tenantId, username, home: 'tenant' });
    });
  }
}
