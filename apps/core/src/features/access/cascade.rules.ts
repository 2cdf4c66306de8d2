import {
  type Capability,
  type ContainerId,
  DEFAULT_ROLE,
  type GrantTarget,
  NO_ROLE,
  type UserId,
} from '@bailiwick/contract';
import { allows, heldOn, type Target } from '../../foundation/access/access.rules.js';
import { type AccessWrites, afterWrites } from '../../foundation/access/access-state.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { AccessState, KnownException, KnownGrant, Lent } from '../../foundation/access/standing.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { givenBy, meaningOn } from './access-changes.rules.js';

type Capabilities = ReadonlySet<Capability>;
const NOTHING: Capabilities = new Set();
/** In no catalogue: it gives nothing, and nobody makes an exception for it. */
const NOWHERE = '';

/** It gives nothing; what it takes away, and what it stands before, stays. */
export const givingNothing = (grant: KnownGrant): KnownGrant => ({ ...grant, role: NOWHERE, allow: NOTHING });

/** One thing that somebody handed on who is no staff: it stands as long as they could hand it on today. */
export type HandedOn =
  | { readonly kind: 'grant'; readonly grant: KnownGrant }
  | { readonly kind: 'loan'; readonly grant: KnownGrant; readonly loan: Lent }
  | {
      readonly kind: 'exception';
      readonly containerId: ContainerId;
      readonly role: string;
      readonly exception: KnownException;
    };

/** All of it; what gives nothing stands on nothing, and what is over gives nothing. */
export function handedOnIn({ grants, exceptions }: AccessState, nowMs: number): HandedOn[] {
  const ofGrants = [...grants.values()]
    .filter((grant) => !isOver(grant, nowMs))
    .flatMap((grant): HandedOn[] => [
      ...(grant.byStaff || givesNothing(grant) ? [] : [{ kind: 'grant' as const, grant }]),
      ...grant.lent
        .filter(({ byStaff, untilMs }) => !byStaff && untilMs > nowMs)
        .map((loan) => ({ kind: 'loan' as const, grant, loan })),
    ]);
  const ofRoles = [...exceptions].flatMap(([containerId, ofContainer]) =>
    [...ofContainer]
      .filter(([, { byStaff, allow }]) => !byStaff && allow.size > 0)
      .map(([role, exception]): HandedOn => ({ kind: 'exception', containerId, role, exception })),
  );
  return [...ofGrants, ...ofRoles];
}

const givesNothing = ({ role, allow }: KnownGrant): boolean => role === NO_ROLE && allow.size === 0;

export const makerOf = (item: HandedOn): UserId =>
  item.kind === 'exception' ? item.exception.updatedBy : item.kind === 'loan' ? item.loan.by : item.grant.grantedBy;

export const targetOf = (item: HandedOn): GrantTarget =>
  item.kind === 'exception' ? { kind: 'container', id: item.containerId } : item.grant.target;

/** As it stands in the audit trail. */
export function fallenDetails(item: HandedOn): Record<string, unknown> {
  if (item.kind === 'exception') {
    const { role, exception } = item;
    return { kind: 'exception', role, allow: [...exception.allow], grantedBy: exception.updatedByName };
  }
  const { id: grantId, principal, grantedByName: grantedBy } = item.grant;
  if (item.kind === 'grant') return { kind: 'grant', grantId, principal, grantedBy };
  return { kind: 'loan', grantId, principal, capability: item.loan.capability, grantedBy: item.loan.byName };
}

/** Whether whoever made it, as they are without it, could make it. */
export function standsOn(maker: Actor, state: AccessState, item: HandedOn, on: Target): boolean {
  if (!allows(maker, 'containers.manageAccess', on)) return false;
  const given = [...givenIn(state, item)];
  return heldOn(maker, given, on).length === given.length;
}

/** All that it gives. */
export function givenIn(state: AccessState, item: HandedOn): Iterable<Capability> {
  if (item.kind === 'exception') return item.exception.allow;
  if (item.kind === 'loan') return [item.loan.capability];
  const { grant } = item;
  return givenBy(grant, meaningOn(state, grant.target, [meantBy(state, grant)]));
}

/** Without a role of its own it means the project's, or what everybody carries; what more somebody carries, staff gave them. */
const meantBy = ({ projects }: AccessState, { role, target }: KnownGrant): string =>
  role ?? (target.kind === 'project' ? projects.get(target.id)?.defaultRole : undefined) ?? DEFAULT_ROLE;

/** As if they gave nothing. What they take away, and what they stand before, stays. */
export function bare(state: AccessState, items: readonly HandedOn[]): AccessState {
  return afterWrites(state, {
    putGrants: changedGrants(items).map((grant) => (isGiven(items, grant) ? givingNothing(grant) : grant)),
    putExceptions: exceptionsIn(items).map(({ containerId, role, exception }) => [containerId, role, { ...exception, allow: NOTHING }]), // prettier-ignore
  });
}

/** What is written where they fall: nobody gets back by it what was taken away from them. */
export function writesOf(items: readonly HandedOn[]): AccessWrites {
  const left = changedGrants(items).map((grant): KnownGrant => {
    const rest = isGiven(items, grant) ? { ...grant, role: NO_ROLE, allow: NOTHING } : grant;
    return { ...rest, version: grant.version + 1, expiresAtMs: endOf(rest) };
  });
  // A team's stands before those of other teams, also where it gives nothing.
  const isLeft = (grant: KnownGrant) =>
    grant.principal.kind === 'team' || !givesNothing(grant) || grant.deny.size > 0 || grant.lent.length > 0;
  const exceptions = exceptionsIn(items);
  return {
    putGrants: left.filter(isLeft),
    dropGrants: left.filter((grant) => !isLeft(grant)).map(({ id }) => id),
    putExceptions: exceptions
      .filter(({ exception: { deny } }) => deny.size > 0)
      .map(({ containerId, role, exception }) => [
        containerId,
        role,
        { ...exception, allow: NOTHING, version: exception.version + 1 },
      ]),
    dropExceptions: exceptions
      .filter(({ exception: { deny } }) => deny.size === 0)
      .map(({ containerId, role }) => [containerId, role]),
  };
}

/** What stands there for what is lent, and for nothing else, ends with that. */
const endOf = (grant: KnownGrant): number | null =>
  givesNothing(grant) && grant.deny.size === 0 && grant.principal.kind === 'user'
    ? Math.max(...grant.lent.map(({ untilMs }) => untilMs))
    : grant.expiresAtMs;

const exceptionsIn = (items: readonly HandedOn[]) => items.filter((item) => item.kind === 'exception');

const isGiven = (items: readonly HandedOn[], { id }: KnownGrant): boolean =>
  items.some((item) => item.kind === 'grant' && item.grant.id === id);

/** Each grant once, without those of its loans that are among them. */
function changedGrants(items: readonly HandedOn[]): KnownGrant[] {
  const loans = new Set(items.flatMap((item) => (item.kind === 'loan' ? [item.loan] : [])));
  const grants = new Map(items.flatMap((item) => (item.kind === 'exception' ? [] : [[item.grant.id, item.grant] as const]))); // prettier-ignore
  return [...grants.values()].map((grant) => ({ ...grant, lent: grant.lent.filter((loan) => !loans.has(loan)) }));
}
