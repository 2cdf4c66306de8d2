import {
  BUILT_IN_ROLES,
  type Capability,
  type ContainerId,
  type EnvironmentId,
  type GrantId,
  type GrantTarget,
  type PlatformRole,
  type ProjectId,
  type StackKey,
  type TeamId,
  type TenantId,
  type TokenTarget,
  type UserId,
} from '@bailiwick/contract';
import type { Target } from '../../src/foundation/access/access.rules.js';
import type { AccessWrites } from '../../src/foundation/access/access-state.rules.js';
import type { Actor, TokenScope } from '../../src/foundation/access/actor.js';
import type {
  AccessState,
  HeldException,
  KnownException,
  KnownGrant,
  KnownProject,
  KnownTeam,
} from '../../src/foundation/access/standing.js';
import { toStanding } from '../../src/foundation/access/standing.rules.js';
import { anActor, aTokenOf } from '../factories/actor.js';
import { Dice } from './dice.js';

type Capabilities = ReadonlySet<Capability>;

export const NOW = 1_800_000_000_000;

/** Of every kind: handed on for a thing, for a tenant, for nothing; reading and changing; with and without a thing. */
const CAPABILITIES: readonly Capability[] = [
  'containers.see',
  'containers.start',
  'containers.delete',
  'containers.inspect',
  'files.list',
  'projects.update',
  'audit.see',
  'containers.create',
  'people.ownership',
  'access.viewAs',
  'account.see',
  'account.manage',
];
/** What is handed on in these worlds. */
export const HANDED_ON: readonly Capability[] = [
  'containers.see',
  'containers.start',
  'containers.delete',
  'containers.inspect',
  'files.list',
  'audit.see',
];

const TENANTS: readonly TenantId[] = ['ten_aaaaaaaaaaaaaaaa', 'ten_bbbbbbbbbbbbbbbb', 'ten_cccccccccccccccc'];
const USERS = 'abcdef'.split('').map((letter): UserId => `usr_${letter.repeat(16)}`);
const TEAMS = 'abcd'.split('').map((letter): TeamId => `tea_${letter.repeat(16)}`);
const CONTAINERS = 'abc'.split('').map((letter): ContainerId => `ct_${letter.repeat(16)}`);
const ENVIRONMENTS: readonly EnvironmentId[] = ['env_aaaaaaaaaaaaaaaa', 'env_bbbbbbbbbbbbbbbb'];
const STACKS = ENVIRONMENTS.map((id): StackKey => `${id}/shop`);
/** Nobody knows the last one. */
const PROJECTS = 'abz'.split('').map((letter): ProjectId => `prj_${letter.repeat(16)}`);
/** In no catalogue. */
const GONE = 'gone';
const OWN_ROLE = 'own';
const ROLES: readonly string[] = ['observer', 'operator', 'maintainer', 'user', 'tester', OWN_ROLE, GONE];
/** Mostly those for whom the rest of the rules was made. */
const PLATFORM_ROLES: readonly PlatformRole[] = [
  ...Array<PlatformRole>(9).fill('member'),
  'viewer',
  'administrator',
  'owner',
];
const BUILT_IN = Object.entries(BUILT_IN_ROLES).map(([name, capabilities]): [string, Capabilities] => [
  name,
  new Set(capabilities),
]);
const ON_CONTAINERS = CONTAINERS.map((id): GrantTarget => ({ kind: 'container', id }));
const ON_HOLDERS: readonly GrantTarget[] = [
  ...STACKS.map((id): GrantTarget => ({ kind: 'stack', id })),
  ...PROJECTS.map((id): GrantTarget => ({ kind: 'project', id })),
  ...ENVIRONMENTS.map((id): GrantTarget => ({ kind: 'environment', id })),
  ...TENANTS.map((id): GrantTarget => ({ kind: 'tenant', id })),
];

interface Person {
  readonly userId: UserId;
  readonly tenantId: TenantId;
  readonly platformRole: PlatformRole;
  readonly roleTag: string | null;
  readonly active: boolean;
  readonly twoFactorMissing: boolean;
}

interface RoleException extends HeldException {
  readonly containerId: ContainerId;
  readonly role: string;
}

/** Everything that bears on a decision, as plain lists. */
export interface World {
  readonly people: readonly Person[];
  readonly teams: readonly KnownTeam[];
  readonly roles: ReadonlyArray<readonly [string, Capabilities]>;
  readonly projects: readonly KnownProject[];
  readonly exceptions: readonly RoleException[];
  readonly things: readonly Target[];
  readonly grants: readonly KnownGrant[];
}

/** Somebody, and how they come: by themselves, with a token, or looked at through. */
export interface Visit {
  readonly person: Person;
  readonly token: TokenScope | null;
  readonly viewed: boolean;
}

interface Wish {
  readonly capability: Capability;
  readonly thing: Target | null;
}

export type Question = Visit & Wish;

