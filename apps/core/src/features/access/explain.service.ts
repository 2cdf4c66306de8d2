import { Injectable } from '@nestjs/common';
import {
  type Capability,
  type Explain,
  type Explanation,
  type Fix,
  isOffered,
  type Reach,
  type ReachList,
  THING_CAPABILITIES,
  type UserId,
  type WhoCan,
  type WhoCanList,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { allows, decide } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, type BrowserActor, isStaff } from '../../foundation/access/actor.js';
import type { KnownGrant } from '../../foundation/access/standing.js';
import { reaches } from '../../foundation/access/standing.rules.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { notFound } from '../../kernel/errors.js';
import { endsOf, exceptedRole, fixesOf } from './explain.rules.js';
import { GrantsService } from './grants.service.js';
import { versionOf } from './grants.rules.js';
import { PrincipalsService } from './principals.service.js';
import { type Resource, ResourcesService } from './resources.service.js';

const MOST_NAMED = 5;

/** Says why, and who else. */
@Injectable()
export class ExplainService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly resources: ResourcesService,
    private readonly principals: PrincipalsService,
    private readonly grants: GrantsService,
    private readonly mirrors: MirrorsService,
  ) {}

  async explain(actor: Actor, { principal, resource: id, capability }: Explain): Promise<Explanation> {
    const resource = await this.resources.get(actor, id);
    const person = await this.person(actor, principal, resource);
    const { allowed, decidedBy, trace } = decide(person, capability, resource.on);
    const known = (ids: readonly string[]): KnownGrant[] =>
      [...this.book.state.grants.values()].filter((grant) => ids.includes(grant.id));
    const steps = await Promise.all(
      trace.map(async (step) => ({ ...step, sources: await this.grants.show(known(step.grants)) })),
    );
    const won = trace.find(({ wins }) => wins)?.grants ?? [];
    const excepted = exceptedRole(this.book.state, person, capability, resource.on);
    const fixes = allowed ? endsOf(won) : fixesOf({ decidedBy, grants: won }, excepted);
    const by = await this.whoHandsOn(resource);
    return {
      allowed,
      capability,
      decidedBy,
      principal: { id: person.userId, name: person.displayName, platformRole: person.platformRole, roleTag: person.roleTag }, // prettier-ignore
      resource: { target: resource.target, name: resource.name },
      trace: steps,
      fixes: fixes.map((fix) => ({ ...fix, ...this.powerOver(fix.kind, actor, person, resource, capability, by) })),
    };
  }

  /** Everybody who may do that there: for who could change it. */
  async whoCan(actor: Actor, { resource: id, capability }: WhoCan): Promise<WhoCanList> {
    const resource = await this.resources.get(actor, id);
    this.assertMayAsk(actor, resource);
    const people = await this.principals.inTenant(resource.on.tenantId);
    const items = [...people.values()].flatMap((person) => {
      const { allowed, decidedBy, trace } = decide(person, capability, resource.on);
      const { userId, displayName, username, platformRole } = person;
      const grants = trace.find(({ wins }) => wins)?.grants ?? [];
      return allowed ? [{ user: { id: userId, name: displayName, username, platformRole }, decidedBy, grants }] : [];
    });
    items.sort((one, other) => one.user.name.localeCompare(other.user.name));
    return { items, version: versionOf(items) };
  }

  /** Everything somebody can reach, as far as the asker sees it too. */
  async reach(actor: Actor, { principal }: Reach): Promise<ReachList> {
    const person = await this.principals.find(principal);
    if (!person || !this.mayAskAbout(actor, person)) throw notFound('user', principal);
    const items = this.mirrors.containers().flatMap((seen) => {
      const { allowed, decidedBy, trace } = decide(person, 'containers.see', seen);
      if (!allowed || !this.access.allows(actor, 'containers.see', seen)) return [];
      return [
        {
          target: { kind: 'container' as const, id: seen.id },
          name: seen.name,
          decidedBy,
          grants: trace.find(({ wins }) => wins)?.grants ?? [],
          can: THING_CAPABILITIES.filter((capability) => isOffered(capability) && allows(person, capability, seen)),
        },
      ];
    });
    items.sort((one, other) => one.name.localeCompare(other.name));
    const held = [...this.book.state.grants.values()].filter((grant) => reaches(this.book.state, grant, person));
    const grants = await this.grants.show(await this.visible(actor, held));
    return { items, grants, version: versionOf({ items, grants }) };
  }

  /** What is over, or rests, is on things its holder may not see any more. */
  private async visible(actor: Actor, grants: readonly KnownGrant[]): Promise<KnownGrant[]> {
    if (isStaff(actor)) return [...grants];
    const seen = await Promise.all(grants.map(({ target }) => this.resources.sees(actor, target)));
    return grants.filter((_, position) => seen[position]);
  }

  /** Oneself, or whoever is in the tenant of a thing one answers for. */
  private async person(actor: Actor, id: UserId, resource: Resource): Promise<BrowserActor> {
    if (id !== actor.userId) this.assertMayAsk(actor, resource);
    const person = await this.principals.find(id);
    if (!person || !(isStaff(actor) || person.tenantId === actor.tenantId)) throw notFound('user', id);
    return person;
  }

  private assertMayAsk(actor: Actor, { on }: Resource): void {
    if (!this.access.allows(actor, 'access.explain', on)) this.access.require(actor, 'containers.manageAccess', on);
  }

  private mayAskAbout(actor: Actor, { userId, tenantId }: BrowserActor): boolean {
    const tenant = { id: tenantId, tenantId, ownerId: null };
    return userId === actor.userId || this.access.allows(actor, 'access.explain', tenant);
  }

  /** Who could hand it on there, beside owners and administrators. */
  private async whoHandsOn({ on }: Resource): Promise<readonly BrowserActor[]> {
    const people = await this.principals.inTenant(on.tenantId);
    return [...people.values()].filter((person) => !isStaff(person) && allows(person, 'containers.manageAccess', on));
  }

  private powerOver(
    kind: Fix['kind'],
    actor: Actor,
    person: BrowserActor,
    { on }: Resource,
    capability: Capability,
    by: readonly BrowserActor[],
  ): Pick<Fix, 'by' | 'mine'> {
    const isOwn = actor.userId === person.userId;
    switch (kind) {
      case 'set_up_second_factor':
        return { by: [person.displayName], mine: isOwn };
      case 'request':
        return { by: [person.displayName], mine: isOwn };
      case 'enable_account':
      case 'raise_platform_role':
        return { by: ['owner', 'administrator'], mine: isStaff(actor) && !isOwn };
      default: {
        const mine = allows(actor, 'containers.manageAccess', on) && allows(actor, capability, on);
        return {
          by: [...by.slice(0, MOST_NAMED).map(({ displayName }) => displayName), 'owner', 'administrator'],
          mine,
        };
      }
    }
  }
}
