import {
  type AccessChange,
  type Capability,
  DEFAULT_ROLE,
  type GrantId,
  NO_ROLE,
  type Principal,
  type TenantId,
  type UserId,
} from '@bailiwick/contract';
import { allows, heldOn } from '../../foundation/access/access.rules.js';
import type { AccessWrites } from '../../foundation/access/access-state.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { refusal } from '../../foundation/access/refusal.js';
import type { AccessState, KnownException, KnownGrant, Lent } from '../../foundation/access/standing.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { AppError, conflict, forbidden, invalid } from '../../kernel/errors.js';
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
  meaningOn,
  principalsOf,
} from './access-changes.rules.js';
import type { Resource } from './resources.service.js';

export type GrantChange = Extract<AccessChange, { op: 'grant' }>;
export type ExceptionChange = Extract<AccessChange, { op: 'exception' }>;
export type LendChange = Extract<AccessChange, { op: 'lend' }>;

/** One change, worked out: what is written, and what the trail says of it. */
export interface PlannedChange {
  readonly writes: AccessWrites;
  readonly resource: Resource;
  /** Whose rights it is about. */
  readonly people: readonly UserId[];
  readonly details: Record<string, unknown>;
}

/** Who changes something, where and when. */
export interface Ground {
  readonly actor: Actor;
  readonly state: AccessState;
  /** What it is about; the actor sees it. */
  readonly resource: Resource;
  readonly nowMs: number;
  readonly reason: string;
  /** Where the change stands in what was sent. */
  readonly path: string;
}

/** Whom something is given to, as they are known. */
export interface Receiver {
  /** Undefined where there is nobody of that id. */
  readonly tenantId: TenantId | undefined;
  /** What each of them is in their tenant, and what somebody is who carries nothing. */
  readonly carries: readonly string[];
  /** What a grant to them is called if there is none yet. */
  readonly newId: GrantId;
}

const NOTHING_LENT: KnownGrant['lent'] = [];

export function plannedGrant(ground: Ground, change: GrantChange, { carries, ...receiver }: Receiver): PlannedChange {
  const { actor, state, resource, nowMs, path, reason } = ground;
  assertMayHandOnAt(ground);
  const tenantId = tenantFor(ground, change.principal, receiver.tenantId);
  if (change.role !== null) assertKnownRole(ground, change.role);
  assertGrantable(change, change.target.kind, path);
  const there = grantOf(state, change.principal, change.target);
  assertVersion(there, change.version, change);
  // One that is over gives nothing: whatever stands here now is new.
  const before = there && !isOver(there, nowMs) ? there : undefined;
  const after: KnownGrant = {
    id: there?.id ?? receiver.newId,
    tenantId,
    principal: change.principal,
    target: change.target,
    role: change.role,
    allow: new Set(change.allow),
    deny: new Set(change.deny),
    lent: before?.lent ?? NOTHING_LENT,
    reason: reason === '' ? (before?.reason ?? null) : reason,
    ...grantedBy(ground),
    expiresAtMs: change.expiresAt === null ? null : laterMs(ground, change.expiresAt, `${path}.expiresAt`),
    version: (there?.version ?? 0) + 1,
  };
  if (before && isSameGrant(before, after))
    throw conflict('wrong_state', 'They have exactly that already.', { params: { grant: before.id } });
  if (!isStaff(actor) && locksOwnerOut(principalsOf(state, change.principal), resource.on, after.deny))
    throw forbidden({ missing: ['containers.manageAccess'], resource: resource.on.id ?? null, grantedBy: ['owner', 'administrator'] }); // prettier-ignore
  const handed = handedOnBy(state, before, after, carries);
  assertHolds(ground, handed);
  // Who only takes away from what somebody gave does not answer for the rest of it.
  const isLess = before !== undefined && handed.length === 0 && !endsLater(before, after);
  const written = isLess ? { ...after, ...grantedAsIn(before) } : after;
  return {
    writes: { putGrants: [written] },
    resource,
    people: principalsOf(state, change.principal),
    details: { op: 'grant', grantId: after.id, principal: change.principal, target: change.target, before: before ? grantDetails(before) : null, after: grantDetails(after) }, // prettier-ignore
  };
}

