import { Injectable } from '@nestjs/common';
import { type AccessChange, DEFAULT_ROLE, type Principal, type TenantId, type UserId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { afterWrites } from '../../foundation/access/access-state.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { AccessState, KnownGrant } from '../../foundation/access/standing.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { Clock } from '../../kernel/clock.js';
import { invalid } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { givenBy, grantOf, meaningOn, principalsOf } from './access-changes.rules.js';
import {
  assertHolds,
  type GrantChange,
  type Ground,
  type PlannedChange,
  plannedException,
  plannedGrant,
  plannedLoan,
  plannedRevocation,
} from './access-plan.rules.js';
import { PrincipalsService } from './principals.service.js';
import { type Resource, ResourcesService } from './resources.service.js';

/** What a staged edit comes to, checked against who asks: nobody hands on what they do not hold. */
export interface AccessPlan {
  readonly changes: readonly PlannedChange[];
  readonly after: AccessState;
}

type At = Pick<Ground, 'path' | 'reason'>;

/** Works out what a staged edit would do, and refuses what may not be done. */
@Injectable()
export class AccessPlanService {
  constructor(
    private readonly book: AccessBook,
    private readonly resources: ResourcesService,
    private readonly principals: PrincipalsService,
    private readonly clock: Clock,
  ) {}

  /** As of `before`: what the actor holds in it, and what the changes make of it. */
  async plan(asked: Actor, before: AccessState, changes: readonly AccessChange[], reason: string): Promise<AccessPlan> {
    const actor = this.principals.asIn(before, asked);
    let state = before;
    const planned: PlannedChange[] = [];
    for (const [position, change] of changes.entries()) {
      const done = await this.planOne(actor, state, change, { path: `changes.${position}`, reason });
      state = afterWrites(state, done.writes);
      planned.push(done);
    }
    return { changes: planned, after: state };
  }

  /** 403 where a grant gives more than this actor holds on that thing to those who carry these roles. */
  assertMayHandOn(actor: Actor, grant: KnownGrant, resource: Resource, path: string, carried: readonly string[]): void {
    const nowMs = this.clock.now();
    if (isOver(grant, nowMs)) return;
    const { state } = this.book;
    const ofProject = grant.target.kind === 'project' ? state.projects.get(grant.target.id)?.defaultRole : undefined;
    const role = grant.role ?? ofProject;
    const named = role === undefined ? [DEFAULT_ROLE, ...carried] : [role];
    assertHolds({ actor, resource, path }, [
      ...givenBy(grant, meaningOn(state, resource.target, named)),
      ...grant.lent.filter(({ untilMs }) => untilMs > nowMs).map(({ capability }) => capability),
    ]);
  }

  /** What those of these people carry who carry something. */
  async carriedBy(tenantId: TenantId, ids: Iterable<UserId>): Promise<string[]> {
    const people = await this.principals.inTenant(tenantId);
    return [...ids].flatMap((id) => people.get(id)?.roleTag ?? []);
  }

  /** On something that is only to be made; what it is given is checked like any other grant. */
  async planNew(
    asked: Actor,
    resource: Resource,
    gifts: ReadonlyArray<Pick<GrantChange, 'principal' | 'role'>>,
    path: string,
  ): Promise<PlannedChange[]> {
    const actor = this.principals.asIn(this.book.state, asked);
    const planned: PlannedChange[] = [];
    for (const [position, gift] of gifts.entries()) {
      const change: GrantChange = { op: 'grant', ...gift, target: resource.target, allow: [], deny: [], expiresAt: null, version: 0 }; // prettier-ignore
      const at = { path: `${path}.${position}`, reason: '' };
      planned.push(await this.planGrant({ actor, state: this.book.state, resource, ...at }, change));
    }
    return planned;
  }

  private async planGrant(ground: Omit<Ground, 'nowMs'>, change: GrantChange): Promise<PlannedChange> {
    const { state } = ground;
    const tenantId = await this.homeOf(state, change.principal);
    const carries = tenantId === undefined ? [DEFAULT_ROLE] : await this.carriedTo(state, change, tenantId);
    return plannedGrant({ ...ground, nowMs: this.clock.now() }, change, { tenantId, carries, newId: newId('gr') });
  }

  private async planOne(actor: Actor, state: AccessState, change: AccessChange, at: At): Promise<PlannedChange> {
    const nowMs = this.clock.now();
    switch (change.op) {
      case 'grant': {
        const resource = await this.resources.get(actor, change.target.id);
        return this.planGrant({ actor, state, resource, ...at }, change);
      }
      case 'lend': {
        const resource = await this.resources.get(actor, change.target.id);
        const tenantId = await this.homeOf(state, change.principal);
        return plannedLoan({ actor, state, resource, nowMs, ...at }, change, { tenantId, newId: newId('gr') });
      }
      case 'revoke': {
        const grant = state.grants.get(change.grantId);
        const resource = grant && (await this.resources.find(actor, grant.target.id));
        if (!grant || !resource)
          throw invalid([{ path: `${at.path}.grantId`, code: 'unknown_grant', message: 'There is no such grant.' }]);
        return plannedRevocation({ actor, state, resource, nowMs, ...at }, grant, change.version);
      }
      case 'exception': {
        const resource = await this.resources.get(actor, change.containerId);
        const people = [...(await this.principals.inTenant(resource.on.tenantId)).keys()];
        return plannedException({ actor, state, resource, nowMs, ...at }, change, people);
      }
    }
  }

  private async homeOf(state: AccessState, principal: Principal): Promise<TenantId | undefined> {
    return principal.kind === 'team'
      ? state.teams.get(principal.id)?.tenantId
      : (await this.principals.find(principal.id))?.tenantId;
  }

  /** The roles its people carry, where the grant there or the one asked for means those. */
  private async carriedTo(state: AccessState, { principal, target, role }: GrantChange, tenantId: TenantId) {
    if (role !== null && grantOf(state, principal, target)?.role !== null) return [DEFAULT_ROLE];
    return [DEFAULT_ROLE, ...(await this.carriedBy(tenantId, principalsOf(state, principal)))];
  }
}
