import { Injectable } from '@nestjs/common';
import {
  type AccessChange,
  type Capability,
  DEFAULT_ROLE,
  NO_ROLE,
  type GrantTarget,
  type Principal,
  type TenantId,
  type UserId,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { heldOn } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type AccessWrites, afterWrites } from '../../foundation/access/access-state.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { AccessState, KnownException, KnownGrant } from '../../foundation/access/standing.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import { Clock } from '../../kernel/clock.js';
import { AppError, conflict, forbidden, invalid } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import {
  assertGrantable,
  assertVersion,
  exceptionDetails,
  givenBy,
  grantDetails,
  grantOf,
  handedOn,
  isOnlyLent,
  isSameGrant,
  locksOwnerOut,
  meaningOf,
  principalsOf,
} from './access-changes.rules.js';
import { PrincipalsService } from './principals.service.js';
import { type Resource, ResourcesService } from './resources.service.js';

type GrantChange = Extract<AccessChange, { op: 'grant' }>;
type ExceptionChange = Extract<AccessChange, { op: 'exception' }>;
type LendChange = Extract<AccessChange, { op: 'lend' }>;
type RevokeChange = Extract<AccessChange, { op: 'revoke' }>;

const NOTHING_LENT: KnownGrant['lent'] = [];

/** One change, worked out: what is written, and what the trail says of it. */
export interface PlannedChange {
  readonly writes: AccessWrites;
  readonly resource: Resource;
  /** Whose rights it is about. */
  readonly people: readonly UserId[];
  readonly details: Record<string, unknown>;
}

/** What a staged edit comes to, checked against who asks: nobody hands on what they do not hold. */
export interface AccessPlan {
  readonly changes: readonly PlannedChange[];
  readonly after: AccessState;
}

