import type { ContainerId, GrantId, ProjectId, TeamId, UserId } from '@bailiwick/contract';
import type { AccessState, KnownException, KnownGrant, KnownProject, KnownTeam } from './standing.js';
import { nextEndOf } from './standing.rules.js';

/** What a change puts and drops; the same words make a preview and what is kept. */
export interface AccessWrites {
  readonly putGrants?: readonly KnownGrant[];
  readonly dropGrants?: readonly GrantId[];
  readonly putExceptions?: ReadonlyArray<readonly [ContainerId, string, KnownException]>;
  readonly dropExceptions?: ReadonlyArray<readonly [ContainerId, string]>;
  readonly putTeams?: readonly KnownTeam[];
  readonly dropTeams?: readonly TeamId[];
  readonly putProjects?: readonly KnownProject[];
  readonly dropProjects?: readonly ProjectId[];
  readonly putRoles?: ReadonlyArray<
    readonly [string, AccessState['roles'] extends ReadonlyMap<string, infer Set> ? Set : never]
  >;
  readonly dropRoles?: readonly string[];
}

export const NOTHING_GIVEN: AccessState = {
  roles: new Map(),
  teams: new Map(),
  grants: new Map(),
  exceptions: new Map(),
  projects: new Map(),
};

/** The state after a change; the one before stays as it was. */
export function afterWrites(state: AccessState, writes: AccessWrites): AccessState {
  return {
    roles: changed(state.roles, writes.putRoles, writes.dropRoles),
    teams: changed(state.teams, byId(writes.putTeams), writes.dropTeams),
    grants: changed(state.grants, byId(writes.putGrants), writes.dropGrants),
    exceptions: withExceptions(state.exceptions, writes),
    projects: changed(state.projects, byId(writes.putProjects), writes.dropProjects),
  };
}

/** Whose rights may have changed by it. */
export function touchedBy(before: AccessState, after: AccessState, writes: AccessWrites): ReadonlySet<UserId> {
  // What a role or a project means is everybody's business who was given anything.
  const { putExceptions, dropExceptions, putRoles, dropRoles, putProjects, dropProjects } = writes;
  const ofAll = [putExceptions, dropExceptions, putRoles, dropRoles, putProjects, dropProjects];
  if (ofAll.some((some) => some !== undefined && some.length > 0))
    return new Set([...holders(before, before.grants.values()), ...holders(after, after.grants.values())]);
  const teams = [...(writes.putTeams ?? []).map(({ id }) => id), ...(writes.dropTeams ?? [])];
  const grants = [...(writes.putGrants ?? []).map(({ id }) => id), ...(writes.dropGrants ?? [])];
  const known = (state: AccessState) => grants.flatMap((id) => state.grants.get(id) ?? []);
  return new Set([
    ...holders(before, known(before)),
    ...holders(after, known(after)),
    ...teams.flatMap((id) => [...(before.teams.get(id)?.members ?? []), ...(after.teams.get(id)?.members ?? [])]),
  ]);
}

/** Everybody some grants are to. */
export function holders({ teams }: Pick<AccessState, 'teams'>, grants: Iterable<KnownGrant>): ReadonlySet<UserId> {
  const all = new Set<UserId>();
  for (const { principal } of grants)
    if (principal.kind === 'user') all.add(principal.id);
    else for (const member of teams.get(principal.id)?.members ?? []) all.add(member);
  return all;
}

/** When the next grant, or what is lent by one, ends by itself, epoch milliseconds. */
export function nextEnd({ grants }: AccessState, nowMs: number): number {
  let next = Infinity;
  for (const grant of grants.values()) next = Math.min(next, nextEndOf(grant, nowMs));
  return next;
}

/** Those of which something ended after one moment and not after the other. */
export const endedBetween = ({ grants }: AccessState, afterMs: number, nowMs: number): KnownGrant[] =>
  [...grants.values()].filter((grant) => nextEndOf(grant, afterMs) <= nowMs);

/** What is otherwise in one than in the other. What is kept is replaced whole: the same object is the same thing. */
export function differing<Item extends { readonly id: string }>(
  before: ReadonlyMap<string, Item>,
  after: ReadonlyMap<string, Item>,
): Item[] {
  if (before === after) return [];
  const came = [...after.values()].filter((item) => before.get(item.id) !== item);
  const went = [...before.values()].filter(({ id }) => !after.has(id));
  return [...came, ...went];
}

function changed<Key, Value>(
  before: ReadonlyMap<Key, Value>,
  put: ReadonlyArray<readonly [Key, Value]> = [],
  drop: readonly Key[] = [],
): ReadonlyMap<Key, Value> {
  if (put.length === 0 && drop.length === 0) return before;
  const after = new Map(before);
  for (const key of drop) after.delete(key);
  for (const [key, value] of put) after.set(key, value);
  return after;
}

const byId = <Id, Value extends { readonly id: Id }>(put: readonly Value[] = []): Array<readonly [Id, Value]> =>
  put.map((value) => [value.id, value]);

function withExceptions(
  before: AccessState['exceptions'],
  { putExceptions = [], dropExceptions = [] }: AccessWrites,
): AccessState['exceptions'] {
  if (putExceptions.length === 0 && dropExceptions.length === 0) return before;
  const after = new Map(before);
  for (const [id, role] of dropExceptions) {
    const ofContainer = new Map(after.get(id));
    ofContainer.delete(role);
    if (ofContainer.size > 0) after.set(id, ofContainer);
    else after.delete(id);
  }
  for (const [id, role, exception] of putExceptions) after.set(id, new Map(after.get(id)).set(role, exception));
  return after;
}