const grantedBy = ({ actor, nowMs }: Ground) => ({
  grantedBy: actor.userId,
  grantedByName: actor.displayName,
  byStaff: isStaff(actor),
  grantedAtMs: nowMs,
});
const grantedAsIn = ({ grantedBy: by, grantedByName, byStaff, grantedAtMs }: KnownGrant) => ({
  grantedBy: by,
  grantedByName,
  byStaff,
  grantedAtMs,
});

const endsLater = (before: KnownGrant, { expiresAtMs }: KnownGrant): boolean =>
  (expiresAtMs ?? Infinity) > (before.expiresAtMs ?? Infinity);

/** What somebody comes to by a grant who had another one, or none, whichever of those roles they carry. */
function handedOnBy(
  state: AccessState,
  before: KnownGrant | undefined,
  after: KnownGrant,
  carries: readonly string[],
): Capability[] {
  const { target } = after;
  const ofProject = target.kind === 'project' ? state.projects.get(target.id)?.defaultRole : undefined;
  const all = carries.flatMap((carried) => {
    // A tag that left the catalogue means no more than none.
    const meant = ofProject ?? (state.roles.has(carried) ? carried : DEFAULT_ROLE);
    const given = (grant: KnownGrant | undefined) =>
      givenBy(grant, grant ? meaningOn(state, target, [grant.role ?? meant]) : []);
    return handedOn(
      { given: given(before), deny: before?.deny ?? new Set() },
      { given: given(after), deny: after.deny },
    );
  });
  return [...new Set(all)];
}

