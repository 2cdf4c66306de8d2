import type { PlatformRole, TwoFactorSettings } from '@bailiwick/contract';

/** What saving would do: how many would have to set a second factor up, and how many would not have to any more. */
export function toEffect(
  { requiredFor, without }: TwoFactorSettings,
  chosen: ReadonlySet<PlatformRole>,
): { sent: number; lifted: number; added: PlatformRole[] } {
  const added = [...chosen].filter((role) => !requiredFor.includes(role));
  const removed = requiredFor.filter((role) => !chosen.has(role));
  const count = (roles: readonly PlatformRole[]) => roles.reduce((sum, role) => sum + (without[role] ?? 0), 0);
  return { sent: count(added), lifted: count(removed), added };
}