/** Mostly the first tenant: worlds in which nobody meets prove nothing. */
const tenantIn = (dice: Dice): TenantId => (dice.oneIn(6) ? dice.from(TENANTS) : 'ten_aaaaaaaaaaaaaaaa');

/** The grants come last: with one seed, fewer of them are the first ones of the same world. */
export function aWorld(seed: number, grants = 12): World {
  const dice = new Dice(seed);
  const people = USERS.map((userId) => aPerson(dice, userId));
  const teams = TEAMS.map((id) => aTeam(dice, id));
  const roles = [...BUILT_IN, [OWN_ROLE, new Set(dice.some(HANDED_ON))] as const];
  const projects = PROJECTS.slice(0, 2).map((id) => aProject(dice, id));
  const exceptions = CONTAINERS.flatMap((id) =>
    dice.some(ROLES, 4).map((role): RoleException => ({ containerId: id, role, ...allowAndDeny(dice) })),
  );
  const things = [...CONTAINERS.map((id) => aContainer(dice, id)), ...otherThings(dice)];
  return { people, teams, roles, projects, exceptions, things, grants: someGrants(dice, grants) };
}

function aPerson(dice: Dice, userId: UserId): Person {
  return {
    userId,
    tenantId: tenantIn(dice),
    platformRole: dice.from(PLATFORM_ROLES),
    roleTag: dice.from([null, ...ROLES]),
    active: !dice.oneIn(20),
    twoFactorMissing: dice.oneIn(20),
  };
}

function aTeam(dice: Dice, id: TeamId): KnownTeam {
  const members = new Set(dice.some(USERS));
  return { id, tenantId: tenantIn(dice), name: id, priority: dice.below(3), members };
}

function aProject(dice: Dice, id: ProjectId): KnownProject {
  return {
    id,
    tenantId: tenantIn(dice),
    name: id,
    ownerId: null,
    defaultRole: dice.from(ROLES),
    archived: dice.oneIn(4),
  };
}

function aContainer(dice: Dice, id: ContainerId): Target {
  const managed = dice.below(3);
  const container = {
    id,
    tenantId: tenantIn(dice),
    ownerId: dice.from([null, ...USERS]),
    stack: dice.from([null, ...STACKS]),
    projectId: dice.from([null, ...PROJECTS]),
    environmentId: dice.from(ENVIRONMENTS),
  };
  return managed === 2 ? container : Object.assign(container, { managed: managed === 1 });
}

/** What holds containers, what is about one, and what is neither. */
function otherThings(dice: Dice): Target[] {
  const tenantId = tenantIn(dice);
  const ownerId = dice.from([null, ...USERS]);
  const projectId = dice.from(PROJECTS);
  const ofTenant = dice.from(TENANTS);
  const environmentId = dice.from(ENVIRONMENTS);
  const containerId = dice.from([null, ...CONTAINERS]);
  return [
    { tenantId, ownerId, id: projectId, projectId },
    { tenantId: ofTenant, ownerId: null, id: ofTenant },
    { tenantId, ownerId, id: environmentId, environmentId },
    { tenantId, ownerId, id: 'op_aaaaaaaaaaaaaaaa', containerId, environmentId },
    { tenantId, ownerId },
  ];
}

function allowAndDeny(dice: Dice): HeldException {
  return { allow: new Set(dice.some(HANDED_ON, 4)), deny: new Set(dice.some(HANDED_ON, 5)) };
}

const NEITHER: HeldException = { allow: new Set(), deny: new Set() };

/** At most one to each principal on each target. */
function someGrants(dice: Dice, count: number): KnownGrant[] {
  const grants = new Map<string, KnownGrant>();
  for (let n = 0; n < count; n++) {
    const grant = aGrant(dice, n);
    grants.set(`${grant.principal.id} ${grant.target.id}`, grant);
  }
  return [...grants.values()];
}

const BY_ANNA = { by: 'usr_aaaaaaaaaaaaaaaa', byName: 'Anna', byStaff: true } as const;

