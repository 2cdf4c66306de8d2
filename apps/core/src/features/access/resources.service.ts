import { Injectable } from '@nestjs/common';
import { type ContainerId, GrantTarget, type ProjectId, type StackKey, type TenantId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { onTenant, type Target } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { notFound } from '../../kernel/errors.js';

/** Something that can be granted on, as it is now. */
export interface Resource {
  readonly target: GrantTarget;
  readonly name: string;
  /** What a decision about it asks. */
  readonly on: Target;
}

/** Finds what an id names, for who may see it. */
@Injectable()
export class ResourcesService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly tenants: TenantsService,
  ) {}

  /** 404 for what is not there and for what this actor does not see. */
  async get(actor: Actor, id: string): Promise<Resource> {
    const found = await this.find(actor, id);
    if (!found) throw notFound('resource', id);
    return found;
  }

  /** Undefined for what is not there and for what this actor does not see. */
  async find(actor: Actor, id: string): Promise<Resource | undefined> {
    const target = toTarget(id);
    if (!target) return undefined;
    // A container that nobody knows of yet says so, instead of being gone.
    if (target.kind === 'container') this.environments.container(actor, target.id);
    const resource = await this.of(target, actor.tenantId);
    return resource && this.isVisible(actor, resource) ? resource : undefined;
  }

  /** Whether this actor sees what a grant or a request is about; what they once saw may be out of their sight now. */
  async sees(actor: Actor, target: GrantTarget): Promise<boolean> {
    const resource = await this.of(target, actor.tenantId);
    return resource !== undefined && this.isVisible(actor, resource);
  }

  /** Whoever works on a project sees it, and whoever sees something in it. */
  seesProject(actor: Actor, id: ProjectId, on: Target): boolean {
    return this.access.allows(actor, 'projects.see', on) || this.mirrors.containers().some(this.isIn(actor, id));
  }

  /** What of a project this actor sees. */
  inProject(actor: Actor, id: ProjectId): SeenContainer[] {
    return this.mirrors.containers().filter(this.isIn(actor, id));
  }

  private isIn(actor: Actor, id: ProjectId) {
    return (seen: SeenContainer) => seen.projectId === id && this.access.allows(actor, 'containers.see', seen);
  }

  /** Whoever asks; `tenantId` is whose, where it is everybody's. Undefined for what is not there. */
  async of(target: GrantTarget, tenantId: TenantId): Promise<Resource | undefined> {
    const on = await this.onOf(target, tenantId);
    const name = await this.nameOf(target);
    return on && { target, name: name ?? target.id, on };
  }

  /** Those of a tenant, archived ones included. */
  projectsOf(tenantId: TenantId): Array<{ name: string; on: Target }> {
    return [...this.book.state.projects.values()]
      .filter((project) => project.tenantId === tenantId)
      .map(({ name, ...project }) => ({ name, on: { ...project, projectId: project.id } }));
  }

  /** As decisions ask about it; undefined where there is none. */
  container(id: ContainerId): Target | undefined {
    return this.mirrors.container(id);
  }

  /** What it is called, for who holds something on it; null where it is gone. */
  async nameOf(target: GrantTarget): Promise<string | null> {
    switch (target.kind) {
      case 'container':
        return this.mirrors.container(target.id)?.name ?? null;
      case 'stack':
        return nameOfStack(target.id);
      case 'project':
        return this.book.state.projects.get(target.id)?.name ?? null;
      case 'environment':
        return this.environments.find(target.id)?.name ?? null;
      case 'tenant':
        return (await this.tenants.find(target.id))?.name ?? null;
    }
  }

  private async onOf(target: GrantTarget, tenantId: TenantId): Promise<Target | undefined> {
    const { id } = target;
    switch (target.kind) {
      case 'container':
        return this.mirrors.container(target.id);
      case 'stack': {
        const one = this.inStack(target.id)[0];
        return one && { id, tenantId: one.tenantId, ownerId: null, stack: target.id, environmentId: one.environmentId };
      }
      case 'project': {
        const project = this.book.state.projects.get(target.id);
        return project && { id, tenantId: project.tenantId, ownerId: project.ownerId, projectId: target.id };
      }
      case 'environment':
        return this.environments.find(id) && { id, tenantId, ownerId: null, environmentId: target.id };
      case 'tenant':
        return (await this.tenants.find(id)) ? onTenant(target.id) : undefined;
    }
  }

  private isVisible(actor: Actor, { target, on }: Resource): boolean {
    switch (target.kind) {
      case 'container':
        return this.access.allows(actor, 'containers.see', on);
      case 'stack':
        return this.inStack(target.id).some((seen) => this.access.allows(actor, 'containers.see', seen));
      case 'project':
        return this.seesProject(actor, target.id, on);
      case 'environment':
        return this.access.allows(actor, 'environments.see', null);
      case 'tenant':
        return target.id === actor.tenantId || isStaff(actor);
    }
  }

  private inStack(id: StackKey) {
    return this.mirrors.containers().filter(({ stack }) => stack === id);
  }
}

const nameOfStack = (id: StackKey): string => id.slice(id.indexOf('/') + 1);

/** What an id names by its form. */
function toTarget(id: string): GrantTarget | undefined {
  const kinds = ['container', 'environment', 'stack', 'project', 'tenant'] as const;
  return kinds.flatMap((kind) => GrantTarget.safeParse({ kind, id }).data ?? [])[0];
}
