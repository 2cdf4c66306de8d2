import {
  type AccessChange,
  Capability,
  type GrantTarget,
  type Principal,
  type TenantId,
  type UserId,
} from '@bailiwick/contract';
import type { Target } from '../../src/foundation/access/access.rules.js';
import type { KnownGrant } from '../../src/foundation/access/standing.js';
import type { Dice } from './dice.js';
import { slowly } from './reference.js';
import { aVisit, HANDED_ON, NOW, type Visit, type World } from './world.js';

/** Somebody who changes what is handed on for one thing of a world. */
export interface Asked {
  readonly world: World;
  readonly visit: Visit;
  readonly target: GrantTarget;
  readonly thing: Target;
  readonly change: AccessChange;
}

/** The last four can be given on a tenant only, or not at all. */
const WISHED: readonly Capability[] = [
  ...HANDED_ON,
  'containers.manageAccess',
  'projects.update',
  'people.see',
  'people.ownership',
  'account.see',
];
const ON_THINGS: readonly string[] = [
  'containers.see',
  'containers.start',
  'containers.inspect',
  'containers.delete',
  'files.list',
  'containers.manageAccess',
  'projects.update',
];
const ON_TENANTS: readonly string[] = [...ON_THINGS, 'audit.see', 'people.see'];
const ROLES: readonly string[] = ['none', 'observer', 'operator', 'maintainer', 'user', 'tester', 'own', 'gone'];
const SOON = new Date(NOW + 60_000).toISOString();

/** Mostly by somebody who may hand on something there: who may nothing is refused for that alone. */
export function anAsk(dice: Dice, random: World): Asked {
  const visit = aVisit(dice, random);
  const { target, thing } = aThing(dice, random);
  const world = dice.oneIn(4) ? random : withHelper(dice, random, visit, target);
  return { world, visit, target, thing, change: aChange(dice, world, target) };
}

function aThing(dice: Dice, { things }: World): { target: GrantTarget; thing: Target } {
  const all = things.flatMap((thing): Array<{ target: GrantTarget; thing: Target }> => {
    const { id } = thing;
    if (isContainer(id)) return [{ target: { kind: 'container', id }, thing }];
    if (isTenant(id)) return [{ target: { kind: 'tenant', id }, thing }];
    if (thing.projectId && id === thing.projectId) return [{ target: { kind: 'project', id: thing.projectId }, thing }];
    if (thing.environmentId && id === thing.environmentId)
      return [{ target: { kind: 'environment', id: thing.environmentId }, thing }];
    return [];
  });
  const stacks = things.flatMap(({ stack, tenantId, environmentId }) =>
    stack && environmentId
      ? [
          {
            target: { kind: 'stack' as const, id: stack },
            thing: { id: stack, tenantId, ownerId: null, stack, environmentId },
          },
        ]
      : [],
  );
  return dice.from([...all, ...stacks.slice(0, 1)]);
}

const isContainer = (id: string | undefined): id is `ct_${string}` => id?.startsWith('ct_') === true;
const isTenant = (id: string | undefined): id is TenantId => id?.startsWith('ten_') === true;

function withHelper(dice: Dice, world: World, { person }: Visit, target: GrantTarget): World {
  const helper: KnownGrant = {
    id: 'gr_zzzzzzzzzzzzzzzz',
    tenantId: person.tenantId,
    principal: { kind: 'user', id: person.userId },
    target,
    role: dice.from(['observer', 'operator', 'maintainer', 'maintainer', 'own']),
    allow: new Set<Capability>(['containers.manageAccess', ...dice.some(HANDED_ON, 2)]),
    deny: new Set(dice.some(HANDED_ON, 8)),
    lent: [],
    reason: null,
    grantedBy: 'usr_aaaaaaaaaaaaaaaa',
    grantedByName: 'Anna',
    byStaff: true,
    grantedAtMs: NOW - 1000,
    expiresAtMs: null,
    version: 1,
  };
  const others = world.grants.filter(({ principal, target: { id } }) => !(principal.id === person.userId && id === target.id)); // prettier-ignore
  return { ...world, grants: [...others, helper] };
}

/** Always of the newest version, and never over already: those refusals are about something else. */
function aChange(dice: Dice, world: World, target: GrantTarget): AccessChange {
  const there = world.grants.filter((grant) => grant.target.id === target.id);
  // Mostly those who have something there: what they come to is less than what the change names.
  const principal = there.length > 0 && !dice.oneIn(3) ? dice.from(there).principal : aPrincipal(dice, world);
  const known = there.find((grant) => grant.principal.id === principal.id);
  const allow = dice.some(WISHED, 8);
  const deny = dice.some(WISHED, 12).filter((capability) => dice.oneIn(20) || !allow.includes(capability));
  switch (dice.below(6)) {
    case 0:
      return { op: 'lend', principal, target, capabilities: [dice.from(WISHED), ...dice.some(WISHED, 8)], until: SOON };
    case 1:
      if (known) return { op: 'revoke', grantId: known.id, version: known.version };
      break;
    case 2:
      if (target.kind === 'container') {
        const role = dice.from(ROLES);
        const isThere = world.exceptions.some((one) => one.containerId === target.id && one.role === role);
        return { op: 'exception', containerId: target.id, role, allow, deny, version: isThere ? 1 : 0 };
      }
  }
  const role = dice.from([null, null, ...ROLES]);
  return { op: 'grant', principal, target, role, allow, deny, expiresAt: null, version: known?.version ?? 0 };
}

