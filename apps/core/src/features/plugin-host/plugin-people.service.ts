import { Injectable } from '@nestjs/common';
import { DisplayName, Email, RoleTag, Username } from '@bailiwick/contract';
import type { UserId } from '@bailiwick/contract';
import * as z from 'zod';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import { NamedAccountsService } from '../../foundation/identity/named-accounts.service.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { isStaffRole } from '../../foundation/identity/users.rules.js';
import { type AccountChanges, UsersService } from '../../foundation/identity/users.service.js';
import { conflict, forbidden, invalid, notFound } from '../../kernel/errors.js';
import { type HostCaller, reaches } from './host-methods.rules.js';

/** Somebody who should be there; what is left out stays as it is. */
export const Wanted = z.strictObject({
  username: Username,
  tenant: z.string().min(1).max(64),
  displayName: DisplayName.optional(),
  email: Email.optional(),
  roleTag: RoleTag.optional(),
  isActive: z.boolean().optional(),
});
export type Wanted = z.infer<typeof Wanted>;

export interface Synced {
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Null where nobody was made, because it was only asked what would be. */
  readonly id: UserId | null;
}

/** People as plugins may bring and change them: members of tenants within their reach, and never staff. */
@Injectable()
export class PluginPeople {
  constructor(
    private readonly users: UsersService,
    private readonly named: NamedAccountsService,
    private readonly tenants: TenantsService,
    private readonly roles: RoleCatalogue,
  ) {}

  /** Of one tenant, by name; staff is not told of. */
  async list(caller: HostCaller, slug: string): Promise<User[]> {
    const tenant = await this.tenant(caller, slug);
    const { users } = await this.users.list(tenant);
    return users.filter((user) => !isStaffRole(user.platformRole)).toSorted(byName);
  }

  async sync(caller: HostCaller, wanted: Wanted, { dryRun = false } = {}): Promise<Synced> {
    const tenant = await this.tenant(caller, wanted.tenant);
    if (wanted.roleTag !== undefined) {
      assertScope(caller, 'identity_tags.write');
      this.roles.assertKnown(wanted.roleTag, 'role_tag');
    }
    const known = await this.named.inTenant(wanted.username, tenant.id);
    if (!known && wanted.isActive === false)
      throw invalid([{ path: 'is_active', code: 'invalid_value', message: 'Nobody is made who may not sign in.' }]);
    if (!known) return { outcome: 'created', id: dryRun ? null : await this.create(caller, tenant, wanted) };
    if (isStaffRole(known.platformRole))
      throw forbidden({ missing: ['people.ownership'], resource: known.id, grantedBy: ['nobody: staff is no business of plugins'] }); // prettier-ignore
    const changes = changesOf(known, wanted);
    if (Object.keys(changes).length === 0) return { outcome: 'unchanged', id: known.id };
    if (!dryRun) await this.change(caller, tenant, known, changes);
    return { outcome: 'updated', id: known.id };
  }

  async setTag(caller: HostCaller, { username, tenant: slug, roleTag }: { username: string; tenant: string; roleTag: string | null }): Promise<void> {
    const tenant = await this.tenant(caller, slug);
    if (roleTag !== null) this.roles.assertKnown(roleTag, 'role_tag');
    const known = await this.named.inTenant(username, tenant.id);
    if (!known || isStaffRole(known.platformRole)) throw notFound('user', username);
    if (known.roleTag !== roleTag) await this.change(caller, tenant, known, { roleTag });
  } // prettier-ignore

  /** 404 for those out of its reach, as for those that are not. */
  async tenant(caller: HostCaller, slug: string): Promise<Tenant> {
    const tenant = await this.tenants.find(slug);
    if (!tenant || !reaches(caller, tenant.id)) throw notFound('tenant', slug);
    if (tenant.archivedAt !== null) throw conflict('wrong_state', `The tenant ${tenant.name} is archived.`);
    return tenant;
  }

  private async create(caller: HostCaller, tenant: Tenant, wanted: Wanted): Promise<UserId> {
    const { username, displayName = username, email = null, roleTag = null } = wanted;
    const made = await this.users.write(this.users.homeFor('member', tenant), async (rows, tell) => {
      // Without a password: they set one by invitation or reset, or sign in elsewhere.
      const user = await this.users.add(rows, tell, tenant, { username, displayName, email, platformRole: 'member', roleTag, passwordHash: null }); // prettier-ignore
      await tell('audit', { ...entryOf(caller, 'people.create', user), details: { username, platformRole: 'member', roleTag, tenant: tenant.slug } }); // prettier-ignore
      return user;
    });
    return made.id;
  }

  private async change(caller: HostCaller, tenant: Tenant, known: User, changes: AccountChanges): Promise<void> {
    await this.users.write(this.users.homeFor(known.platformRole, tenant), async (rows, tell) => {
      const changed = await this.users.change(rows, tell, known.id, changes);
      if (changed.displayName !== known.displayName)
        await tell('containers.nameOwner', { userId: known.id, displayName: changed.displayName });
      await tell('audit', { ...entryOf(caller, 'people.update', changed), details: { ...changes } });
    });
  }
}

function assertScope({ scopes }: HostCaller, scope: Parameters<typeof scopes.has>[0]): void {
  if (!scopes.has(scope))
    throw forbidden({ missing: [scope], resource: null, grantedBy: ['staff, by agreeing to it'] });
}

/** A plugin as the audit trail calls it. */
export const actorOf = ({ name }: HostCaller) => ({ kind: 'system' as const, name: `plugin ${name}`, via: 'plugin' as const }); // prettier-ignore

function changesOf(known: User, { displayName, email, roleTag, isActive }: Wanted): AccountChanges {
  return {
    ...(displayName === undefined || displayName === known.displayName ? {} : { displayName }),
    ...(email === undefined || email === known.email ? {} : { email }),
    ...(roleTag === undefined || roleTag === known.roleTag ? {} : { roleTag }),
    ...(isActive === undefined || isActive === known.active ? {} : { active: isActive }),
  };
}

const entryOf = (caller: HostCaller, action: string, { id, username, tenantId }: User) => ({
  actor: actorOf(caller),
  action,
  target: { kind: 'user', id, label: username, tenantId },
  outcome: 'done' as const,
});
const byName = (one: User, other: User): number => (one.username < other.username ? -1 : 1);
