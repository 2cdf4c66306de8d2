import type { Capability, ListUsers, Rights, TwoFactorFilter, User as ShownUser, UserId } from '@bailiwick/contract';
import { allows, onTenant } from '../../foundation/access/access.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { isStaffRole } from '../../foundation/identity/users.rules.js';
import { conflict, forbidden } from '../../kernel/errors.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';

const OFFERED = [
  'people.see',
  'people.update',
  'people.move',
  'people.delete',
  'people.sessions',
] as const satisfies readonly Capability[];

/** What changes an account: by a token on its own person's, or on that of staff, it would be a way to become them. */
const CHANGES: ReadonlySet<Capability> = new Set<Capability>(
  OFFERED.filter((capability) => capability !== 'people.see'),
);
/** Nobody locks themselves out. */
const ON_ONESELF_NEVER: ReadonlySet<Capability> = new Set<Capability>(['people.delete', 'people.move']);

/** What the actor may do with somebody's account, and why not. */
function rightsOnUser(actor: Actor, user: User): Rights {
  const rights: Rights = { can: [], why: {} };
  for (const capability of OFFERED) {
    const code = whyNot(actor, capability, user);
    if (code === undefined) rights.can.push(capability);
    else rights.why[capability] = { code, params: {} };
  }
  return rights;
}

function whyNot(actor: Actor, capability: Capability, user: User): string | undefined {
  if (!allows(actor, capability, onTenant(user.tenantId))) return 'default';
  // Whoever runs the panel is the business of those who run it.
  if (capability !== 'people.see' && isStaffRole(user.platformRole) && !isStaff(actor)) return 'staff_account';
  if (capability !== 'people.see' && user.platformRole === 'owner' && !allows(actor, 'people.ownership', null))
    return 'ownership';
  if (
    actor.credential === 'personal_token' &&
    CHANGES.has(capability) &&
    (actor.userId === user.id || isStaffRole(user.platformRole))
  )
    return 'token';
  if (actor.userId === user.id && ON_ONESELF_NEVER.has(capability)) return 'oneself';
  return undefined;
}

/** Whatever the general right says: owners are the business of owners, and nobody removes themselves. */
export function assertMayTouch(actor: Actor, capability: Capability, user: User): void {
  const code = whyNot(actor, capability, user);
  if (code === 'ownership') throw forbidden({ missing: ['people.ownership'], resource: user.id, grantedBy: ['owner'] });
  if (code === 'default' || code === 'staff_account')
    throw forbidden({ missing: [capability], resource: user.id, grantedBy: ['owner', 'administrator'] });
  if (code === 'token')
    throw forbidden({ missing: ['account.manage'], resource: user.id, grantedBy: ['a session of your own'] });
  if (code === 'oneself')
    throw conflict('self_protection', 'That is your own account. Ask another administrator.', {
      params: { capability },
    });
}

/** One's own second factor and password are changed by who can show them, on the pages of the account. */
export function assertSomebodyElse({ userId }: Actor, id: UserId): void {
  if (userId === id)
    throw conflict('self_protection', 'That is your own account. Change this on the pages of your account.', {
      params: { capability: 'people.update' },
    });
}

/** Whoever may not make owners does not make one, by whatever way; and no token makes staff, whom nothing bounds as it is bounded. */
export function assertMayGive(actor: Actor, platformRole: User['platformRole']): void {
  if (actor.credential === 'personal_token' && isStaffRole(platformRole))
    throw forbidden({ missing: ['account.manage'], resource: null, grantedBy: ['a session of your own'] });
  if (platformRole === 'owner' && !allows(actor, 'people.ownership', null))
    throw forbidden({ missing: ['people.ownership'], resource: null, grantedBy: ['owner'] });
  if (isStaffRole(platformRole) && !isStaff(actor))
    throw forbidden({ missing: ['people.move'], resource: null, grantedBy: ['owner', 'administrator'] });
}

/** What somebody is in their tenant decides what grants without a role give them: staff say so. */
export function assertMayTag(actor: Actor): void {
  if (!isStaff(actor))
    throw forbidden({ missing: ['roles.update'], resource: null, grantedBy: ['owner', 'administrator'] });
}

/** What is known of somebody beside their account. */
export interface Surroundings {
  readonly tenant: Tenant;
  /** Since when they have a second factor. */
  readonly since: number | null;
  /** Their role needs one. */
  readonly required: boolean;
}

export const toShownUser = (
  actor: Actor,
  user: User,
  { tenant: { id, slug, name }, since, required }: Surroundings,
): ShownUser => ({
  id: user.id,
  username: user.username,
  displayName: user.displayName,
  email: user.email,
  emailVerified: user.emailVerifiedAt !== null,
  platformRole: user.platformRole,
  roleTag: user.roleTag,
  tenant: { id, slug, name },
  active: user.active,
  hasPassword: user.passwordHash !== null,
  createdAt: toIso(user.createdAt),
  lastSignInAt: toIsoOrNull(user.lastSignInAt),
  twoFactor: { enabledAt: toIsoOrNull(since), missing: required && since === null },
  rights: rightsOnUser(actor, user),
});

const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Filtered, in the order of names. */
export function selectUsers(
  users: readonly ShownUser[],
  { q, role, state, twoFactor }: Pick<ListUsers, 'q' | 'role' | 'state' | 'twoFactor'>,
): ShownUser[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return users
    .filter((user) => role === undefined || user.platformRole === role)
    .filter((user) => state === undefined || user.active === (state === 'active'))
    .filter((user) => twoFactor === undefined || hasTwoFactor(user, twoFactor))
    .filter((user) => words.every((word) => textOf(user).includes(word)))
    .sort((one, other) => compare(one.displayName, other.displayName) || (one.id < other.id ? -1 : 1));
}

const hasTwoFactor = ({ twoFactor: { enabledAt, missing } }: ShownUser, wanted: TwoFactorFilter): boolean =>
  wanted === 'missing' ? missing : (enabledAt !== null) === (wanted === 'on');

const textOf = ({ username, displayName, email, roleTag, tenant }: ShownUser): string =>
  [username, displayName, email ?? '', roleTag ?? '', tenant.slug, tenant.name].join('\n').toLowerCase();

/** What of an account changed, for the audit trail: before and after, and nothing else. */
export function changesOf(before: User, after: User): Record<string, { from: unknown; to: unknown }> {
  const told = ['username', 'displayName', 'email', 'platformRole', 'roleTag', 'active', 'tenantId'] as const;
  return Object.fromEntries(
    told
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, { from: before[field], to: after[field] }]),
  );
}
