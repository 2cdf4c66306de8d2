import { Injectable } from '@nestjs/common';
import {
  CAPABILITIES,
  Capability,
  type Grant,
  isOffered,
  type RoleException,
  type TargetAccess,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { heldOn, isAdopted } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { KnownGrant } from '../../foundation/access/standing.js';
import { Clock } from '../../kernel/clock.js';
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
    const own = all.filter(({ target }) => target.id === id);
    const held = new Set<string | null | undefined>(holdersOf(resource));
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

  private grantable(actor: Actor, { target, on }: Resource): Capability[] {
    if (!this.access.allows(actor, 'containers.manageAccess', on)) return [];
    if (target.kind === 'environment' && !isStaff(actor)) return [];
    const here = Capability.options.filter((capability) => {
      const { grantable } = CAPABILITIES[capability];
      return isOffered(capability) && (grantable === 'thing' || (grantable === 'tenant' && target.kind === 'tenant'));
    });
    return heldOn(actor, here, on);
  }
}

/** What hands something down to it. */
const holdersOf = ({ on }: Resource) => [
  on.stack,
  on.projectId,
  ...(isAdopted(on) ? [on.environmentId, on.tenantId] : []),
];
