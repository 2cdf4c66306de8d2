import { Injectable } from '@nestjs/common';
import type {
  GrantablePrincipal,
  GrantableRole,
  LookForHolders,
  LookForPrincipals,
  PrincipalList,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { heldOn } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import { meaningOn } from './access-changes.rules.js';
import { inOrderOfUse, isFoundBy, toChoosableTeam, toChoosableUser } from './choices.rules.js';
import { PrincipalsService } from './principals.service.js';
import { type Resource, ResourcesService } from './resources.service.js';

const MOST_SHOWN = 50;

/** Whom something can be given to, and as what. */
@Injectable()
export class ChoicesService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly resources: ResourcesService,
    private readonly principals: PrincipalsService,
    private readonly roles: RoleCatalogue,
  ) {}

  /** The people and teams of a thing's tenant, for who may hand it on. */
  async on(actor: Actor, { resource: id, q }: LookForPrincipals): Promise<PrincipalList> {
    const resource = await this.resources.get(actor, id);
    this.access.require(actor, 'containers.manageAccess', resource.on);
    const found = (await this.all(resource)).filter((principal) => isFoundBy(principal, q));
    const holding = new Set<string>(
      [...this.book.state.grants.values()]
        .filter(({ target }) => target.id === id)
        .map(({ principal }) => principal.id),
    );
    const items = inOrderOfUse(found, holding);
    const most = q === '' ? Math.max(MOST_SHOWN, holding.size) : MOST_SHOWN;
    return {
      items: items.slice(0, most),
      more: Math.max(0, items.length - most),
      roles: await this.rolesFor(actor, resource),
    };
  }

  /** The same for something that is only to be made. */
  async onNew(actor: Actor, resource: Resource, { q }: LookForHolders): Promise<PrincipalList> {
    const found = inOrderOfUse((await this.all(resource)).filter((principal) => isFoundBy(principal, q)), new Set()); // prettier-ignore
    return {
      items: found.filter(({ id }) => id !== actor.userId).slice(0, MOST_SHOWN),
      more: Math.max(0, found.length - MOST_SHOWN),
      roles: await this.rolesFor(actor, resource),
    };
  }

  private async all({ on }: Resource): Promise<GrantablePrincipal[]> {
    const people = [...(await this.principals.inTenant(on.tenantId)).values()].filter((person) => !isStaff(person));
    const teams = [...this.book.state.teams.values()].filter(({ tenantId }) => tenantId === on.tenantId);
    return [...people.map(toChoosableUser), ...teams.map(toChoosableTeam)];
  }

  private async rolesFor(actor: Actor, { target, on }: Resource): Promise<GrantableRole[]> {
    return (await this.roles.all()).map(({ name, description, builtIn }) => {
      const capabilities = [...(this.book.state.roles.get(name) ?? [])];
      const meant = meaningOn(this.book.state, target, [name]).flatMap((some) => [...some]);
      const held = new Set(heldOn(actor, meant, on));
      return {
        name,
        description,
        builtIn,
        capabilities,
        missing: meant.filter((capability) => !held.has(capability)),
      };
    });
  }
}
