import { Injectable } from '@nestjs/common';
import type { TenantId } from '@bailiwick/contract';
import { isAppError } from '../../kernel/errors.js';
import { AccountsStore } from './accounts.store.js';
import { PeopleStore } from './people.store.js';
import { TenantsService } from './tenants.service.js';
import type { User } from './user.entity.js';
import { NOBODY } from './users.rules.js';
import { UsersService } from './users.service.js';

/** Whom a name means that somebody typed, with or without a tenant. */
@Injectable()
export class NamedAccountsService {
  constructor(
    private readonly users: UsersService,
    private readonly people: PeopleStore,
    private readonly accounts: AccountsStore,
    private readonly tenants: TenantsService,
  ) {}

  /** Whom a sign-in means: with a tenant, who is there; without one, staff, else the only person of that name. */
  async forSignIn(username: string, tenant?: string): Promise<User | undefined> {
    const named = await this.people.byUsername(username);
    const place = tenant === undefined ? undefined : await this.tenants.findId(tenant);
    const meant =
      place === undefined
        ? (named.find(({ home }) => home === 'system') ?? (named.length === 1 ? named[0] : undefined))
        : named.find(({ tenantId }) => tenantId === place);
    // One look at each of the two databases an account can be in, whoever it is and whether there is anybody: time tells
    // nobody apart.
    const id = meant?.userId ?? NOBODY;
    const { slug, archivedAt } = await this.tenants.get(meant?.tenantId ?? place ?? (await this.tenants.default()).id);
    const inTenant = meant?.home === 'tenant';
    const staff = await this.accounts.find({ kind: 'system' }, id);
    const member = await this.accounts.find({ kind: 'tenant', slug }, id).catch((error: unknown) => {
      if (inTenant || !isAppError(error, 'storage_unavailable')) throw error;
      return null; // not theirs: a torn file of a tenant keeps no staff out
    });
    if (!inTenant) return staff ?? undefined;
    return archivedAt === null ? (member ?? undefined) : undefined;
  }

  /** The same for who may have forgotten even their name: an address does as well. Every tenant is looked through. */
  async forReset(name: string, tenant?: string): Promise<User | undefined> {
    if (!name.includes('@')) return this.forSignIn(name.toLowerCase(), tenant);
    const email = name.toLowerCase();
    const meant = tenant === undefined ? undefined : await this.tenants.findId(tenant);
    const staff = await this.accounts.findByEmail({ kind: 'system' }, email);
    const others: User[] = [];
    for (const { id, slug } of await this.tenants.all()) {
      if (tenant !== undefined && id !== meant) continue;
      const found = await this.findInTenant(slug, email);
      if (found) others.push(found);
    }
    const chosen =
      staff && (tenant === undefined || staff.tenantId === meant) ? staff : others.length === 1 ? others[0] : undefined;
    // The directory says whether it is the account that counts.
    return this.users.find(chosen?.id ?? NOBODY);
  }

  /** Whether somebody of that tenant is called so. */
  async isNamed(username: string, tenant: string): Promise<boolean> {
    const tenantId = await this.tenants.findId(tenant);
    return (await this.people.byUsername(username)).some((person) => person.tenantId === tenantId);
  }

  /** Who is called so in that tenant, staff of it included. */
  async inTenant(username: string, tenantId: TenantId): Promise<User | undefined> {
    const person = (await this.people.byUsername(username)).find((one) => one.tenantId === tenantId);
    return person && this.users.find(person.userId);
  }

  /** Nobody where the tenant's database cannot be read: everybody else's must not suffer. */
  private async findInTenant(slug: string, email: string): Promise<User | null> {
    try {
      return await this.accounts.findByEmail({ kind: 'tenant', slug }, email);
    } catch (error) {
      if (!isAppError(error, 'storage_unavailable')) throw error;
      return null;
    }
  }
}
