import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type PutRole, type Role, type RoleList, TENANT_CAPABILITIES } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { RoleRow } from '../../foundation/access/role.entity.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { toIso } from '../../kernel/clock.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** A role came, went, or is described otherwise. */
    'role.changed': { name: string };
  }
}

/** How often each role is carried by somebody and named by a grant. */
interface Uses {
  readonly people: ReadonlyMap<string, number>;
  readonly grants: ReadonlyMap<string, number>;
}

/** The catalogue of what people can be, in their tenant and on what they are given. */
@Injectable()
export class RolesService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly roles: RoleCatalogue,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly events: Events,
  ) {}

  async list(actor: Actor): Promise<RoleList> {
    this.access.requireReach(actor, 'roles.see');
    const uses = await this.uses();
    const items = (await this.roles.all()).map((role) => toShownRole(role, uses));
    const version = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
    return { items, version };
  }

  /** As the list shows it; undefined where there is none, or none this actor may see. */
  async findShown(actor: Actor, name: string): Promise<Role | undefined> {
    if (this.access.reach(actor, 'roles.see') === null) return undefined;
    const role = await this.roles.find(name);
    return role ? toShownRole(role, await this.uses()) : undefined;
  }

  /** Makes it, or describes it anew. */
  async put(actor: Actor, name: string, { description, capabilities }: PutRole): Promise<Role> {
    this.access.require(actor, 'roles.update', null);
    const known = await this.roles.find(name);
    if (known?.builtIn)
      throw conflict('wrong_state', `Every panel has the role ${name}; it cannot be changed.`, {
        hint: 'Copy it under another name and change the copy.',
      });
    const wanted = capabilities ?? known?.capabilities ?? [];
    const foreign = wanted.filter((capability) => !TENANT_CAPABILITIES.includes(capability));
    if (foreign.length > 0)
      throw invalid([
        { path: 'capabilities', code: 'not_grantable', message: `Nobody can be given ${foreign.join(', ')}.` },
      ]);
    const role = await this.roles.put({ name, description, capabilities: wanted, updatedBy: actor.userId }, (rows) =>
      this.audit.record(rows, {
        actor,
        action: 'roles.put',
        target: { kind: 'role', id: name, label: name },
        outcome: 'done',
        details: { description, capabilities: wanted, before: known?.capabilities ?? null },
      }),
    );
    this.events.publish('role.changed', { name });
    return toShownRole(role, await this.uses());
  }

  async delete(actor: Actor, name: string): Promise<void> {
    this.access.require(actor, 'roles.update', null);
    const role = await this.roles.find(name);
    if (!role) throw notFound('role', name);
    if (role.builtIn) throw conflict('wrong_state', `Every panel has the role ${name}; it stays.`);
    const uses = await this.uses();
    const people = uses.people.get(name) ?? 0;
    const grants = uses.grants.get(name) ?? 0;
    if (people > 0 || grants > 0)
      throw conflict('wrong_state', `${people} people carry the role ${name} and ${grants} grants name it.`, {
        hint: 'Give them another one first.',
        params: { people, grants },
      });
    await this.roles.remove(name, (rows) =>
      this.audit.record(rows, {
        actor,
        action: 'roles.delete',
        target: { kind: 'role', id: name, label: name },
        outcome: 'done',
      }),
    );
    this.events.publish('role.changed', { name });
  }

  private async uses(): Promise<Uses> {
    const { grants, projects, exceptions } = this.book.state;
    const named = [...grants.values()].flatMap(({ role }) => role ?? []);
    const ofProjects = [...projects.values()].map(({ defaultRole }) => defaultRole);
    const excepted = [...exceptions.values()].flatMap((ofContainer) => [...ofContainer.keys()]);
    const carried = (await this.users.list()).users.flatMap(({ roleTag }) => roleTag ?? []);
    return { people: counted(carried), grants: counted([...named, ...ofProjects, ...excepted]) };
  }
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const toShownRole = ({ name, description, capabilities, builtIn, updatedAt }: RoleRow, uses: Uses): Role => ({
  id: name,
  name,
  description,
  capabilities,
  builtIn,
  updatedAt: toIso(updatedAt),
  people: uses.people.get(name) ?? 0,
  grants: uses.grants.get(name) ?? 0,
});
