import { Injectable } from '@nestjs/common';
import type {
  Capability,
  CreateTeam,
  ListTeams,
  Rights,
  Team,
  TeamDetail,
  TeamId,
  TeamList,
  TenantId,
  UpdateTeam,
  UserId,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { onTenant, rightsOn } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { type AccessWrites, afterWrites, touchedBy } from '../../foundation/access/access-state.rules.js';
import type { AccessState, KnownGrant } from '../../foundation/access/standing.js';
import type { TeamRow } from '../../foundation/access/team.entity.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { conflict, forbidden, invalid, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { locksOwnerOut } from '../access/access-changes.rules.js';
import { AccessPlanService } from '../access/access-plan.service.js';
import { restored } from '../access/gains.rules.js';
import { GainsService } from '../access/gains.service.js';
import { versionOf } from '../access/grants.rules.js';
import { GrantsService } from '../access/grants.service.js';
import { ResourcesService } from '../access/resources.service.js';
import { TeamsStore } from './teams.store.js';

const OFFERED: readonly Capability[] = ['teams.see', 'teams.update', 'teams.delete'];

/** People of a tenant who are given things together. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly gains: GainsService,
    private readonly grants: GrantsService,
    private readonly plans: AccessPlanService,
    private readonly resources: ResourcesService,
    private readonly store: TeamsStore,
    private readonly tenants: TenantsService,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, { tenant: asked, q }: ListTeams): Promise<TeamList> {
    this.access.requireEver(actor, 'teams.see');
    const wanted = asked === undefined ? undefined : ((await this.tenants.findId(asked)) ?? 'none');
    const text = q?.toLowerCase();
    const rows = (await this.store.all()).filter(
      ({ tenantId, name }) =>
        (wanted === undefined || wanted === tenantId) &&
        (text === undefined || name.toLowerCase().includes(text)) &&
        this.access.allows(actor, 'teams.see', onTenant(tenantId)),
    );
    const items = await this.show(actor, rows);
    return { items, version: versionOf(items) };
  }

  async detail(actor: Actor, id: TeamId): Promise<TeamDetail> {
    const row = await this.find(actor, id);
    const mayRead = this.access.allows(actor, 'access.explain', onTenant(row.tenantId));
    return { item: await this.shown(actor, row), grants: mayRead ? await this.grants.show(this.grantsOf(id)) : null };
  }

  /** As the list shows it; undefined where there is none, or none this actor may see. */
  async findShown(actor: Actor, id: TeamId): Promise<Team | undefined> {
    const row = await this.store.find(id);
    if (!row || !this.access.allows(actor, 'teams.see', onTenant(row.tenantId))) return undefined;
    return this.shown(actor, row);
  }

  async create(actor: Actor, { tenant: slug, members, ...wanted }: CreateTeam): Promise<Team> {
    const tenant = await this.tenantFor(actor, slug);
    const name = wanted.name.normalize('NFC');
    const row: TeamRow = { ...wanted, id: newId('tea'), tenantId: tenant.id, name, nameKey: keyOf(name), createdAt: this.clock.now() }; // prettier-ignore
    await this.write(actor, undefined, row, new Set(members));
    return this.shown(actor, row);
  }

  async update(actor: Actor, id: TeamId, { members, version, ...changes }: UpdateTeam): Promise<Team> {
    const before = await this.find(actor, id);
    this.access.require(actor, 'teams.update', onTenant(before.tenantId));
    const name = changes.name?.normalize('NFC') ?? before.name;
    const row: TeamRow = {
      ...before,
      name,
      nameKey: keyOf(name),
      description: changes.description ?? before.description,
      priority: changes.priority ?? before.priority,
    };
    await this.write(actor, before, row, members && new Set(members), version);
    return this.shown(actor, row);
  }

  /** What was granted to it goes with it. */
  async delete(actor: Actor, id: TeamId): Promise<void> {
    const row = await this.find(actor, id);
    this.access.require(actor, 'teams.delete', onTenant(row.tenantId));
    await this.book.changeAfter(
      async (state) => {
        const grants = this.grantsOf(id);
        const writes = { dropTeams: [id], dropGrants: grants.map((grant) => grant.id) };
        await this.assertMayChange(actor, state, row, writes);
        return { grants, writes };
      },
      async (rows, { grants, writes }) => {
        await this.store.remove(rows, id);
        await this.audit.record(rows, {
          actor,
          action: 'teams.delete',
          target: toTarget(row),
          outcome: 'done',
          details: { members: [...this.membersOf(id)], grants: grants.map(({ target }) => target) },
        });
        return { writes, result: undefined };
      },
    );
  }

  private async write(
    actor: Actor,
    before: TeamRow | undefined,
    row: TeamRow,
    wanted: ReadonlySet<UserId> | undefined,
    version?: string,
  ): Promise<void> {
    await this.book.changeAfter(
      async (state) => {
        if (version !== undefined) await this.assertVersion(row.id, version);
        const known = this.membersOf(row.id);
        const members = wanted ?? known;
        const joined = [...members].filter((id) => !known.has(id));
        await this.assertOfTenant(row.tenantId, joined);
        const { id, tenantId, name, priority } = row;
        const writes = { putTeams: [{ id, tenantId, name, priority, members }] };
        // Whoever moves it before others hands on what it was given as well.
        const isMoved = before !== undefined && before.priority !== row.priority;
        if (before && (isMoved || joined.length > 0))
          await this.assertMayLetIn(actor, before, joined, isMoved ? members : joined);
        if (before) await this.assertMayChange(actor, state, row, writes);
        return { members, joined, left: [...known].filter((one) => !members.has(one)), writes };
      },
      async (rows, { members, joined, left, writes }) => {
        if (row.nameKey !== before?.nameKey && (await this.store.isNamed(rows, row.tenantId, row.nameKey)))
          throw conflict('name_taken', `There is a team ${row.name} already.`, { params: { name: row.name } });
        await this.store.put(rows, row, [...members]);
        await this.audit.record(rows, {
          actor,
          action: before ? 'teams.update' : 'teams.create',
          target: toTarget(row),
          outcome: 'done',
          details: { name: row.name, priority: row.priority, joined, left },
        });
        return { writes, result: undefined };
      },
    );
  }

  /** Whoever lets somebody into a team gives them all the team was given. */
  private async assertMayLetIn(
    actor: Actor,
    { id, tenantId }: TeamRow,
    joined: readonly UserId[],
    given: Iterable<UserId>,
  ): Promise<void> {
    if (isStaff(actor)) return;
    const carried = await this.plans.carriedBy(tenantId, given);
    for (const grant of this.grantsOf(id)) {
      const resource = await this.resources.of(grant.target, grant.tenantId);
      if (!resource) continue;
      this.plans.assertMayHandOn(this.gains.lasting(actor), grant, resource, 'members', carried);
      if (locksOwnerOut(joined, resource.on, grant.deny))
        throw forbidden({ missing: ['containers.manageAccess'], resource: grant.target.id, grantedBy: ['owner', 'administrator'] }); // prettier-ignore
    }
  }

  /** Whoever is in no longer, or in another order, may come to what the team stood before or took away. */
  private async assertMayChange(actor: Actor, state: AccessState, { id, tenantId }: TeamRow, writes: AccessWrites) {
    if (isStaff(actor)) return;
    const after = afterWrites(state, writes);
    await this.gains.assertHeld(actor, state, {
      before: restored(state),
      after: restored(after),
      tenantId,
      people: touchedBy(state, after, writes),
      things: await this.gains.under(this.grantsOf(id).map(({ target }) => target), tenantId), // prettier-ignore
      path: 'members',
    });
  }

  private async assertOfTenant(tenantId: TenantId, ids: readonly UserId[]): Promise<void> {
    const there = new Set(await this.users.idsIn(tenantId));
    const strangers = ids.filter((id) => !there.has(id));
    if (strangers.length > 0)
      throw invalid([
        { path: 'members', code: 'unknown_principal', message: `${strangers.join(', ')} is nobody of this tenant.` },
      ]);
  }

  private async tenantFor(actor: Actor, slug: string): Promise<Tenant> {
    const tenant = await this.tenants.find(slug);
    if (!tenant || !(isStaff(actor) || tenant.id === actor.tenantId)) throw notFound('tenant', slug);
    this.access.require(actor, 'teams.create', onTenant(tenant.id));
    return tenant;
  }

  private async find(actor: Actor, id: TeamId): Promise<TeamRow> {
    const row = await this.store.find(id);
    if (!row || !this.access.allows(actor, 'teams.see', onTenant(row.tenantId))) throw notFound('team', id);
    return row;
  }

  private async shown(actor: Actor, row: TeamRow): Promise<Team> {
    const [team] = await this.show(actor, [row]);
    if (!team) throw notFound('team', row.id);
    return team;
  }

  private async show(actor: Actor, rows: readonly TeamRow[]): Promise<Team[]> {
    const tenants = new Map((await this.tenants.all()).map((tenant) => [tenant.id, tenant]));
    const people = new Map<UserId, { id: UserId; name: string; username: string }>();
    for (const id of new Set(rows.map(({ tenantId }) => tenantId)))
      for (const user of (await this.users.list(tenants.get(id))).users)
        people.set(user.id, { id: user.id, name: user.displayName, username: user.username });
    return rows.flatMap((row) => {
      const tenant = tenants.get(row.tenantId);
      if (!tenant) return [];
      const members = [...this.membersOf(row.id)].flatMap((id) => people.get(id) ?? []);
      return [
        {
          id: row.id,
          tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name },
          name: row.name,
          description: row.description,
          priority: row.priority,
          members: members.sort((one, other) => one.name.localeCompare(other.name)),
          grants: this.grantsOf(row.id).length,
          createdAt: toIso(row.createdAt),
          version: this.versionOf(row),
          rights: rightsHere(actor, row.tenantId),
        },
      ];
    });
  }

  /** Of all that can be changed of it. */
  private versionOf({ id, name, description, priority }: TeamRow): string {
    return versionOf([name, description, priority, [...this.membersOf(id)].sort()]);
  }

  /** Somebody else was faster: nothing of theirs is overwritten unseen. */
  private async assertVersion(id: TeamId, version: string): Promise<void> {
    const row = await this.store.find(id);
    if (row && this.versionOf(row) === version) return;
    throw conflict('conflict', 'This team was changed meanwhile. Look at it again, then repeat what you want.');
  }

  private membersOf(id: TeamId): ReadonlySet<UserId> {
    return this.book.state.teams.get(id)?.members ?? new Set();
  }

  private grantsOf(id: TeamId): KnownGrant[] {
    return [...this.book.state.grants.values()].filter(({ principal }) => principal.id === id);
  }
}

const rightsHere = (actor: Actor, tenantId: TenantId): Rights => rightsOn(actor, OFFERED, onTenant(tenantId));
const keyOf = (name: string): string => name.toLocaleLowerCase('en');
const toTarget = ({ id, name, tenantId }: TeamRow) => ({ kind: 'team', id, label: name, tenantId });
