import { Injectable } from '@nestjs/common';
import type {
  Capability,
  CreateUser,
  DeleteUser,
  DeleteUserPreview,
  UpdateUser,
  User as ShownUser,
  UserId,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { onTenant } from '../../foundation/access/access.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { AuditTarget } from '../../foundation/audit/audit.service.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { assertStrong } from '../../foundation/identity/passwords.rules.js';
import { PasswordsService } from '../../foundation/identity/passwords.service.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { type AccountChanges, UsersService } from '../../foundation/identity/users.service.js';
import { Clock } from '../../kernel/clock.js';
import { conflict, forbidden, notFound } from '../../kernel/errors.js';
import { assertMayGive, assertMayTag, assertMayTouch, changesOf } from './people.rules.js';
import { DelegationService } from '../access/delegation.service.js';
import { PeopleListService } from './people-list.service.js';

/** The people of every tenant. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly access: AccessService,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly roles: RoleCatalogue,
    private readonly delegation: DelegationService,
    private readonly sessions: SessionsService,
    private readonly stepUp: StepUpService,
    private readonly passwords: PasswordsService,
    private readonly containers: ContainerRowsService,
    private readonly shown: PeopleListService,
    private readonly clock: Clock,
  ) {}

  async get(actor: Actor, id: UserId): Promise<ShownUser> {
    return this.show(actor, await this.find(actor, 'people.see', id));
  }

  async create(actor: Actor, wanted: CreateUser): Promise<ShownUser> {
    this.access.requireReach(actor, 'people.create');
    this.stepUp.assertProved(actor);
    assertMayGive(actor, wanted.platformRole);
    const tenant = await this.openTenant(wanted.tenant, actor);
    if (wanted.roleTag !== undefined) this.assertMayTag(actor, wanted.roleTag);
    const passwordHash = await this.hashOf(wanted);
    const { username, displayName, email = null, platformRole, roleTag = null } = wanted;
    const user = await this.users.write(this.users.homeFor(platformRole, tenant), async (rows, tell) => {
      const made = await this.users.add(rows, tell, tenant, {
        username,
        displayName,
        email,
        // Staff vouch for what they enter; what people write of themselves is not confirmed by that.
        emailVerifiedAt: email === null ? null : this.clock.now(),
        platformRole,
        roleTag,
        passwordHash,
      });
      await tell('audit', {
        actor,
        action: 'people.create',
        target: toTarget(made),
        outcome: 'done',
        details: { username, platformRole, roleTag, tenant: tenant.slug },
      });
      return made;
    });
    return this.show(actor, user);
  }

  async update(actor: Actor, id: UserId, wanted: UpdateUser): Promise<ShownUser> {
    const before = await this.find(actor, 'people.update', id);
    this.stepUp.assertProved(actor);
    if (wanted.roleTag !== undefined && wanted.roleTag !== before.roleTag) this.assertMayTag(actor, wanted.roleTag);
    if (wanted.active === false && actor.userId === id)
      throw conflict('self_protection', 'That is your own account. Ask another administrator.');
    const changes: AccountChanges = definedOnly(wanted);
    if (typeof wanted.email === 'string' && wanted.email !== before.email) changes.emailVerifiedAt = this.clock.now();
    const after = await this.users.write(await this.users.homeOfUser(id), async (rows, tell) => {
      const changed = await this.users.change(rows, tell, id, changes);
      if (changed.displayName !== before.displayName)
        await tell('containers.nameOwner', { userId: id, displayName: changed.displayName });
      await tell('audit', {
        actor,
        action: 'people.update',
        target: toTarget(changed),
        outcome: 'done',
        details: changesOf(before, changed),
      });
      return changed;
    });
    return this.show(actor, after);
  }

  /** What has to be decided before somebody goes. */
  async previewDelete(actor: Actor, id: UserId): Promise<DeleteUserPreview> {
    const user = await this.find(actor, 'people.delete', id);
    const owned = await this.containers.ownedBy(id);
    return {
      user: await this.show(actor, user),
      owns: owned.map((row) => ({ kind: 'container', id: row.id, name: row.name })),
      sessions: (await this.sessions.openOf(id)).length,
    };
  }

  async delete(actor: Actor, id: UserId, { transferTo }: DeleteUser): Promise<void> {
    const user = await this.find(actor, 'people.delete', id);
    this.stepUp.assertProved(actor);
    const heir = transferTo === undefined ? undefined : await this.heirOf(actor, user, transferTo);
    const owned = await this.containers.ownedBy(id);
    if (owned.length > 0 && !heir)
      throw conflict('owns_things', `${user.displayName} owns ${owned.length} containers. Say who gets them.`, {
        params: { count: owned.length, names: owned.slice(0, 20).map(({ name }) => name) },
      });
    await this.users.write(await this.users.homeOfUser(id), async (rows, tell) => {
      if (heir)
        await tell('containers.give', {
          from: id,
          to: heir.id,
          toName: heir.displayName,
          tenantId: heir.tenantId,
        });
      await this.users.remove(rows, tell, id);
      await tell('audit', {
        actor,
        action: 'people.delete',
        target: toTarget(user),
        outcome: 'done',
        details: { username: user.username, transferredTo: heir?.id ?? null, containers: owned.length },
      });
    });
  }

  /** 404 for who may not see them, 403 for who may not do that. */
  async find(actor: Actor, capability: Capability, id: UserId): Promise<User> {
    this.access.requireEver(actor, capability);
    const user = await this.users.find(id);
    if (!user || !this.isVisible(actor, capability, user)) throw notFound('user', id);
    assertMayTouch(actor, capability, user);
    // Whoever can become somebody by changing their account must not gain by it.
    if (capability !== 'people.see') await this.delegation.assertNotBeyond(actor, user);
    return user;
  }

  /** What is in somebody else's tenant does not exist. */
  private isVisible(actor: Actor, capability: Capability, { tenantId }: User): boolean {
    const there = onTenant(tenantId);
    return this.access.allows(actor, 'people.see', there) || this.access.allows(actor, capability, there);
  }

  private assertMayTag(actor: Actor, roleTag: string | null): void {
    assertMayTag(actor);
    if (roleTag !== null) this.roles.assertKnown(roleTag);
  }

  async show(actor: Actor, user: User): Promise<ShownUser> {
    return this.shown.show(actor, user);
  }

  /** A tenant people may come to, by who may bring them there. */
  async openTenant(slugOrId: string, by: Actor): Promise<Tenant> {
    const tenant = await this.tenants.find(slugOrId);
    if (!tenant || !(isStaff(by) || tenant.id === by.tenantId)) throw notFound('tenant', slugOrId);
    if (tenant.archivedAt !== null)
      throw conflict('wrong_state', `The tenant ${tenant.name} is archived. Restore it first.`, {
        params: { tenant: tenant.slug },
      });
    return tenant;
  }

  private async heirOf(actor: Actor, user: User, id: UserId): Promise<User> {
    const heir = await this.users.find(id);
    const isElsewhere = heir && !isStaff(actor) && heir.tenantId !== actor.tenantId;
    if (!heir || heir.id === user.id || !heir.active || isElsewhere) throw notFound('user', id);
    // What was handed on to them may end; what they own does not.
    if (heir.id === actor.userId && !isStaff(actor))
      throw forbidden({ missing: ['people.delete'], resource: user.id, grantedBy: ['owner', 'administrator'] });
    return heir;
  }

  private async hashOf({ password, username }: CreateUser): Promise<string | null> {
    if (password === undefined) return null;
    assertStrong(password, username);
    return this.passwords.hash(password);
  }
}

const definedOnly = (wanted: UpdateUser): Parameters<UsersService['change']>[3] =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));

const toTarget = ({ id, username, tenantId }: User): AuditTarget => ({
  kind: 'user',
  id,
  label: username,
  tenantId,
});
