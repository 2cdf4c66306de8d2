import {
  BUILT_IN_ROLES,
  CAPABILITIES,
  type Capability,
  type ContainerId,
  type Decision,
  type EnvironmentId,
  type GrantId,
  type ProjectId,
  READ_CAPABILITIES,
  type Rights,
  type Rule,
  type RuleStep,
  type StackKey,
  type TenantId,
  type TokenTarget,
  type UserId,
} from '@bailiwick/contract';
import { type Actor, type Asker, isStaff, type TokenScope } from './actor.js';
import type { HeldGrant, Holding, Standing } from './standing.js';

/** What a decision is about. `null` owner and unadopted things belong to nobody: staff only, unless given by name. */
export interface Target {
  readonly tenantId: TenantId;
  readonly ownerId: UserId | null;
  readonly id?: string;
  /** The container it is about, where it is none itself. */
  readonly containerId?: ContainerId | null;
  /** What holds it. */
  readonly stack?: StackKey | null;
  readonly projectId?: ProjectId | null;
  readonly environmentId?: EnvironmentId | null;
  /** False: found on an engine and never taken over; nothing that is given for a whole tenant or environment reaches it. */
  readonly managed?: boolean;
}

/** A whole tenant: what is handed on for it is asked here. */
export const onTenant = (tenantId: TenantId): Target => ({ id: tenantId, tenantId, ownerId: null });

type Effect = RuleStep['effect'];

/** What every active person may do on the panel itself, whatever their role. */
const EVERYBODY: ReadonlySet<Capability> = new Set<Capability>([
  'account.see',
  'account.manage',
  'presets.see',
  'environments.see',
  'operations.see',
  'containers.see',
  'projects.see',
]);
/** What a member may start without a target. */
const MEMBERS: ReadonlySet<Capability> = new Set<Capability>(['containers.create']);
/** Whoever deployed a thing is its maintainer. */
const OWNERS: ReadonlySet<Capability> = new Set(BUILT_IN_ROLES['maintainer']);
/** Data is its owner's also when nothing uses it any more. */
const OWN_DATA: ReadonlySet<Capability> = new Set<Capability>(['volumes.see', 'volumes.delete']);
/** What who deployed a thing may do with it. */
export const isOwners = (capability: Capability): boolean => OWNERS.has(capability);
/** Whether somebody may there what who deployed it may. */
export const holdsAsOwner = (actor: Actor, target: Target): boolean =>
  heldOn(actor, [...OWNERS], target).length === OWNERS.size;
/** One's own account: where a missing second factor is set up. */
const OWN_ACCOUNT: ReadonlySet<Capability> = new Set<Capability>(['account.see', 'account.manage']);
/** Whose token it is is no secret to it. */
const ALWAYS_BY_TOKEN: ReadonlySet<Capability> = new Set<Capability>(['account.see']);
/** A token that leaked must not become the account: no new password, no further tokens. */
const NEVER_BY_TOKEN: ReadonlySet<Capability> = new Set<Capability>(['account.manage', 'access.viewAs']);

/** `onThing` is what they hold on the target itself: several rules ask that. */
type Ask = (actor: Actor, capability: Capability, target: Target | null, onThing: Holding | undefined) => Effect;

