import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Capability, CreateTenant, Tenant as ShownTenant, TenantId, TenantList } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { onTenant } from '../../foundation/access/access.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { type AuditTarget, AuditService } from '../../foundation/audit/audit.service.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import { TenantFilesService } from '../../foundation/identity/tenant-files.service.js';
import { DEFAULT_TENANT, TenantsService } from '../../foundation/identity/tenants.service.js';
import { TokensService } from '../../foundation/identity/tokens.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { rightsOnTenant } from './tenants.rules.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** A tenant came, is called otherwise, or was closed or opened again. */
    'tenant.changed': { tenantId: TenantId };
  }
}

/** The separate grounds of one installation. */
@Injectable()
export class TenantAdministrationService {
  constructor(
    private readonly access: AccessService,
    private readonly tenants: TenantsService,
    private readonly files: TenantFilesService,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly tokens: TokensService,
    private readonly containers: ContainerRowsService,
    private readonly stepUp: StepUpService,
    private readonly audit: AuditService,
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  async list(actor: Actor): Promise<TenantList> {
    const reach = this.access.requireReach(actor, 'tenants.see');
    const tenants = (await this.tenants.all()).filter(({ id }) => reach === 'all' || id === reach);
    const items = await Promise.all(tenants.map((tenant) => this.show(actor, tenant)));
    const version = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
    return { items, version };
  }

  async get(actor: Actor, slugOrId: string): Promise<ShownTenant> {
    return this.show(actor, await this.find(actor, 'tenants.see', slugOrId));
  }

  /** As the list shows it; undefined where there is none, or none this actor may see. */
  async findShown(actor: Actor, id: TenantId): Promise<ShownTenant | undefined> {
    if (!this.access.allows(actor, 'tenants.see', onTenant(id))) return undefined;
    const tenant = await this.tenants.find(id);
    return tenant === null ? undefined : this.show(actor, tenant);
  }

  async create(actor: Actor, wanted: CreateTenant): Promise<ShownTenant> {
    this.access.require(actor, 'tenants.create', null);
    this.stepUp.assertProved(actor);
    const tenant = await this.database.transaction(async (rows) => {
      const made = await this.tenants.create(rows, wanted);
      await this.audit.record(rows, {
        actor,
        action: 'tenants.create',
        target: toTarget(made),
        outcome: 'done',
        details: { ...wanted },
      });
      return made;
    });
    await this.tenants.finish(tenant);
    this.events.publish('tenant.changed', { tenantId: tenant.id });
    return this.show(actor, tenant);
  }

  async rename(actor: Actor, slugOrId: string, name: string): Promise<ShownTenant> {
    const before = await this.find(actor, 'tenants.update', slugOrId);
    const after = await this.database.transaction(async (rows) => {
      await this.audit.record(rows, {
        actor,
        action: 'tenants.rename',
        target: toTarget(before),
        outcome: 'done',
        details: { name: { from: before.name, to: name } },
      });
      return this.tenants.rename(rows, before.id, name);
    });
    await this.tenants.finish(after);
    this.events.publish('tenant.changed', { tenantId: after.id });
    return this.show(actor, after);
  }

  /** Nobody of it signs in until it is restored; what it runs goes on running. */
  async archive(actor: Actor, slugOrId: string): Promise<ShownTenant> {
    const tenant = await this.find(actor, 'tenants.archive', slugOrId);
    this.stepUp.assertProved(actor);
    if (tenant.slug === DEFAULT_TENANT)
      throw conflict('self_protection', 'The first tenant holds the staff and what nobody was given. It stays.');
    if (tenant.archivedAt !== null) throw conflict('wrong_state', 'It is archived already.');
    const people = await this.users.idsIn(tenant.id);
    const ended = await this.database.transaction(async (rows) => {
      await this.tenants.setArchived(rows, tenant.id, true);
      const sessions = [];
      for (const id of people) sessions.push(...(await this.sessions.endAll(rows, id)));
      await this.audit.record(rows, { actor, action: 'tenants.archive', target: toTarget(tenant), outcome: 'done' });
      return sessions;
    });
    for (const session of ended) this.sessions.announceEnd(session);
    for (const id of people) await this.tokens.cut(id);
    this.events.publish('tenant.changed', { tenantId: tenant.id });
    return this.get(actor, tenant.id);
  }

  async restore(actor: Actor, slugOrId: string): Promise<ShownTenant> {
    const tenant = await this.find(actor, 'tenants.archive', slugOrId);
    if (tenant.archivedAt === null) throw conflict('wrong_state', 'It is not archived.');
    await this.database.transaction(async (rows) => {
      await this.tenants.setArchived(rows, tenant.id, false);
      await this.audit.record(rows, { actor, action: 'tenants.restore', target: toTarget(tenant), outcome: 'done' });
    });
    this.events.publish('tenant.changed', { tenantId: tenant.id });
    return this.get(actor, tenant.id);
  }

  private async find(actor: Actor, capability: Capability, slugOrId: string): Promise<Tenant> {
    this.access.requireEver(actor, capability);
    const tenant = await this.tenants.find(slugOrId);
    if (!tenant || !(isStaff(actor) || tenant.id === actor.tenantId)) throw notFound('tenant', slugOrId);
    this.access.require(actor, capability, onTenant(tenant.id));
    return tenant;
  }

  private async show(actor: Actor, tenant: Tenant): Promise<ShownTenant> {
    const { id, slug, name, createdAt, archivedAt } = tenant;
    return {
      id,
      slug,
      name,
      people: (await this.users.idsIn(id)).length,
      containers: await this.containers.countIn(id),
      createdAt: toIso(createdAt),
      archivedAt: toIsoOrNull(archivedAt),
      broken: this.files.isBroken(slug),
      rights: rightsOnTenant(actor, tenant),
    };
  }
}

const toTarget = ({ id, slug }: Tenant): AuditTarget => ({ kind: 'tenant', id, label: slug, tenantId: id });
