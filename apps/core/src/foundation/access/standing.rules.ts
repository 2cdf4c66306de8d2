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
  for (const grant of living) byTarget.set(grant.target.id, [...(byTarget.get(grant.target.id) ?? []), grant]);
  const on = new Map([...byTarget].map(([target, some]) => [target, toHolding(state, holder, some)]));
  return {
    version,
    endsAtMs: Math.min(...living.map(({ expiresAtMs }) => expiresAtMs ?? Infinity)),
    on,
    exceptions: state.exceptions,
    anywhere: anywhere(state, on),
  };
}

function isResting(state: AccessState, { target }: KnownGrant): boolean {
  return target.kind === 'project' && (state.projects.get(target.id)?.archived ?? true);
}

function toHolding(state: AccessState, holder: Holder, grants: readonly KnownGrant[]): Holding {
  const held = new Map(grants.map((grant) => [grant, toHeld(state, holder, grant)]));
  const priorityOf = ({ principal }: KnownGrant) =>
    principal.kind === 'team' ? (state.teams.get(principal.id)?.priority ?? Infinity) : -Infinity;
  const ofTeams = grants.filter(({ principal }) => principal.kind === 'team');
  const first = Math.min(...ofTeams.map(priorityOf));
  const toHeldOnes = (some: readonly KnownGrant[]) => some.flatMap((grant) => held.get(grant) ?? []);
  return {
    direct: toHeldOnes(grants.filter(({ principal }) => principal.kind === 'user'))[0] ?? null,
    teams: toHeldOnes(ofTeams.filter((grant) => priorityOf(grant) === first)),
    denying: toHeldOnes(grants.filter(({ deny }) => deny.size > 0)),
  };
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
  const all = new Set<Capability>();
  const add = (some: Iterable<Capability>) => {
    for (const capability of some) all.add(capability);
  };
  const roles = new Set<string>();
  for (const { direct, teams } of on.values())
    for (const grant of direct ? [direct, ...teams] : teams) {
      add(grant.capabilities);
      add(grant.allow);
      if (grant.role !== null) roles.add(grant.role);
    }
  for (const ofContainer of exceptions.values())
    for (const [role, { allow }] of ofContainer) if (roles.has(role)) add(allow);
  return all;
}
