import {
  type AccessChange,
  CAPABILITIES,
  type Capability,
  type GrantTarget,
  isOffered,
  NO_ROLE,
  type Principal,
  type UserId,
} from '@bailiwick/contract';
import type { Target } from '../../foundation/access/access.rules.js';
import type { AccessWrites } from '../../foundation/access/access-state.rules.js';
import type { AccessState, KnownException, KnownGrant } from '../../foundation/access/standing.js';
import { conflict, invalid } from '../../kernel/errors.js';

type Capabilities = ReadonlySet<Capability>;
const NOTHING: Capabilities = new Set();

/** The grant a principal has on a target, if any. */
export const grantOf = (
  { grants }: Pick<AccessState, 'grants'>,
  principal: Principal,
  target: GrantTarget,
): KnownGrant | undefined =>
  [...grants.values()].find((grant) => grant.principal.id === principal.id && grant.target.id === target.id);

/** What a grant or an exception adds to what its people have without it; by a role, all the role can mean to them. */
export function givenBy(
  grant: Pick<KnownGrant, 'allow' | 'deny'> | undefined,
  roles: ReadonlyArray<Capabilities>,
): Capabilities {
  if (!grant) return NOTHING;
  const all = new Set([...roles.flatMap((role) => [...role]), ...grant.allow]);
  for (const capability of grant.deny) all.delete(capability);
  return all;
}

/** What only who holds it may do: give more than before, or take back what was taken away. */
export function handedOn(
  before: { given: Capabilities; deny: Capabilities },
  after: { given: Capabilities; deny: Capabilities },
): Capability[] {
  const more = [...after.given].filter((capability) => !before.given.has(capability));
  const restored = [...before.deny].filter((capability) => !after.deny.has(capability));
  return [...new Set([...more, ...restored])];
}

/** 400 for what nobody can be given there. */
export function assertGrantable(
  { allow, deny }: { allow: readonly Capability[]; deny: readonly Capability[] },
  kind: GrantTarget['kind'],
  path: string,
): void {
  const both = allow.filter((capability) => deny.includes(capability));
  if (both.length > 0)
    throw invalid([
      { path: `${path}.deny`, code: 'both', message: `${both.join(', ')} is both given and taken away.` },
    ]);
  const fits = (capability: Capability) => {
    const { grantable } = CAPABILITIES[capability];
    return isOffered(capability) && (grantable === 'thing' || (grantable === 'tenant' && kind === 'tenant'));
  };
  const foreign = [...allow, ...deny].filter((capability) => !fits(capability));
  if (foreign.length > 0)
    throw invalid([
      { path: `${path}.allow`, code: 'not_grantable', message: `${foreign.join(', ')} cannot be given on a ${kind}.` },
    ]);
}

/** Somebody else was faster: nothing of theirs is overwritten unseen. */
export function assertVersion(known: { version: number } | undefined, version: number, change: AccessChange): void {
  if ((known?.version ?? 0) === version) return;
  throw conflict('conflict', 'This access was changed meanwhile. Look at it again, then repeat what you want.', {
    params: { op: change.op, version: known?.version ?? 0 },
  });
}

/** It stands there for what is lent and for nothing else: it ends with that. */
export const isOnlyLent = ({ role, allow, deny, lent, expiresAtMs }: KnownGrant): boolean =>
  role === NO_ROLE &&
  allow.size === 0 &&
  deny.size === 0 &&
  lent.length > 0 &&
  expiresAtMs === Math.max(...lent.map(({ untilMs }) => untilMs));

/** A change nobody would notice is none. */
export function isSameGrant(one: KnownGrant, other: KnownGrant): boolean {
  return (
    one.role === other.role &&
    one.expiresAtMs === other.expiresAtMs &&
    one.lent === other.lent &&
    isSameSet(one.allow, other.allow) &&
    isSameSet(one.deny, other.deny)
  );
}

const isSameSet = (one: Capabilities, other: Capabilities): boolean =>
  one.size === other.size && [...one].every((capability) => other.has(capability));

/** Whoever deployed a thing is not locked out of it by those they gave it to. */
export const locksOwnerOut = (
  people: readonly UserId[],
  { ownerId }: Pick<Target, 'ownerId'>,
  deny: Capabilities,
): boolean => deny.size > 0 && ownerId !== null && people.includes(ownerId);

/** The sets of capabilities a role can mean: its own, or those of the roles its people carry. */
export function meaningOf(
  { roles }: Pick<AccessState, 'roles'>,
  named: readonly string[],
): ReadonlyArray<Capabilities> {
  return named.map((name) => roles.get(name) ?? NOTHING);
}

/** The same on one target: a role's exceptions on a container are part of what it means there. */
export function meaningOn(
  { roles, exceptions }: Pick<AccessState, 'roles' | 'exceptions'>,
  { kind, id }: GrantTarget,
  named: readonly string[],
): ReadonlyArray<Capabilities> {
  return named.map((name) => {
    const role = roles.get(name);
    const exception = kind === 'container' ? exceptions.get(id)?.get(name) : undefined;
    if (!role || !exception) return role ?? NOTHING;
    return givenBy(exception, [role]);
  });
}

/** As it stands in the audit trail. */
export const grantDetails = ({ role, allow, deny, lent, expiresAtMs }: KnownGrant): Record<string, unknown> => ({
  role,
  allow: [...allow],
  deny: [...deny],
  lent: lent.map(({ capability, untilMs }) => ({ capability, until: new Date(untilMs).toISOString() })),
  expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
});

export const exceptionDetails = ({ allow, deny }: KnownException): Record<string, unknown> => ({
  allow: [...allow],
  deny: [...deny],
});

/** Those whose every right on something may be another one now. */
export function principalsOf(state: AccessState, principal: Principal): readonly UserId[] {
  return principal.kind === 'user' ? [principal.id] : [...(state.teams.get(principal.id)?.members ?? [])];
}

/** A later change of the same thing wins over an earlier one. */
export function merged(all: readonly AccessWrites[]): AccessWrites {
  const dropped = new Set(all.flatMap(({ dropGrants = [] }) => dropGrants));
  const put = new Map(all.flatMap(({ putGrants = [] }) => putGrants.map((grant) => [grant.id, grant] as const)));
  const exceptions = new Map<string, AccessWrites>();
  for (const { putExceptions = [], dropExceptions = [] } of all) {
    for (const one of dropExceptions) exceptions.set(one.join(' '), { dropExceptions: [one] });
    for (const one of putExceptions) exceptions.set(`${one[0]} ${one[1]}`, { putExceptions: [one] });
  }
  const changed = [...exceptions.values()];
  return {
    putGrants: [...put.values()].filter(({ id }) => !dropped.has(id)),
    dropGrants: [...dropped],
    putExceptions: changed.flatMap(({ putExceptions = [] }) => putExceptions),
    dropExceptions: changed.flatMap(({ dropExceptions = [] }) => dropExceptions),
  };
}