/** Works out what a staged edit would do, and refuses what may not be done. */
@Injectable()
export class AccessPlanService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly resources: ResourcesService,
    private readonly principals: PrincipalsService,
    private readonly roles: RoleCatalogue,
    private readonly clock: Clock,
  ) {}

  async plan(actor: Actor, changes: readonly AccessChange[], reason: string): Promise<AccessPlan> {
    let state = this.book.state;
    const planned: PlannedChange[] = [];
    for (const [position, change] of changes.entries()) {
      const done = await this.planOne(actor, state, change, { path: `changes.${position}`, reason });
      state = afterWrites(state, done.writes);
      planned.push(done);
    }
    return { changes: planned, after: state };
  }

  /** 403 where a grant gives more than this actor holds on that thing: whoever is let under it is given as much. */
  assertMayHandOn(actor: Actor, grant: KnownGrant, resource: Resource, path: string): void {
    const { state } = this.book;
    const ofProject = grant.target.kind === 'project' ? state.projects.get(grant.target.id)?.defaultRole : undefined;
    const role = grant.role ?? ofProject;
    // By the role each carries, it may be any of them.
    const named = role === undefined ? [...state.roles.keys()] : [role];
    this.assertHolds(actor, resource, path, [...givenBy(grant, meaningOf(state, named))]);
  }

  private planOne(actor: Actor, state: AccessState, change: AccessChange, at: { path: string; reason: string }) {
    switch (change.op) {
      case 'grant':
        return this.grant(actor, state, change, at);
      case 'lend':
        return this.lend(actor, state, change, at);
      case 'revoke':
        return this.revoke(actor, state, change, at);
      case 'exception':
        return this.except(actor, state, change, at);
    }
  }

  private async grant(
    actor: Actor,
    state: AccessState,
    change: GrantChange,
    { path, reason }: { path: string; reason: string },
  ): Promise<PlannedChange> {
    const resource = await this.resourceOf(actor, change.target);
    const tenantId = await this.tenantOf(state, change.principal, resource, path);
    if (change.role !== null) this.roles.assertKnown(change.role, `${path}.role`);
    assertGrantable(change, change.target.kind, path);
    const there = grantOf(state, change.principal, change.target);
    assertVersion(there, change.version, change);
    // One that is over gives nothing: whatever stands here now is new.
    const before = there && !isOver(there, this.clock.now()) ? there : undefined;
    const after: KnownGrant = {
      id: there?.id ?? newId('gr'),
      tenantId,
      principal: change.principal,
      target: change.target,
      role: change.role,
      allow: new Set(change.allow),
      deny: new Set(change.deny),
      lent: before?.lent ?? NOTHING_LENT,
      reason: reason === '' ? (before?.reason ?? null) : reason,
      grantedBy: actor.userId,
      grantedByName: actor.displayName,
      byStaff: isStaff(actor),
      grantedAtMs: this.clock.now(),
      expiresAtMs: change.expiresAt === null ? null : this.laterMs(change.expiresAt, `${path}.expiresAt`),
      version: (there?.version ?? 0) + 1,
    };
    if (before && isSameGrant(before, after))
      throw conflict('wrong_state', 'They have exactly that already.', { params: { grant: before.id } });
    if (!isStaff(actor) && locksOwnerOut(change.principal, resource.on, after.deny))
      throw forbidden({ missing: ['containers.manageAccess'], resource: resource.on.id ?? null, grantedBy: ['owner', 'administrator'] }); // prettier-ignore
    const meanings = await this.meaningsOf(state, after, [before?.role, after.role]);
    this.assertHolds(actor, resource, path, handedOn(
      { given: givenBy(before, before ? meanings(before.role) : []), deny: before?.deny ?? new Set() },
      { given: givenBy(after, meanings(after.role)), deny: after.deny },
    )); // prettier-ignore
    return {
      writes: { putGrants: [after] },
      resource,
      people: principalsOf(state, change.principal),
      details: { op: 'grant', grantId: after.id, principal: change.principal, target: change.target, before: before ? grantDetails(before) : null, after: grantDetails(after) }, // prettier-ignore
    };
  }

  /** On top of what they have there, until then; without anything there, that and nothing else. */
  private async lend(
    actor: Actor,
    state: AccessState,
    { principal, target, capabilities, until }: LendChange,
    { path, reason }: { path: string; reason: string },
  ): Promise<PlannedChange> {
    const resource = await this.resourceOf(actor, target);
    const tenantId = await this.tenantOf(state, principal, resource, path);
    assertGrantable({ allow: capabilities, deny: [] }, target.kind, path);
    const untilMs = this.laterMs(until, `${path}.until`);
    this.assertHolds(actor, resource, path, capabilities);
    const now = this.clock.now();
    const there = grantOf(state, principal, target);
    const before = there && !isOver(there, now) ? there : undefined;
    const kept = (before?.lent ?? NOTHING_LENT).filter(
      (lent) => lent.untilMs > now && !capabilities.includes(lent.capability),
    );
    const lent = [...kept, ...capabilities.map((capability) => ({ capability, untilMs }))];
    const isAlone = before === undefined || isOnlyLent(before);
    const after: KnownGrant = {
      id: there?.id ?? newId('gr'),
      tenantId,
      principal,
      target,
      role: isAlone ? NO_ROLE : before.role,
      allow: isAlone ? new Set() : before.allow,
      deny: isAlone ? new Set() : before.deny,
      lent,
      reason: isAlone ? reason : before.reason,
      grantedBy: isAlone ? actor.userId : before.grantedBy,
      grantedByName: isAlone ? actor.displayName : before.grantedByName,
      byStaff: isAlone ? isStaff(actor) : before.byStaff && isStaff(actor),
      grantedAtMs: isAlone ? now : before.grantedAtMs,
      expiresAtMs: isAlone ? Math.max(...lent.map((each) => each.untilMs)) : before.expiresAtMs,
      version: (there?.version ?? 0) + 1,
    };
    return {
      writes: { putGrants: [after] },
      resource,
      people: principalsOf(state, principal),
      details: { op: 'lend', grantId: after.id, principal, target, capabilities, until },
    };
  }

  private async revoke(
    actor: Actor,
    state: AccessState,
    change: RevokeChange,
    { path }: { path: string },
  ): Promise<PlannedChange> {
    const before = state.grants.get(change.grantId);
    const resource = before && (await this.resources.find(actor, before.target.id));
    if (!before || !resource)
      throw invalid([{ path: `${path}.grantId`, code: 'unknown_grant', message: 'There is no such grant.' }]);
    this.access.require(actor, 'containers.manageAccess', resource.on);
    assertVersion(before, change.version, change);
    // What is taken away here may be given elsewhere: then this would hand it on.
    this.assertHolds(actor, resource, path, [...before.deny]);
    return {
      writes: { dropGrants: [before.id] },
      resource,
      people: principalsOf(state, before.principal),
      details: { op: 'revoke', grantId: before.id, principal: before.principal, target: before.target, before: grantDetails(before) }, // prettier-ignore
    };
  }

  private async except(
    actor: Actor,
    state: AccessState,
    change: ExceptionChange,
    { path }: { path: string },
  ): Promise<PlannedChange> {
    const { containerId, role, allow, deny } = change;
    const resource = await this.resourceOf(actor, { kind: 'container', id: containerId });
    this.roles.assertKnown(role, `${path}.role`);
    assertGrantable(change, 'container', path);
    const before = state.exceptions.get(containerId)?.get(role);
    assertVersion(before, change.version, change);
    const after: KnownException = {
      allow: new Set(allow),
      deny: new Set(deny),
      updatedBy: actor.userId,
      updatedByName: actor.displayName,
      updatedAtMs: this.clock.now(),
      version: (before?.version ?? 0) + 1,
    };
    const own = meaningOf(state, [role]);
    this.assertHolds(actor, resource, path, handedOn(
      { given: givenBy(before ?? { allow: new Set(), deny: new Set() }, own), deny: before?.deny ?? new Set() },
      { given: givenBy(after, own), deny: after.deny },
    )); // prettier-ignore
    const isNone = allow.length === 0 && deny.length === 0;
    return {
      writes: isNone ? { dropExceptions: [[containerId, role]] } : { putExceptions: [[containerId, role, after]] },
      resource,
      people: [...(await this.principals.inTenant(resource.on.tenantId)).keys()],
      details: { op: 'exception', containerId, role, before: before ? exceptionDetails(before) : null, after: exceptionDetails(after) }, // prettier-ignore
    };
  }

  private async resourceOf(actor: Actor, target: GrantTarget): Promise<Resource> {
    const resource = await this.resources.get(actor, target.id);
    this.access.require(actor, 'containers.manageAccess', resource.on);
    return resource;
  }

  /** Only people and teams of the tenant whose thing it is; who is elsewhere is nobody here. */
  private async tenantOf(
    state: AccessState,
    principal: Principal,
    { target, on }: Resource,
    path: string,
  ): Promise<TenantId> {
    const anyTenant = target.kind === 'environment';
    const home = principal.kind === 'team' ? state.teams.get(principal.id)?.tenantId : (await this.principals.find(principal.id))?.tenantId; // prettier-ignore
    if (home !== undefined && (anyTenant || home === on.tenantId)) return home;
    throw invalid([
      { path: `${path}.principal`, code: 'unknown_principal', message: `There is no such ${principal.kind} in the tenant of this ${target.kind}.` }, // prettier-ignore
    ]);
  }

  private laterMs(moment: string, path: string): number {
    const ms = Date.parse(moment);
    if (ms > this.clock.now()) return ms;
    throw invalid([{ path, code: 'past', message: 'This moment is over. Choose a later one.' }]);
  }

  /** What each of those roles can mean to a principal on a target. */
  private async meaningsOf(
    state: AccessState,
    { principal, target, tenantId }: KnownGrant,
    asked: ReadonlyArray<string | null | undefined>,
  ): Promise<(role: string | null) => ReturnType<typeof meaningOf>> {
    const ofProject = target.kind === 'project' ? state.projects.get(target.id)?.defaultRole : undefined;
    const carried =
      asked.includes(null) && ofProject === undefined ? await this.rolesCarriedBy(state, principal, tenantId) : [];
    return (role) => meaningOf(state, role !== null ? [role] : ofProject !== undefined ? [ofProject] : carried);
  }

  private async rolesCarriedBy(state: AccessState, principal: Principal, tenantId: TenantId): Promise<string[]> {
    const people = await this.principals.inTenant(tenantId);
    return [DEFAULT_ROLE, ...principalsOf(state, principal).flatMap((id) => people.get(id)?.roleTag ?? [])];
  }

  private assertHolds(actor: Actor, { on }: Resource, path: string, capabilities: readonly Capability[]): void {
    const held = new Set(heldOn(actor, capabilities, on));
    const missing = capabilities.filter((capability) => !held.has(capability));
    if (missing.length === 0) return;
    throw new AppError('forbidden', 403, `Nobody hands on what they do not hold: ${missing.join(', ')}.`, {
      params: { missing, resource: on.id ?? null, grantedBy: ['owner', 'administrator'], path },
    });
  }
}
