import type { PlatformRole, TwoFactorSettings, UserId } from '@bailiwick/contract';

interface Account {
  readonly id: UserId;
  readonly platformRole: PlatformRole;
  readonly active: boolean;
}

/** How many of each role would have to set one up at their next step; who cannot sign in is not asked for it. */
export function countWithout(
  accounts: readonly Account[],
  confirmed: { has: (id: UserId) => boolean },
): TwoFactorSettings['without'] {
  const without = { owner: 0, administrator: 0, member: 0, viewer: 0 };
  for (const { id, platformRole, active } of accounts) if (active && !confirmed.has(id)) without[platformRole] += 1;
  return without;
}