/** On top of what they have there, until then; without anything there, that and nothing else. */
export function plannedLoan(ground: Ground, change: LendChange, receiver: Omit<Receiver, 'carries'>): PlannedChange {
  const { actor, state, resource, nowMs, path, reason } = ground;
  const { principal, target, capabilities, until } = change;
  assertMayHandOnAt(ground);
  const tenantId = tenantFor(ground, principal, receiver.tenantId);
  assertGrantable({ allow: capabilities, deny: [] }, target.kind, path);
  const untilMs = laterMs(ground, until, `${path}.until`);
  assertHolds(ground, capabilities);
  const there = grantOf(state, principal, target);
  const before = there && !isOver(there, nowMs) ? there : undefined;
  // A loan replaces one's own of the same, and by staff anybody's; what somebody else lent stays beside it.
  const replaces = ({ by }: Lent) => isStaff(actor) || by === actor.userId;
  const kept = (before?.lent ?? NOTHING_LENT).filter(
    (lent) => lent.untilMs > nowMs && !(replaces(lent) && capabilities.includes(lent.capability)),
  );
  const maker = { by: actor.userId, byName: actor.displayName, byStaff: isStaff(actor) };
  const lent = [...kept, ...capabilities.map((capability) => ({ capability, untilMs, ...maker }))];
  const isAlone = before === undefined || isOnlyLent(before);
  const after: KnownGrant = {
    id: there?.id ?? receiver.newId,
    tenantId,
    principal,
    target,
    role: isAlone ? NO_ROLE : before.role,
    allow: isAlone ? new Set() : before.allow,
    deny: isAlone ? new Set() : before.deny,
    lent,
    reason: isAlone ? reason : before.reason,
    ...(isAlone ? grantedBy(ground) : grantedAsIn(before)),
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

export function plannedRevocation(ground: Ground, before: KnownGrant, version: number): PlannedChange {
  assertMayHandOnAt(ground);
  assertVersion(before, version, { op: 'revoke', grantId: before.id, version });
  // What is taken away here may be given elsewhere: then this would hand it on.
  assertHolds(ground, [...before.deny]);
  return {
    writes: { dropGrants: [before.id] },
    resource: ground.resource,
    people: principalsOf(ground.state, before.principal),
    details: { op: 'revoke', grantId: before.id, principal: before.principal, target: before.target, before: grantDetails(before) }, // prettier-ignore
  };
}

/** `people`: everybody whom it may be about. */
export function plannedException(ground: Ground, change: ExceptionChange, people: readonly UserId[]): PlannedChange {
  const { actor, state, resource, nowMs, path } = ground;
  const { containerId, role, allow, deny } = change;
  assertMayHandOnAt(ground);
  assertKnownRole(ground, role);
  assertGrantable(change, 'container', path);
  const before = state.exceptions.get(containerId)?.get(role);
  assertVersion(before, change.version, change);
  const after: KnownException = {
    allow: new Set(allow),
    deny: new Set(deny),
    updatedBy: actor.userId,
    updatedByName: actor.displayName,
    byStaff: isStaff(actor),
    updatedAtMs: nowMs,
    version: (before?.version ?? 0) + 1,
  };
  const own = meaningOf(state, [role]);
  const handed = handedOn(
    { given: givenBy(before ?? { allow: new Set(), deny: new Set() }, own), deny: before?.deny ?? new Set() },
    { given: givenBy(after, own), deny: after.deny },
  );
  assertHolds(ground, handed);
  // Who only takes away from what somebody said does not answer for the rest of it.
  const isLess = before !== undefined && handed.length === 0;
  const written = isLess ? { ...after, ...updatedAsIn(before) } : after;
  const isNone = allow.length === 0 && deny.length === 0;
  return {
    writes: isNone ? { dropExceptions: [[containerId, role]] } : { putExceptions: [[containerId, role, written]] },
    resource,
    people,
    details: { op: 'exception', containerId, role, before: before ? exceptionDetails(before) : null, after: exceptionDetails(after) }, // prettier-ignore
  };
}

const updatedAsIn = ({ updatedBy, updatedByName, byStaff, updatedAtMs }: KnownException) => ({
  updatedBy,
  updatedByName,
  byStaff,
  updatedAtMs,
});

/** 403 where somebody would hand on what they do not hold there. */
export function assertHolds(
  { actor, resource: { on }, path }: Pick<Ground, 'actor' | 'resource' | 'path'>,
  capabilities: readonly Capability[],
): void {
  const held = new Set(heldOn(actor, capabilities, on));
  const missing = capabilities.filter((capability) => !held.has(capability));
  if (missing.length === 0) return;
  throw new AppError('forbidden', 403, `Nobody hands on what they do not hold: ${missing.join(', ')}.`, {
    params: { missing, resource: on.id ?? null, grantedBy: ['owner', 'administrator'], path },
  });
}

/** An environment holds things of every tenant: staff alone hand it on. */
export const mayHandOnAt = (actor: Actor, { target, on }: Pick<Resource, 'target' | 'on'>): boolean =>
  (target.kind !== 'environment' || isStaff(actor)) && allows(actor, 'containers.manageAccess', on);

function assertMayHandOnAt({ actor, resource }: Ground): void {
  if (mayHandOnAt(actor, resource)) return;
  throw refusal(actor, ['containers.manageAccess'], resource.on.id ?? null);
}

function assertKnownRole({ state, path }: Ground, role: string): void {
  if (state.roles.has(role)) return;
  throw invalid([
    { path: `${path}.role`, code: 'unknown_role', message: `There is no role ${role} in the catalogue.` },
  ]);
}

/** Only people and teams of the tenant whose thing it is; who is elsewhere is nobody here. */
function tenantFor({ resource, path }: Ground, principal: Principal, home: TenantId | undefined): TenantId {
  const { target, on } = resource;
  if (home !== undefined && (target.kind === 'environment' || home === on.tenantId)) return home;
  throw invalid([
    { path: `${path}.principal`, code: 'unknown_principal', message: `There is no such ${principal.kind} in the tenant of this ${target.kind}.` }, // prettier-ignore
  ]);
}

function laterMs({ nowMs }: Ground, moment: string, path: string): number {
  const ms = Date.parse(moment);
  if (ms > nowMs) return ms;
  throw invalid([{ path, code: 'past', message: 'This moment is over. Choose a later one.' }]);
}
