import { CAPABILITIES, Capability, type Capability as CapabilityName, type UserId } from '@bailiwick/contract';
import { allows, canEverHold, onTenant } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { SignInLimit } from '../../foundation/identity/sign-in-limits.rules.js';

/** What this person holds on the panel itself, without a thing in hand. */
export const capabilitiesOnPanel = (actor: Actor): CapabilityName[] =>
  Capability.options.filter(
    (capability) =>
      allows(actor, capability, null) ||
      (CAPABILITIES[capability].grantable === 'tenant' && allows(actor, capability, onTenant(actor.tenantId))),
  );

export const capabilitiesAnywhere = (actor: Actor): CapabilityName[] =>
  Capability.options.filter((capability) => canEverHold(actor, capability));

const DAY_MS = 24 * 3_600_000;

/** Changes of one's own address: each sends a mail to the one before, whoever's that is. */
export const addressLimit = (userId: UserId): readonly [key: string, limit: SignInLimit] => [
  `own address ${userId}`,
  { tries: 10, windowMs: DAY_MS, lockMs: DAY_MS },
];