/** In the order they are asked; the first that does not answer `none` decides. */
const RULES: ReadonlyArray<readonly [Rule, Ask]> = [
  ['account', (actor) => (actor.active ? 'none' : 'deny')],
  // Enough to set the second factor up; a token of theirs rests until it is.
  ['two_factor', (actor, capability) => (actor.twoFactorMissing && !OWN_ACCOUNT.has(capability) ? 'deny' : 'none')],
  // Whoever looks as somebody else changes nothing, not even that person's account.
  [
    'viewing',
    ({ viewedBy }, capability) =>
      viewedBy !== undefined && (!READ_CAPABILITIES.has(capability) || capability === 'account.manage')
        ? 'deny'
        : 'none',
  ],
  [
    'token',
    (actor, capability, target) =>
      actor.credential === 'personal_token' && !covers(actor.scope, actor, capability, target) ? 'deny' : 'none',
  ],
  [
    'viewer',
    (actor, capability) => (actor.platformRole === 'viewer' && !READ_CAPABILITIES.has(capability) ? 'deny' : 'none'),
  ],
  // Owners are made and unmade by owners only.
  [
    'ownership',
    (actor, capability) => (capability === 'people.ownership' && actor.platformRole !== 'owner' ? 'deny' : 'none'),
  ],
  ['staff', (actor) => (actor.platformRole === 'owner' || actor.platformRole === 'administrator' ? 'allow' : 'none')],
  ['denied', (_actor, capability, _target, onThing) => (onThing && isDeniedIn(onThing, capability) ? 'deny' : 'none')],
  ['owner', (actor, capability, target) => (owns(actor, capability, target) ? 'allow' : 'none')],
  ['direct', byGrants(({ direct }, isHeld) => direct !== null && !direct.byTag && isHeld(direct))],
  ['team', byGrants(({ teams }, isHeld) => teams.some((grant) => !grant.byTag && isHeld(grant)))],
  ['role_tag', byGrants(({ counting }, isHeld) => counting.some((grant) => grant.byTag && isHeld(grant)))],
  ['stack', byHolder((target) => target.stack)],
  ['project', byHolder((target) => target.projectId)],
  ['environment', byHolder((target) => (isAdopted(target) ? target.environmentId : null))],
  ['tenant', byHolder((target) => (isAdopted(target) ? target.tenantId : null))],
  [
    'default',
    (actor, capability, target) => (target === null && holdsWithoutTarget(actor, capability) ? 'allow' : 'deny'),
  ],
];

/** The one place that says yes or no; pure. */
export function allows(actor: Actor, capability: Capability, target: Target | null): boolean {
  const onThing = holdingOnThing(actor, target);
  for (const [, ask] of RULES) {
    const effect = ask(actor, capability, target, onThing);
    if (effect !== 'none') return effect === 'allow';
  }
  throw new Error('The last rule always decides.');
}

/** The rule that decides. */
export function decidingRule(actor: Actor, capability: Capability, target: Target | null): Rule {
  const onThing = holdingOnThing(actor, target);
  for (const [rule, ask] of RULES) if (ask(actor, capability, target, onThing) !== 'none') return rule;
  throw new Error('The last rule always decides.');
}

/** The same verdict with every rule in order, also those that came too late, and the grants each answers by. */
export function decide(actor: Actor, capability: Capability, target: Target | null): Decision {
  const onThing = holdingOnThing(actor, target);
  const answers = RULES.map(([rule, ask]) => ({ rule, effect: ask(actor, capability, target, onThing) }));
  const winner = answers.find(({ effect }) => effect !== 'none');
  if (!winner) throw new Error('The last rule always decides.');
  return {
    allowed: winner.effect === 'allow',
    capability,
    decidedBy: winner.rule,
    trace: answers.map(({ rule, effect }) => ({
      rule,
      effect,
      wins: rule === winner.rule,
      grants: target && effect !== 'none' ? idsBehind(rule, actor, capability, target) : [],
    })),
  };
}

/** Whether a token was made for that. What its person may do is asked after it. */
function covers({ capabilities, targets }: TokenScope, asker: Asker, capability: Capability, target: Target | null) {
  if (ALWAYS_BY_TOKEN.has(capability)) return true;
  if (NEVER_BY_TOKEN.has(capability) || !capabilities.includes(capability)) return false;
  if (targets.length === 0) return true;
  const reaches = (id: string | null | undefined) => targets.some((reached) => reached === id);
  if (target) return reaches(target.tenantId) || reaches(target.id) || reaches(target.containerId);
  // Lists are asked about again item by item; whatever else has no target reaches beyond a few things.
  return EVERYBODY.has(capability) || (MEMBERS.has(capability) && reaches(asker.tenantId));
}