function aGrant(dice: Dice, n: number): KnownGrant {
  const { allow, deny } = dice.oneIn(2) ? allowAndDeny(dice) : NEITHER;
  return {
    id: grantId(n),
    tenantId: tenantIn(dice),
    principal: dice.oneIn(3) ? { kind: 'user', id: dice.from(USERS) } : { kind: 'team', id: dice.from(TEAMS) },
    target: dice.from(dice.oneIn(2) ? ON_CONTAINERS : ON_HOLDERS),
    role: dice.from([null, null, null, ...ROLES]),
    allow,
    deny,
    lent: dice.oneIn(4)
      ? dice
          .some(HANDED_ON, 2)
          .map((capability) => ({ capability, untilMs: dice.from([NOW - 1, NOW, NOW + 1, NOW + 60_000]), ...BY_ANNA }))
      : [],
    reason: null,
    grantedBy: 'usr_aaaaaaaaaaaaaaaa',
    grantedByName: 'Anna',
    byStaff: true,
    grantedAtMs: NOW - 1000,
    expiresAtMs: dice.from([null, null, null, NOW - 1, NOW, NOW + 1, NOW + 60_000]),
    version: 1,
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const grantId = (n: number): GrantId => `gr_${LETTERS.charAt(n % 32).repeat(15)}${LETTERS.charAt((n >> 5) % 32)}`;

/** Somebody of this world, as they may come. */
export function aVisit(dice: Dice, world: World): Visit {
  const reached: readonly TokenTarget[] = [...CONTAINERS, ...TENANTS];
  const token = dice.oneIn(6)
    ? { capabilities: dice.some(CAPABILITIES), targets: dice.oneIn(2) ? [] : dice.some(reached, 3) }
    : null;
  return { person: dice.from(world.people), token, viewed: dice.oneIn(12) };
}

/** Mostly about things, and what can be handed on for them. */
export function aWish(dice: Dice, world: World): Wish {
  const capability = dice.from(dice.oneIn(4) ? CAPABILITIES : HANDED_ON);
  return { capability, thing: dice.oneIn(10) ? null : dice.from(world.things) };
}

export function toState(world: World): AccessState {
  const exceptions = new Map<ContainerId, Map<string, KnownException>>();
  for (const { containerId, role, allow, deny } of world.exceptions) {
    const ofContainer = exceptions.get(containerId) ?? new Map<string, KnownException>();
    exceptions.set(containerId, ofContainer.set(role, knownException({ allow, deny })));
  }
  const byId = <Id, Item extends { readonly id: Id }>(items: readonly Item[]) =>
    new Map(items.map((item) => [item.id, item]));
  return {
    roles: new Map(world.roles),
    teams: byId(world.teams),
    grants: byId(world.grants),
    exceptions,
    projects: byId(world.projects),
  };
}

const BY = {
  updatedBy: 'usr_aaaaaaaaaaaaaaaa',
  updatedByName: 'Anna',
  byStaff: true,
  updatedAtMs: NOW,
  version: 1,
} as const;
const knownException = ({ allow, deny }: HeldException): KnownException => ({ allow, deny, ...BY });

/** The same world with something less in it: less allowed, or more taken away. */
export function lessOf(dice: Dice, world: World): World {
  const capability = dice.from(HANDED_ON);
  const without = <Held extends HeldException>(held: Held): Held =>
    dice.oneIn(2)
      ? { ...held, allow: new Set([...held.allow].filter((allowed) => allowed !== capability)) }
      : { ...held, deny: new Set([...held.deny, capability]) };
  const oneOf = <Item>(items: readonly Item[], change: (item: Item) => Item): Item[] => {
    const chosen = dice.below(Math.max(1, items.length));
    return items.map((item, n) => (n === chosen ? change(item) : item));
  };
  switch (dice.below(3)) {
    case 0:
      return { ...world, grants: oneOf(world.grants, without) };
    case 1:
      return { ...world, exceptions: oneOf(world.exceptions, without) };
    default:
      return {
        ...world,
        roles: oneOf(world.roles, ([name, held]) => [name, new Set([...held].filter((one) => one !== capability))]),
      };
  }
}

/** A change of one or more things, as a service would make it. */
export function someWrites(dice: Dice, world: World): AccessWrites {
  const all: ReadonlyArray<() => AccessWrites> = [
    () => ({ putGrants: someGrants(dice, 2) }),
    () => ({ dropGrants: dice.some(world.grants).map(({ id }) => id) }),
    () => ({ putExceptions: [[dice.from(CONTAINERS), dice.from(ROLES), knownException(allowAndDeny(dice))]] }),
    () => ({ dropExceptions: dice.some(world.exceptions).map(({ containerId, role }) => [containerId, role]) }),
    () => ({ putTeams: dice.some(TEAMS, 3).map((id) => aTeam(dice, id)) }),
    () => ({ dropTeams: dice.some(TEAMS, 3) }),
    () => ({ putProjects: [aProject(dice, dice.from(PROJECTS))] }),
    () => ({ dropProjects: dice.some(PROJECTS) }),
    () => ({ putRoles: [[dice.from(ROLES), new Set(dice.some(HANDED_ON))]] }),
    () => ({ dropRoles: dice.some(ROLES, 4) }),
  ];
  const first = dice.from(all)();
  return dice.oneIn(3) ? { ...first, ...dice.from(all)() } : first;
}

const SOMEBODY = anActor();
const THEIR_TOKEN = aTokenOf(SOMEBODY, { capabilities: [], targets: [] });
const VIEWER = { userId: SOMEBODY.userId, displayName: 'Anna', tenantId: SOMEBODY.tenantId };

/** They, as the evaluator knows them. */
export function toActor(state: AccessState, { person, token, viewed }: Visit, nowMs = NOW): Actor {
  const standing = toStanding(state, person, nowMs, 'v');
  const rest = { ...person, standing, ...(viewed ? { viewedBy: VIEWER } : {}) };
  return token ? { ...THEIR_TOKEN, ...rest, scope: token } : { ...SOMEBODY, ...rest };
}
