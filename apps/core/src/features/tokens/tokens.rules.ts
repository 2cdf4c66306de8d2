import { Capability, isOffered, type PersonalToken, TokenCapability } from '@bailiwick/contract';
import { canEverHold } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { ApiToken } from '../../foundation/identity/api-token.entity.js';
import { forbidden } from '../../kernel/errors.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';

/** Nobody hands on what they do not hold. */
export function assertHolds(actor: Actor, capabilities: readonly Capability[]): void {
  const missing = capabilities.filter((capability) => !canEverHold(actor, capability));
  if (missing.length > 0) throw forbidden({ missing, resource: null, grantedBy: ['owner', 'administrator'] });
}

/** All that a token of theirs could be made for now. */
export const offeredTo = (actor: Actor): TokenCapability[] =>
  TokenCapability.options.filter((capability) => isOffered(capability) && canEverHold(actor, capability));

/** Whoever does something to a thing has to see it: `containers.start` alone would find nothing to start. */
export function withSight(capabilities: readonly Capability[]): Capability[] {
  const sights = capabilities.flatMap((capability) => {
    const [noun = ''] = capability.split('.');
    return TokenCapability.safeParse(`${noun}.see`).data ?? [];
  });
  const wanted = new Set([...capabilities, ...sights]);
  return Capability.options.filter((capability) => wanted.has(capability));
}

export const toPersonalToken = (row: ApiToken, expired: boolean): PersonalToken => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  capabilities: row.capabilities.flatMap((capability) => TokenCapability.safeParse(capability).data ?? []),
  targets: row.targets,
  grave: row.grave,
  createdAt: toIso(row.createdAt),
  expiresAt: toIso(row.expiresAt),
  expired,
  lastUsedAt: toIsoOrNull(row.lastUsedAt),
  lastUsedAddress: row.lastUsedAddress,
});
