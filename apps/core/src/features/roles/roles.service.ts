import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PutRole, Role, RoleList } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { IdentityRole } from '../../foundation/identity/identity-role.entity.js';
import { IdentityRolesService } from '../../foundation/identity/identity-roles.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { conflict, notFound } from '../../kernel/errors.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** A role came, went, or is described otherwise. */
    'role.changed': { name: string };
  }
}

/** The catalogue of what people can be in their tenant. */
@Injectable()
export class RolesService {
  constructor(
    private readonly access: AccessService,
    private readonly roles: IdentityRolesService,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  async list(actor: Actor): Promise<RoleList> {
    this.access.require(actor, 'roles.see', null);
    const carried = await this.carried();
    const items = (await this.roles.all()).map((role) => toShownRole(role, carried));
    const version = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
    return { items, version };
  }

  /** As the list shows it; undefined where there is none, or none this actor may see. */
  async findShown(actor: Actor, name: string): Promise<Role | undefined> {
    if (!this.access.allows(actor, 'roles.see', null)) return undefined;
    const role = (await this.roles.all()).find((each) => each.name === name);
    return role && toShownRole(role, await this.carried());
  }

  /** Makes it, or describes it anew. */
  async put(actor: Actor, name: string, { description }: PutRole): Promise<Role> {
    this.access.require(actor, 'roles.update', null);
    const role = await this.database.transaction(async (rows) => {
      await this.audit.record(rows, {
        actor,
        action: 'roles.put',
        target: { kind: 'role', id: name, label: name },
        outcome: 'done',
        details: { description },
      });
      return this.roles.put(rows, name, description, actor.userId);
    });
    this.events.publish('role.changed', { name });
    return toShownRole(role, await this.carried());
  }

  async delete(actor: Actor, name: string): Promise<void> {
    this.access.require(actor, 'roles.update', null);
    if (!(await this.roles.all()).some((role) => role.name === name)) throw notFound('role', name);
    const people = (await this.carried()).get(name) ?? 0;
    if (people > 0)
      throw conflict('wrong_state', `${people} people carry the role ${name}. Give them another one first.`, {
        params: { people },
      });
    await this.database.transaction(async (rows) => {
      await this.roles.remove(rows, name);
      await this.audit.record(rows, {
        actor,
        action: 'roles.delete',
        target: { kind: 'role', id: name, label: name },
        outcome: 'done',
      });
    });
    this.events.publish('role.changed', { name });
  }

  private async carried(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { roleTag } of (await this.users.list()).users)
      if (roleTag !== null) counts.set(roleTag, (counts.get(roleTag) ?? 0) + 1);
    return counts;
  }
}

const toShownRole = ({ name, description, updatedAt }: IdentityRole, carried: Map<string, number>): Role => ({
  id: name,
  name,
  description,
  updatedAt: toIso(updatedAt),
  people: carried.get(name) ?? 0,
});
