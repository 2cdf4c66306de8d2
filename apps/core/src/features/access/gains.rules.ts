import { type Capability, type ProjectId, TENANT_CAPABILITIES } from '@bailiwick/contract';
import {
  allows,
  decidingRule,
  heldOn,
  isAdopted,
  isOwners,
  type Target,
} from '../../foundation/access/access.rules.js';
import { type AccessWrites, afterWrites } from '../../foundation/access/access-state.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { AccessState, KnownGrant } from '../../foundation/access/standing.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { givingNothing } from './cascade.rules.js';

const NOTHING: ReadonlySet<Capability> = new Set();

/** A thing before a change and after it: it may be in another project then. */
export interface Changing {
  readonly name: string;
  readonly before: Target;
  readonly after: Target;
}

export const unchanged = (name: string, on: Target): Changing => ({ name, before: on, after: on });

/** What somebody may do there after a change, and may not before it. */
const gainsOn = ({ before, after }: Changing, was: Actor, is: Actor): Capability[] =>
  TENANT_CAPABILITIES.filter((capability) => allows(is, capability, after) && !allows(was, capability, before));

/** What somebody would come to by a change that is not for whoever makes it to hand on. */
export interface Beyond {
  readonly person: Actor;
  readonly thing: Changing;
  readonly missing: readonly Capability[];
}

/** The first of it; `people` as they are before the change and after it, `ownProjects` those of the actor. */
export function firstBeyond(
  actor: Actor,
  people: ReadonlyArray<{ readonly was: Actor; readonly is: Actor }>,
  things: readonly Changing[],
  ownProjects: ReadonlySet<ProjectId> = new Set(),
): Beyond | undefined {
  const isHeld = (capability: Capability, { before }: Changing) =>
    heldOn(actor, [capability], before).length > 0 || runs(actor, capability, before, ownProjects);
  for (const { was, is } of people)
    for (const thing of things) {
      const gains = gainsOn(thing, was, is);
      // Nobody comes to more by what they do themselves, whatever else lets them do it for now.
      const isOwn = is.userId === actor.userId;
      const missing = gains.filter((capability) => isOwn || !isHeld(capability, thing));
      if (missing.length > 0) return { person: is, thing, missing };
    }
  return undefined;
}

/** Whoever runs a project hands on what an owner may of what was linked there, unless it was taken away from them. */
const runs = (actor: Actor, capability: Capability, on: Target, own: ReadonlySet<ProjectId>): boolean =>
  on.projectId !== null &&
  on.projectId !== undefined &&
  own.has(on.projectId) &&
  isOwners(capability) &&
  decidingRule(actor, capability, on) === 'default';

/** Without anything that is lent: what ends by itself in a while is no ground for what does not. */
export function lastingly(state: AccessState): AccessState {
  const lending = [...state.grants.values()].filter(({ lent }) => lent.length > 0);
  return afterWrites(state, { putGrants: lending.map((grant) => ({ ...grant, lent: [] })) });
}

/** When all that ends by itself has ended. */
export function ended(state: AccessState): AccessState {
  const ending = [...state.grants.values()].filter(({ expiresAtMs }) => expiresAtMs !== null);
  return afterWrites(lastingly(state), { dropGrants: ending.map(({ id }) => id) });
}

/** As if no project rested: what is handed on there holds as soon as it is restored. */
export function restored(state: AccessState): AccessState {
  const archived = [...state.projects.values()].filter((project) => project.archived);
  return afterWrites(state, { putProjects: archived.map((project) => ({ ...project, archived: false })) });
}

/**
 * What stays of a change when all it gives has fallen or ended: what it takes away no more, and what it no more
 * stands before. Whoever makes it is not asked about that later.
 */
export function settled(before: AccessState, writes: AccessWrites, nowMs: number): AccessState {
  const { putGrants = [], putExceptions = [] } = writes;
  const isEndedBy = (grant: KnownGrant) => {
    const known = before.grants.get(grant.id);
    return known !== undefined && !isOver(known, nowMs) && endOf(grant) < endOf(known);
  };
  return afterWrites(before, {
    ...writes,
    putGrants: putGrants
      .filter((grant) => !isEndedBy(grant))
      .map((grant) => givingNothing({ ...grant, lent: before.grants.get(grant.id)?.lent ?? [] })),
    dropGrants: [...(writes.dropGrants ?? []), ...putGrants.filter(isEndedBy).map(({ id }) => id)],
    putExceptions: putExceptions.map(([id, role, known]) => [id, role, { ...known, allow: NOTHING }]),
  });
}

const endOf = ({ expiresAtMs }: KnownGrant): number => expiresAtMs ?? Infinity;

/** Of things about which these people are told the same, one: those that nothing was handed on for and that one holder holds. */
export function distinct(
  things: readonly Changing[],
  states: readonly AccessState[],
  people: ReadonlySet<string>,
): Changing[] {
  // prettier-ignore
  const special = new Set<string>(states.flatMap((state) => [...state.exceptions.keys(), ...targetsOf(state, people)]));
  const keyOf = (on: Target): string => {
    if (on.id !== undefined && special.has(on.id)) return on.id;
    const owner = on.ownerId !== null && people.has(on.ownerId) ? on.ownerId : null;
    const kind = on.id?.split('_')[0] ?? null;
    return JSON.stringify([kind, on.tenantId, on.stack, on.projectId, on.environmentId, isAdopted(on), owner]);
  };
  return [...new Map(things.map((thing) => [`${keyOf(thing.before)} ${keyOf(thing.after)}`, thing])).values()];
}

/** What was handed on for one of them, or for a team one of them is in. */
const targetsOf = ({ grants, teams }: AccessState, people: ReadonlySet<string>): string[] =>
  [...grants.values()]
    .filter(({ principal }) =>
      principal.kind === 'user'
        ? people.has(principal.id)
        : [...(teams.get(principal.id)?.members ?? [])].some((member) => people.has(member)),
    )
    .map(({ target }) => target.id);