function owns(actor: Actor, capability: Capability, target: Target | null): boolean {
  return (
    target !== null &&
    target.ownerId === actor.userId &&
    target.tenantId === actor.tenantId &&
    (OWNERS.has(capability) || OWN_DATA.has(capability))
  );
}

/** What was only found on an engine is reached by nothing that is given for a whole tenant or environment. */
export const isAdopted = ({ managed, ownerId }: Target): boolean => managed !== false || ownerId !== null;
const thingOf = ({ containerId, id }: Target): string | undefined => containerId ?? id;

/** What was handed on reaches things of the own tenant only. */
function holdingOn({ standing, tenantId }: Actor, target: Target, id: string | null | undefined): Holding | undefined {
  return id === null || id === undefined || target.tenantId !== tenantId ? undefined : standing.on.get(id);
}

const holdingOnThing = (actor: Actor, target: Target | null): Holding | undefined =>
  target ? holdingOn(actor, target, thingOf(target)) : undefined;

/** A role can mean something else on one container. */
function isHeldOn({ exceptions }: Standing, grant: HeldGrant, capability: Capability, thing: string | undefined) {
  if (grant.deny.has(capability)) return false;
  if (grant.allow.has(capability)) return true;
  const exception = isContainer(thing) && grant.role !== null ? exceptions.get(thing)?.get(grant.role) : undefined;
  if (exception?.deny.has(capability)) return false;
  return exception?.allow.has(capability) === true || grant.capabilities.has(capability);
}

const isContainer = (id: string | undefined): id is ContainerId => id?.startsWith('ct_') === true;

const isDeniedIn = ({ denying }: Holding, capability: Capability): boolean =>
  denying.some(({ deny }) => deny.has(capability));

/** A rule that asks what was handed on for the thing itself. */
function byGrants(holds: (holding: Holding, isHeld: (grant: HeldGrant) => boolean) => boolean): Ask {
  return ({ standing }, capability, target, onThing) =>
    target && onThing && holds(onThing, (grant) => isHeldOn(standing, grant, capability, thingOf(target)))
      ? 'allow'
      : 'none';
}

/** A rule that asks what was handed on for something that holds the thing; what is taken away there comes first. */
function byHolder(holderOf: (target: Target) => string | null | undefined): Ask {
  return (actor, capability, target) => {
    const holder = target ? holderOf(target) : undefined;
    // For the holder itself, the rules before this one have answered.
    if (!target || holder === thingOf(target)) return 'none';
    const holding = holdingOn(actor, target, holder);
    if (!holding) return 'none';
    if (isDeniedIn(holding, capability)) return 'deny';
    const isHeld = (grant: HeldGrant) => isHeldOn(actor.standing, grant, capability, thingOf(target));
    return holding.counting.some(isHeld) ? 'allow' : 'none';
  };
}

const idsBehind = (...answer: Parameters<typeof grantsBehind>): GrantId[] =>
  grantsBehind(...answer).map(({ id }) => id);

/** Which grants a rule that said something answered by. */
function grantsBehind(rule: Rule, actor: Actor, capability: Capability, target: Target): readonly HeldGrant[] {
  const thing = thingOf(target);
  const held = (some: readonly HeldGrant[]) =>
    some.filter((grant) => isHeldOn(actor.standing, grant, capability, thing));
  const onThing = holdingOn(actor, target, thing);
  const denyingIn = ({ denying }: Holding) => denying.filter(({ deny }) => deny.has(capability));
  const onHolder = (id: string | null | undefined) => {
    const holding = id === thing ? undefined : holdingOn(actor, target, id);
    if (!holding) return [];
    return isDeniedIn(holding, capability) ? denyingIn(holding) : held(holding.counting);
  };
  switch (rule) {
    case 'denied':
      return onThing ? denyingIn(onThing) : [];
    case 'direct':
      return held(onThing?.direct && !onThing.direct.byTag ? [onThing.direct] : []);
    case 'team':
      return held((onThing?.teams ?? []).filter(({ byTag }) => !byTag));
    case 'role_tag':
      return held((onThing?.counting ?? []).filter(({ byTag }) => byTag));
    case 'stack':
      return onHolder(target.stack);
    case 'project':
      return onHolder(target.projectId);
    case 'environment':
      return onHolder(isAdopted(target) ? target.environmentId : null);
    case 'tenant':
      return onHolder(isAdopted(target) ? target.tenantId : null);
    default:
      return [];
  }
}