function aPrincipal(dice: Dice, { people, teams }: World): Principal {
  if (dice.oneIn(30)) return { kind: 'user', id: 'usr_zzzzzzzzzzzzzzzz' };
  return dice.oneIn(2) ? { kind: 'user', id: dice.from(people).userId } : { kind: 'team', id: dice.from(teams).id };
}

/** Whose tenant somebody is in, if there is somebody. */
export const homeOf = ({ people, teams }: World, { id }: Principal): TenantId | undefined =>
  people.find(({ userId }) => userId === id)?.tenantId ?? teams.find((team) => team.id === id)?.tenantId;

/** What those a grant is to carry in their tenant, and what somebody has who carries nothing. */
export function carriedBy({ people, teams }: World, { id }: Principal, home: TenantId | undefined): string[] {
  const isMeant = (userId: UserId) => userId === id || teams.some((team) => team.id === id && team.members.has(userId));
  return [
    'user',
    ...people
      .filter(({ userId, tenantId }) => tenantId === home && isMeant(userId))
      .flatMap(({ roleTag }) => roleTag ?? []),
  ];
}

/** Whether the change may be made, written from what is promised: it hands on no more than is held and may be handed on. */
export function mayBeMade(asked: Asked): boolean {
  const { world, visit, thing, target, change } = asked;
  const holds = (capability: Capability) =>
    !capability.startsWith('account.') && slowly(world, { ...visit, capability, thing }).allowed;
  if (!holds('containers.manageAccess')) return false;
  // It holds things of every tenant.
  if (target.kind === 'environment' && !isStaff(visit)) return false;
  if (change.op === 'grant' || change.op === 'lend') {
    const home = homeOf(world, change.principal);
    if (home === undefined || (target.kind !== 'environment' && home !== thing.tenantId)) return false;
  }
  const named = change.op === 'lend' ? change.capabilities : change.op === 'revoke' ? [] : [...change.allow, ...change.deny]; // prettier-ignore
  const possible = target.kind === 'tenant' ? ON_TENANTS : ON_THINGS;
  if (named.some((capability) => !possible.includes(capability))) return false;
  if (change.op === 'grant' || change.op === 'exception') {
    if (change.allow.some((capability) => change.deny.includes(capability))) return false;
    if (change.role !== null && !world.roles.some(([name]) => name === change.role)) return false;
  }
  if (change.op === 'grant' && change.deny.length > 0 && isOwners(world, change.principal, thing) && !isStaff(visit)) return false; // prettier-ignore
  return Capability.options.every((capability) => !isHandedOn(asked, capability) || holds(capability));
}

/** Whether it is to who deployed the thing, or to a team they are in. */
const isOwners = ({ teams }: World, { id }: Principal, { ownerId }: Target) =>
  ownerId !== null && (id === ownerId || teams.some((team) => team.id === id && team.members.has(ownerId)));

const isStaff = ({ person }: Visit) =>
  person.active && !person.twoFactorMissing && ['owner', 'administrator'].includes(person.platformRole);

/** Whether somebody has this after the change by what is changed, who did not have it by that before. */
function isHandedOn({ world, change, target }: Asked, capability: Capability): boolean {
  switch (change.op) {
    case 'lend':
      return change.capabilities.includes(capability);
    case 'revoke': {
      // What is taken away here may be given elsewhere.
      const gone = world.grants.find(({ id }) => id === change.grantId);
      return gone !== undefined && gone.deny.has(capability);
    }
    case 'exception': {
      const own = world.roles.some(([name, some]) => name === change.role && some.has(capability));
      const before = world.exceptions.find(
        ({ containerId, role }) => containerId === target.id && role === change.role,
      );
      const had = before?.deny.has(capability) ? false : own || before?.allow.has(capability) === true;
      const has = change.deny.includes(capability) ? false : own || change.allow.includes(capability);
      return (has && !had) || (before?.deny.has(capability) === true && !change.deny.includes(capability));
    }
    case 'grant': {
      const before = world.grants.find(
        ({ principal, target: { id }, expiresAtMs }) =>
          principal.id === change.principal.id && id === target.id && (expiresAtMs === null || expiresAtMs > NOW),
      );
      if (before?.deny.has(capability) && !change.deny.includes(capability)) return true;
      const after = { role: change.role, allow: new Set(change.allow), deny: new Set(change.deny) };
      return carriedBy(world, change.principal, homeOf(world, change.principal)).some(
        (carried) =>
          isGiven(world, target, after, carried, capability) &&
          !(before && isGiven(world, target, before, carried, capability)),
      );
    }
  }
}

/** Whether a grant gives it to somebody who carries that role; what is lent beside it is no part of it. */
function isGiven(
  world: World,
  target: GrantTarget,
  grant: Pick<KnownGrant, 'role' | 'allow' | 'deny'>,
  carried: string,
  capability: Capability,
): boolean {
  if (grant.deny.has(capability)) return false;
  if (grant.allow.has(capability)) return true;
  const ofProject = world.projects.find(({ id }) => id === target.id)?.defaultRole;
  const isKnown = world.roles.some(([name]) => name === carried);
  const role = grant.role ?? ofProject ?? (isKnown ? carried : 'user');
  const known = world.roles.find(([name]) => name === role)?.[1];
  if (!known) return false;
  const exception = world.exceptions.find((one) => one.containerId === target.id && one.role === role);
  if (exception?.deny.has(capability)) return false;
  return exception?.allow.has(capability) === true || known.has(capability);
}
