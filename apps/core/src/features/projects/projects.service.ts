import { Injectable } from '@nestjs/common';
import type {
  Capability,
  CreateProject,
  ListProjects,
  Project,
  ProjectId,
  ProjectList,
  UpdateProject,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { onTenant, rightsOn, type Target } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type AccessWrites, afterWrites, holders } from '../../foundation/access/access-state.rules.js';
import { toProject } from '../../foundation/access/access.store.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { AccessState, KnownGrant } from '../../foundation/access/standing.js';
import type { ProjectRow } from '../../foundation/access/project.entity.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { AccessPlanService } from '../access/access-plan.service.js';
import { GainsService } from '../access/gains.service.js';
import { ResourcesService } from '../access/resources.service.js';
import { versionOf } from '../access/grants.rules.js';
import { assertActive, isAskedFor, nameKeyOf } from './projects.rules.js';
import { ProjectsStore } from './projects.store.js';

const OFFERED: readonly Capability[] = [
  'projects.see',
  'projects.update',
  'projects.archive',
  'projects.link',
  'containers.manageAccess',
];

/** Named groups of containers, with the people who work on them. */
@Injectable()
export class ProjectsService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly plans: AccessPlanService,
    private readonly gains: GainsService,
    private readonly store: ProjectsStore,
    private readonly roles: RoleCatalogue,
    private readonly tenants: TenantsService,
    private readonly resources: ResourcesService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, { tenant, ...asked }: ListProjects): Promise<ProjectList> {
    this.access.require(actor, 'projects.see', null);
    const tenantId = tenant === undefined ? undefined : ((await this.tenants.findId(tenant)) ?? 'none');
    const rows = (await this.store.all()).filter(
      (row) => isAskedFor(row, asked, tenantId) && this.isVisible(actor, row),
    );
    const items = await Promise.all(rows.map((row) => this.show(actor, row)));
    return { items, version: versionOf(items) };
  }

  async get(actor: Actor, id: ProjectId): Promise<Project> {
    return this.show(actor, await this.find(actor, id));
  }

  /** Active and archived, in no order. */
  async all(actor: Actor): Promise<Project[]> {
    const rows = (await this.store.all()).filter((row) => this.isVisible(actor, row));
    return Promise.all(rows.map((row) => this.show(actor, row)));
  }

  /** As the list shows it; undefined where there is none, or none this actor may see. */
  async findShown(actor: Actor, id: ProjectId): Promise<Project | undefined> {
    const row = await this.store.find(id);
    return row && this.isVisible(actor, row) ? this.show(actor, row) : undefined;
  }

  async create(actor: Actor, { tenant: slug, ...wanted }: CreateProject): Promise<Project> {
    const tenant = slug === undefined ? await this.tenants.get(actor.tenantId) : await this.tenants.find(slug);
    if (!tenant || !(isStaff(actor) || tenant.id === actor.tenantId)) throw notFound('tenant', slug ?? 'tenant');
    this.access.require(actor, 'projects.create', onTenant(tenant.id));
    this.roles.assertKnown(wanted.defaultRole, 'defaultRole');
    const row: ProjectRow = {
      ...wanted,
      id: newId('prj'),
      tenantId: tenant.id,
      nameKey: nameKeyOf(wanted.name),
      ownerId: isStaff(actor) ? null : actor.userId,
      createdAt: this.clock.now(),
      archivedAt: null,
    };
    return this.write(actor, 'projects.create', { ...wanted }, () => Promise.resolve(row));
  }

  async update(actor: Actor, id: ProjectId, changes: UpdateProject): Promise<Project> {
    return this.write(actor, 'projects.update', { ...changes }, async () => {
      const before = await this.find(actor, id);
      this.access.require(actor, 'projects.update', targetOf(before));
      assertActive(before);
      const name = changes.name ?? before.name;
      const row: ProjectRow = {
        ...before,
        name,
        nameKey: nameKeyOf(name),
        description: changes.description ?? before.description,
        tags: changes.tags ?? before.tags,
        defaultRole: changes.defaultRole ?? before.defaultRole,
        quota: changes.quota ?? before.quota,
      };
      this.roles.assertKnown(row.defaultRole, 'defaultRole');
      if (row.defaultRole !== before.defaultRole) this.assertMayMean(actor, row);
      return row;
    });
  }

  /** Its members' rights rest until it is restored; what is in it stays there and goes on running. */
  async archive(actor: Actor, id: ProjectId): Promise<Project> {
    return this.write(actor, 'projects.archive', {}, async () => {
      const before = await this.find(actor, id);
      this.access.require(actor, 'projects.archive', targetOf(before));
      assertActive(before);
      return { ...before, archivedAt: this.clock.now() };
    });
  }

  async restore(actor: Actor, id: ProjectId): Promise<Project> {
    return this.write(actor, 'projects.restore', {}, async () => {
      const before = await this.find(actor, id);
      this.access.require(actor, 'projects.archive', targetOf(before));
      if (before.archivedAt === null) throw conflict('wrong_state', `${before.name} is not archived.`);
      return { ...before, archivedAt: null };
    });
  }

  /** 404 for one that is not there and for one this actor does not see. */
  async find(actor: Actor, id: ProjectId): Promise<ProjectRow> {
    const row = await this.store.find(id);
    if (!row || !this.isVisible(actor, row)) throw notFound('project', id);
    return row;
  }

  private isVisible(actor: Actor, row: ProjectRow): boolean {
    return this.resources.seesProject(actor, row.id, targetOf(row));
  }

  /** Another default role hands that role on to everybody whose membership names none. */
  private assertMayMean(actor: Actor, row: ProjectRow): void {
    if (isStaff(actor)) return;
    const resource = { target: { kind: 'project' as const, id: row.id }, name: row.name, on: targetOf(row) };
    const lasting = this.gains.lasting(actor);
    for (const grant of this.nameless(row.id)) this.plans.assertMayHandOn(lasting, { ...grant, role: row.defaultRole }, resource, 'defaultRole', []); // prettier-ignore
  }

  private nameless(id: ProjectId): KnownGrant[] {
    return this.grantsOn(id).filter(({ role }) => role === null);
  }

  /** `look`: what it is to be, as of now and checked; asked again where access changed meanwhile. */
  private async write(
    actor: Actor,
    action: string,
    details: object,
    look: () => Promise<ProjectRow>,
  ): Promise<Project> {
    // prettier-ignore
    const written = await this.book.changeAfter(
      async (state) => {
        const row = await look();
        const writes = { putProjects: [toProject(row)], putGrants: this.answeredFor(actor, state, row) };
        await this.assertMayChange(actor, state, row, writes);
        return { row, writes };
      },
      async (rows, { row, writes }) => {
        if (row.archivedAt === null && (await this.store.isNamed(rows, row.tenantId, row.nameKey, row.id)))
          throw conflict('name_taken', `There is a project ${row.name} already.`, { params: { name: row.name } });
        await this.store.put(rows, row);
        await this.audit.record(rows, {
          actor,
          action,
          target: { kind: 'project', id: row.id, label: row.name, tenantId: row.tenantId },
          outcome: 'done',
          details: { ...details },
        });
        return { writes, result: row };
      },
    );
    return this.show(actor, written);
  }

  /** Whoever has a project mean another role answers for the memberships that mean it, where nobody of the staff does. */
  private answeredFor(actor: Actor, state: AccessState, row: ProjectRow): KnownGrant[] {
    const known = state.projects.get(row.id);
    if (!known || known.defaultRole === row.defaultRole) return [];
    const by = { grantedBy: actor.userId, grantedByName: actor.displayName, byStaff: isStaff(actor) };
    return this.nameless(row.id)
      .filter(({ byStaff }) => !byStaff)
      .map((grant) => ({ ...grant, ...by, version: grant.version + 1 }));
  }

  /** What was taken away on it rests with it: nobody comes to more by that than who archives it holds. */
  private async assertMayChange(actor: Actor, state: AccessState, { id, tenantId }: ProjectRow, writes: AccessWrites) {
    const known = state.projects.get(id);
    if (isStaff(actor) || !known) return;
    // Restoring brings back what was there, handed on by who could; whoever does it comes to no more themselves.
    const people = known.archived ? new Set([actor.userId]) : holders(state, this.grantsOn(id));
    await this.gains.assertHeld(actor, state, {
      before: state,
      after: afterWrites(state, writes),
      tenantId,
      people,
      things: await this.gains.under([{ kind: 'project', id }], tenantId),
      path: 'defaultRole',
    });
  }

  private async show(actor: Actor, row: ProjectRow): Promise<Project> {
    const { id, slug, name } = await this.tenants.get(row.tenantId);
    return {
      id: row.id,
      tenant: { id, slug, name },
      name: row.name,
      description: row.description,
      tags: row.tags,
      defaultRole: row.defaultRole,
      quota: row.quota,
      containers: this.resources.inProject(actor, row.id).length,
      members: this.grantsOn(row.id).length,
      createdAt: toIso(row.createdAt),
      archivedAt: toIsoOrNull(row.archivedAt),
      rights: rightsOn(actor, OFFERED, targetOf(row)),
    };
  }

  private grantsOn(id: ProjectId) {
    return [...this.book.state.grants.values()].filter(({ target }) => target.id === id);
  }
}

export const targetOf = ({ id, tenantId, ownerId }: Pick<ProjectRow, 'id' | 'tenantId' | 'ownerId'>): Target => ({
  id,
  tenantId,
  ownerId,
  projectId: id,
});