function holdsWithoutTarget(actor: Actor, capability: Capability): boolean {
  return EVERYBODY.has(capability) || (actor.platformRole === 'member' && MEMBERS.has(capability));
}

/** Whether this person could hold it on anything at all: on the panel, on a thing of their own, or on one given to them. */
export function canEverHold(actor: Actor, capability: Capability): boolean {
  if (allows(actor, capability, null)) return true;
  if (actor.standing.anywhere.has(capability) && isPassedBy(actor, capability)) return true;
  return imaginedThings(actor).some((thing) => allows(actor, capability, thing));
}

/** Whether nothing about the person themselves stands in the way, wherever it is. */
function isPassedBy(actor: Actor, capability: Capability): boolean {
  const inside = actor.credential === 'personal_token' && actor.scope.targets.length > 0;
  const somewhere = inside ? imaginedThings(actor) : [null];
  return somewhere.some((target) => {
    const rule = decidingRule(actor, capability, target);
    return !PERSONAL.has(rule);
  });
}

/** The rules that ask only who somebody is and what they came with. */
const PERSONAL: ReadonlySet<Rule> = new Set<Rule>(['account', 'two_factor', 'viewing', 'token', 'viewer', 'ownership']);

/** A thing of their own, wherever what they came with reaches. */
function imaginedThings(actor: Actor): Target[] {
  const own = { tenantId: actor.tenantId, ownerId: actor.userId };
  if (actor.credential !== 'personal_token' || actor.scope.targets.length === 0) return [own];
  return actor.scope.targets.map((id) => (isTenant(id) ? { ...own, tenantId: id } : { ...own, id }));
}

const isTenant = (id: TokenTarget): id is TenantId => id.startsWith('ten_');

/** `can` and `why` for one object, over the capabilities that make sense on it. */
export function rightsOn(actor: Actor, capabilities: readonly Capability[], target: Target): Rights {
  const rights: Rights = { can: [], why: {} };
  for (const capability of capabilities) {
    if (allows(actor, capability, target)) rights.can.push(capability);
    else rights.why[capability] = { code: decidingRule(actor, capability, target), params: {} };
  }
  return rights;
}

/** Of those, what somebody holds there and may therefore hand on. */
export const heldOn = (actor: Actor, capabilities: readonly Capability[], target: Target): Capability[] =>
  capabilities.filter(
    (capability) => CAPABILITIES[capability].grantable !== 'self' && allows(actor, capability, target),
  );

/** Actors with the same key get the same answer to every question about everything. */
export function rightsKey(actor: Actor): string {
  const missing = actor.twoFactorMissing ? ':two_factor' : '';
  const viewed = actor.viewedBy ? ':viewed' : '';
  if (actor.credential === 'personal_token') return `${actor.tokenId}:${rightsVersion(actor)}${missing}`;
  return isStaff(actor) ? `staff${viewed}` : `${actor.userId}:${rightsVersion(actor)}${missing}${viewed}`;
}

/** Changes whenever anything changes that decides what somebody may do. */
export const rightsVersion = (actor: Pick<Asker, 'rightsVersion' | 'standing' | 'viewedBy'>): string =>
  `${actor.rightsVersion}.${actor.standing.version}${actor.viewedBy ? '.v' : ''}`;
