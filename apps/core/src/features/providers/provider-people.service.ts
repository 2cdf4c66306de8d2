import { Injectable } from '@nestjs/common';
import type { AuditActor } from '../../foundation/audit/audit.service.js';
import { AccountMovesService } from '../../foundation/identity/account-moves.service.js';
import { ExternalIdentitiesService } from '../../foundation/identity/external-identities.service.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { NamedAccountsService } from '../../foundation/identity/named-accounts.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock } from '../../kernel/clock.js';
import { isAppError } from '../../kernel/errors.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import type { SignInProvider } from '../../sign-in-providers.js';
import { type ExternalPerson, toUsername } from './external-person.rules.js';
import { stranger } from './provider-failures.js';
import { type MappedRoles, mapRoles } from './provider-roles.rules.js';

const NAMES_TRIED = 20;

/** Whose account somebody has whom a provider names, and what its groups make of them. */
@Injectable()
export class ProviderPeopleService {
  private readonly log: Log;

  constructor(
    private readonly identities: ExternalIdentitiesService,
    private readonly users: UsersService,
    private readonly named: NamedAccountsService,
    private readonly tenants: TenantsService,
    private readonly roles: RoleCatalogue,
    private readonly moves: AccountMovesService,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('sign-in');
  }

  /** 403 for whom there is no account, or none that may be used. */
  async admit(provider: SignInProvider, person: ExternalPerson, by: AuditActor): Promise<User> {
    const tenant = await this.tenants.find(provider.tenant);
    if (!tenant || tenant.archivedAt !== null) throw stranger(provider.label);
    const user =
      (await this.known(person)) ??
      (await this.link(provider, person, tenant, by)) ??
      (await this.create(provider, person, tenant, by));
    // They may have moved since, to a tenant that is archived now.
    if (!user || !(await this.users.mayEnter(user))) throw stranger(provider.label);
    return this.applyRoles(provider, person, user, by);
  }

  private async known(person: ExternalPerson): Promise<User | undefined> {
    const userId = await this.identities.findUserId(person);
    return userId === undefined ? undefined : this.users.find(userId);
  }

  /** An account of theirs by its address. An owner's is taken over by nobody's word. */
  private async link(
    { id, linkByVerifiedEmail }: SignInProvider,
    { issuer, subject, verifiedEmail }: ExternalPerson,
    tenant: Tenant,
    actor: AuditActor,
  ): Promise<User | undefined> {
    if (!linkByVerifiedEmail || verifiedEmail === null) return undefined;
    const { users } = await this.users.list(tenant);
    const [user, another] = users.filter(({ email }) => email?.toLowerCase() === verifiedEmail);
    if (!user?.active || another || user.platformRole === 'owner') return undefined;
    // What somebody wrote into their own profile proves nothing: else they would become whom they name.
    if (user.emailVerifiedAt === null) return undefined;
    await this.users.write(await this.users.homeOfUser(user.id), async (_, tell) => {
      await tell('externalIdentities.add', { issuer, subject, userId: user.id });
      await tell('audit', { actor, action: 'people.link', target: toTarget(user), outcome: 'done', details: { provider: id, issuer } }); // prettier-ignore
    });
    return user;
  }

  private async create(
    provider: SignInProvider,
    { issuer, subject, verifiedEmail, ...person }: ExternalPerson,
    tenant: Tenant,
    actor: AuditActor,
  ): Promise<User | undefined> {
    if (!provider.createPeople) return undefined;
    const username = await this.freeName(toUsername(person.username) ?? 'person', tenant);
    const { platformRole = provider.defaultRole } = mapRoles(mappingOf(provider), person.groups);
    // Somebody else may have it here; then it is theirs.
    const email = (await this.isAddressFree(verifiedEmail, tenant)) ? verifiedEmail : null;
    return this.users.write(this.users.homeFor(platformRole, tenant), async (rows, tell) => {
      const made = await this.users.add(rows, tell, tenant, {
        username,
        displayName: (person.displayName ?? username).slice(0, 80),
        email,
        emailVerifiedAt: email === null ? null : this.clock.now(),
        platformRole,
        passwordHash: null,
      });
      await tell('externalIdentities.add', { issuer, subject, userId: made.id });
      await tell('audit', {
        actor,
        action: 'people.create',
        target: toTarget(made),
        outcome: 'done',
        details: { username, platformRole, tenant: tenant.slug, provider: provider.id },
      });
      return made;
    });
  }

  /** At every sign-in: who left a group there is no longer here what it made them. */
  private async applyRoles(
    provider: SignInProvider,
    { groups }: ExternalPerson,
    user: User,
    actor: AuditActor,
  ): Promise<User> {
    const mapped = mapRoles(mappingOf(provider), groups, user.platformRole);
    await this.applyTag(provider, mapped, user, actor);
    const { platformRole } = mapped;
    if (platformRole !== undefined && platformRole !== user.platformRole) {
      const to = { tenantId: user.tenantId, platformRole };
      await this.moves.copy(user.id, to);
      await this.moves.settle(user.id, { from: user, to }, (tell) =>
        tell('audit', {
          actor,
          action: 'people.settle',
          target: toTarget(user),
          outcome: 'done',
          details: { platformRole: { from: user.platformRole, to: platformRole }, provider: provider.id },
        }),
      );
    }
    // Also where nothing moved: an earlier move may have been cut off before its end.
    const { slug } = await this.tenants.get(user.tenantId);
    await this.moves.clean(user.id, { kind: 'tenant', slug });
    return this.users.get(user.id);
  }

  private async applyTag(
    { id }: SignInProvider,
    { roleTag }: MappedRoles,
    user: User,
    actor: AuditActor,
  ): Promise<void> {
    if (roleTag === undefined || roleTag === user.roleTag || !(await this.isInCatalogue(roleTag))) return;
    await this.users.write(await this.users.homeOfUser(user.id), async (rows, tell) => {
      await this.users.change(rows, tell, user.id, { roleTag });
      await tell('audit', {
        actor,
        action: 'people.update',
        target: toTarget(user),
        outcome: 'done',
        details: { roleTag: { from: user.roleTag, to: roleTag }, provider: id },
      });
    });
  }

  /** Somebody may have taken it out since; that keeps nobody from signing in. */
  private async isInCatalogue(roleTag: string | null): Promise<boolean> {
    if (roleTag === null) return true;
    try {
      this.roles.assertKnown(roleTag);
      return true;
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.log.warn({ roleTag }, 'A sign-in provider gives a role that is not in the catalogue');
      return false;
    }
  }

  private async freeName(wanted: string, { slug }: Tenant): Promise<string> {
    for (let tried = 1; tried <= NAMES_TRIED; tried += 1) {
      const name = tried === 1 ? wanted : `${wanted}-${tried}`;
      if (!(await this.named.isNamed(name, slug))) return name;
    }
    return wanted;
  }

  private async isAddressFree(address: string | null, tenant: Tenant): Promise<boolean> {
    if (address === null) return false;
    return !(await this.users.list(tenant)).users.some(({ email }) => email?.toLowerCase() === address);
  }
}

const mappingOf = (provider: SignInProvider) => ({
  roles: provider.kind === 'github' ? [] : provider.roles,
  defaultRole: provider.defaultRole,
});

const toTarget = ({ id, username, tenantId }: User) => ({ kind: 'user', id, label: username, tenantId });
