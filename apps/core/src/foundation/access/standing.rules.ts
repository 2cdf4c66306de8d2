import { type Capability, DEFAULT_ROLE, type TenantId, type UserId } from '@bailiwick/contract';
import {
  type AccessState,
  type HeldGrant,
  type Holding,
  type KnownGrant,
  NO_STANDING,
  type Standing,
} from './standing.js';

/** Whose rights are worked out. */
export interface Holder {
  readonly userId: UserId;
  readonly tenantId: TenantId;
  readonly roleTag: string | null;
}

const NOTHING: ReadonlySet<Capability> = new Set();

export const isOver = ({ expiresAtMs }: Pick<KnownGrant, 'expiresAtMs'>, nowMs: number): boolean =>
  expiresAtMs !== null && expiresAtMs <= nowMs;

/** When something of a grant ends by itself next, epoch milliseconds. */
export function nextEndOf({ expiresAtMs, lent }: Pick<KnownGrant, 'expiresAtMs' | 'lent'>, nowMs: number): number {
  let next = expiresAtMs !== null && expiresAtMs > nowMs ? expiresAtMs : Infinity;
  for (const { untilMs } of lent) if (untilMs > nowMs && untilMs < next) next = untilMs;
  return next;
}

/** What is lent is given, and not taken away, until then. */
function withLent(grant: KnownGrant, nowMs: number): KnownGrant {
  const lent = grant.lent.filter(({ untilMs }) => untilMs > nowMs).map(({ capability }) => capability);
  if (lent.length === 0) return grant;
  const deny = new Set([...grant.deny].filter((capability) => !lent.includes(capability)));
  return { ...grant, allow: new Set([...grant.allow, ...lent]), deny };
}

/** Whether a grant is to this person, or to a team they are in. */
export function reaches(state: AccessState, { principal, tenantId }: KnownGrant, holder: Holder): boolean {
  if (tenantId !== holder.tenantId) return false;
  if (principal.kind === 'user') return principal.id === holder.userId;
  return state.teams.get(principal.id)?.members.has(holder.userId) ?? false;
}

/** Works out everything one person was given; what is over, and what rests with an archived project, is left out. */
export function toStanding(state: AccessState, holder: Holder, nowMs: number, version: string): Standing {
  const grants = [...state.grants.values()].filter((grant) => reaches(state, grant, holder));
  const living = grants.filter((grant) => !isOver(grant, nowMs) && !isResting(state, grant));
  if (living.length === 0) return { ...NO_STANDING, version };
  const byTarget = new Map<string, KnownGrant[]>();
  for (const grant of living) {
    const known = byTarget.get(grant.target.id);
    if (known) known.push(grant);
    else byTarget.set(grant.target.id, [grant]);
  }
  const on = new Map([...byTarget].map(([target, some]) => [target, toHolding(state, holder, some, nowMs)]));
  return {
    version,
    endsAtMs: living.reduce((first, grant) => Math.min(first, nextEndOf(grant, nowMs)), Infinity),
    on,
    exceptions: state.exceptions,
    anywhere: anywhere(state, on),
  };
}

function isResting(state: AccessState, { target }: KnownGrant): boolean {
  return target.kind === 'project' && (state.projects.get(target.id)?.archived ?? true);
}

function toHolding(state: AccessState, holder: Holder, grants: readonly KnownGrant[], nowMs: number): Holding {
  const denying: HeldGrant[] = [];
  let direct: HeldGrant | null = null;
  let teams: HeldGrant[] = [];
  let lowest = Infinity;
  for (const grant of grants) {
    const held = toHeld(state, holder, withLent(grant, nowMs));
    if (held.deny.size > 0) denying.push(held);
    if (grant.principal.kind === 'user') {
      direct ??= held;
      continue;
    }
    const priority = state.teams.get(grant.principal.id)?.priority ?? Infinity;
    if (priority < lowest) teams = [];
    if (priority <= lowest) teams.push(held);
    lowest = Math.min(lowest, priority);
  }
  return { direct, teams, counting: direct ? [direct, ...teams] : teams, denying };
}

function toHeld(state: AccessState, holder: Holder, { id, role: named, target, allow, deny }: KnownGrant): HeldGrant {
  const ofProject = target.kind === 'project' ? (state.projects.get(target.id)?.defaultRole ?? null) : null;
  const byTag = named === null && ofProject === null;
  const role = named ?? ofProject ?? roleOf(state, holder);
  const capabilities = state.roles.get(role);
  return { id, role: capabilities ? role : null, capabilities: capabilities ?? NOTHING, allow, deny, byTag };
}

/** What somebody is in their tenant; a tag that left the catalogue means no more than none. */
function roleOf({ roles }: AccessState, { roleTag }: Holder): string {
  return roleTag !== null && roles.has(roleTag) ? roleTag : DEFAULT_ROLE;
}

function anywhere({ exceptions }: AccessState, on: ReadonlyMap<string, Holding>): ReadonlySet<Capability> {
  // Many grants, few roles: each set is gone through once.
  const given = new Set<ReadonlySet<Capability>>();
  const roles = new Set<string>();
  for (const { counting } of on.values())
    for (const { capabilities, allow, role } of counting) {
      given.add(capabilities).add(allow);
      if (role !== null) roles.add(role);
    }
  for (const ofContainer of exceptions.values())
    for (const [role, { allow }] of ofContainer) if (roles.has(role)) given.add(allow);
  return new Set([...given].flatMap((some) => [...some]));
}
