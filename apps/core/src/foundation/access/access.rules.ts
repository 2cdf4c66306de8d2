import {
  type Capability,
  type ContainerId,
  type Decision,
  READ_CAPABILITIES,
  type Rights,
  type RuleStep,
  type TenantId,
  type TokenTarget,
  type UserId,
} from '@bailiwick/contract';
import { type Actor, type Asker, isStaff, type TokenScope } from './actor.js';

/** What a decision is about. `null` owner and unadopted things belong to nobody: staff only. */
export interface Target {
  readonly tenantId: TenantId;
  readonly ownerId: UserId | null;
  readonly id?: string;
  /** The container it is about, where it is none itself. */
  readonly containerId?: ContainerId | null;
}

/** What every active person may do on the panel itself, whatever their role. */
const EVERYBODY: ReadonlySet<Capability> = new Set<Capability>([
  'account.see',
  'account.manage',
  'presets.see',
  'environments.see',
  'operations.see',
  'containers.see',
]);
/** What a member may start without a target. */
const MEMBERS: ReadonlySet<Capability> = new Set<Capability>(['containers.create']);
/** Staff only, also on things one deployed: these speak of the host, not of the thing. */
const STAFF_ONLY: ReadonlySet<Capability> = new Set<Capability>([
  'containers.inspect',
  'environments.test',
  'audit.see',
  'audit.export',
  'panel.log',
  'people.see',
  'people.create',
  'people.update',
  'people.move',
  'people.delete',
  'people.sessions',
  'people.ownership',
  'tenants.see',
  'tenants.create',
  'tenants.update',
  'tenants.archive',
  'roles.see',
  'roles.update',
  'settings.see',
  'settings.update',
]);

/** One's own account: where a missing second factor is set up. */
const OWN_ACCOUNT: ReadonlySet<Capability> = new Set<Capability>(['account.see', 'account.manage']);
/** Whose token it is is no secret to it. */
const ALWAYS_BY_TOKEN: ReadonlySet<Capability> = new Set<Capability>(['account.see']);
/** A token that leaked must not become the account: no new password, no further tokens. */
const NEVER_BY_TOKEN: ReadonlySet<Capability> = new Set<Capability>(['account.manage']);

type Rule = (actor: Actor, capability: Capability, target: Target | null) => RuleStep['effect'];

/** In the order they are asked; the first that does not answer `none` decides. */
const RULES: ReadonlyArray<readonly [RuleStep['rule'], Rule]> = [
  ['account', (actor) => (actor.active ? 'none' : 'deny')],
  // Enough to set the second factor up; a token of theirs rests until it is.
  ['two_factor', (actor, capability) => (actor.twoFactorMissing && !OWN_ACCOUNT.has(capability) ? 'deny' : 'none')],
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
  ['owner', owns],
  [
    'default',
    (actor, capability, target) => (target === null && holdsWithoutTarget(actor, capability) ? 'allow' : 'deny'),
  ],
];

/** The one place that says yes or no; pure, and explains itself. */
export function decide(actor: Actor, capability: Capability, target: Target | null): Decision {
  const trace: RuleStep[] = [];
  for (const [rule, ask] of RULES) {
    const effect = ask(actor, capability, target);
    const wins = effect !== 'none';
    trace.push({ rule, effect, wins });
    if (wins) return { allowed: effect === 'allow', capability, decidedBy: rule, trace };
  }
  throw new Error('The last rule always decides.');
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

/** Whoever deployed a thing is its maintainer. */
function owns(actor: Actor, capability: Capability, target: Target | null): RuleStep['effect'] {
  if (!target || STAFF_ONLY.has(capability)) return 'none';
  return target.ownerId === actor.userId && target.tenantId === actor.tenantId ? 'allow' : 'none';
}

function holdsWithoutTarget(actor: Actor, capability: Capability): boolean {
  return EVERYBODY.has(capability) || (actor.platformRole === 'member' && MEMBERS.has(capability));
}

export const allows = (actor: Actor, capability: Capability, target: Target | null): boolean =>
  decide(actor, capability, target).allowed;

/** Whether this person could hold it on anything at all: on the panel, or on a thing of their own. */
export const canEverHold = (actor: Actor, capability: Capability): boolean =>
  allows(actor, capability, null) || imaginedThings(actor).some((thing) => allows(actor, capability, thing));

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
    const decision = decide(actor, capability, target);
    if (decision.allowed) rights.can.push(capability);
    else rights.why[capability] = { code: decision.decidedBy, params: {} };
  }
  return rights;
}

/** Actors with the same key get the same answer to every question about everything. */
export function rightsKey(actor: Actor): string {
  const missing = actor.twoFactorMissing ? ':two_factor' : '';
  if (actor.credential === 'personal_token') return `${actor.tokenId}:${actor.rightsVersion}${missing}`;
  return isStaff(actor) ? 'staff' : `${actor.userId}:${actor.rightsVersion}${missing}`;
}
