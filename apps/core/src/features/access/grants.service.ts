import { Injectable } from '@nestjs/common';
import {
  CAPABILITIES,
  type AccessMark,
  Capability,
  type ContainerId,
  type Falling,
  type Grant,
  isOffered,
  type RoleException,
  type TargetAccess,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { heldOn, isAdopted, type Target } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { KnownGrant } from '../../foundation/access/standing.js';
import { isAppError } from '../../kernel/errors.js';
import { Clock } from '../../kernel/clock.js';
import type { HandedOn } from './cascade.rules.js';
import { mayHandOnAt } from './access-plan.rules.js';
import { toShownException, toShownGrant, versionOf } from './grants.rules.js';
import { PrincipalsService } from './principals.service.js';
import { type Resource, ResourcesService } from './resources.service.js';

/** What was handed on, as it is shown. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly resources: ResourcesService,
    private readonly principals: PrincipalsService,
    private readonly clock: Clock,
  ) {}

  /** Everything that holds on one thing, for who may hand it on or at least explain it. */
  async on(actor: Actor, id: string): Promise<TargetAccess> {
    const resource = await this.resources.get(actor, id);
    if (!this.access.allows(actor, 'access.explain', resource.on))
      this.access.require(actor, 'containers.manageAccess', resource.on);
    const { grants, exceptions } = this.book.state;
    const all = [...grants.values()];
    // An environment holds things of every tenant.
    const own = all.filter(
      ({ target, tenantId }) => target.id === id && (isStaff(actor) || tenantId === resource.on.tenantId),
    );
    const held = new Set<string | null | undefined>(holdersOf(resource.on));
    const inherited = all.filter(
      ({ target, tenantId }) => target.id !== id && held.has(target.id) && tenantId === resource.on.tenantId,
    );
    const container = resource.target.kind === 'container' ? resource.target.id : undefined;
    const ofRoles = container ? [...(exceptions.get(container) ?? [])] : [];
    const shown = {
      target: resource.target,
      targetName: resource.name,
      grants: await this.show(own),
      inherited: await this.show(inherited),
      exceptions: container
        ? ofRoles.map(([role, known]): RoleException => toShownException(container, role, known))
        : [],
      grantable: this.grantable(actor, resource),
    };
    return { ...shown, version: versionOf(shown) };
  }

  /** Which state of it somebody may know of; that of `on`. */
  async mark(actor: Actor, id: ContainerId): Promise<AccessMark> {
    const { version } = await this.on(actor, id);
    return { id, version };
  }

  /** Undefined for who may not, or no more, look at it. */
  async findMark(actor: Actor, id: ContainerId): Promise<AccessMark | undefined> {
    try {
      return await this.mark(actor, id);
    } catch (error) {
      if (isAppError(error)) return undefined;
      throw error;
    }
  }

  /** Whether what is handed on on one of these things is shown on a container: on it, or on what holds it. */
  isShownOn(id: ContainerId, things: ReadonlySet<string>): boolean {
    const on = this.resources.container(id);
    return on !== undefined && [id, ...holdersOf(on)].some((each) => each && things.has(each));
  }

  /** As people read them, in the order they were made. */
  async show(grants: readonly KnownGrant[]): Promise<Grant[]> {
    const nameOf = await this.principals.namesOf(grants.map(({ principal }) => principal));
    const now = this.clock.now();
    const sorted = [...grants].sort((one, other) => one.grantedAtMs - other.grantedAtMs);
    return Promise.all(
      sorted.map(async (grant) =>
        toShownGrant(
          grant,
          { principalName: nameOf(grant.principal), targetName: await this.resources.nameOf(grant.target) },
          now,
        ),
      ),
    );
  }

  /** What falls, as people read it. */
  async showFalling(items: readonly HandedOn[]): Promise<Falling[]> {
    const shown: Falling[] = [];
    for (const item of items) {
      if (item.kind === 'exception') {
        const { containerId, role, exception } = item;
        const targetName = await this.resources.nameOf({ kind: 'container', id: containerId });
        shown.push({ kind: 'exception', exception: toShownException(containerId, role, exception), targetName });
        continue;
      }
      const [grant] = await this.show([item.grant]);
      if (!grant) continue;
      shown.push(item.kind === 'grant' ? { kind: 'grant', grant } : { kind: 'loan', grant, capability: item.loan.capability }); // prettier-ignore
    }
    return shown;
  }

  private grantable(actor: Actor, resource: Resource): Capability[] {
    if (!mayHandOnAt(actor, resource)) return [];
    const { target, on } = resource;
    const here = Capability.options.filter((capability) => {
      const { grantable } = CAPABILITIES[capability];
      return isOffered(capability) && (grantable === 'thing' || (grantable === 'tenant' && target.kind === 'tenant'));
    });
    return heldOn(actor, here, on);
  }
}

/** What hands something down to it. */
const holdersOf = (on: Target) => [on.stack, on.projectId, ...(isAdopted(on) ? [on.environmentId, on.tenantId] : [])];
