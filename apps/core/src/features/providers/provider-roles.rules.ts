import type { PlatformRole } from '@bailiwick/contract';
import type { RoleOfGroup } from '../../sign-in-providers.js';

/** What a provider's groups make of somebody; what is undefined is not the provider's to say. */
export interface MappedRoles {
  readonly platformRole?: PlatformRole;
  readonly roleTag?: string | null;
}
type Mapping = { readonly roles: readonly RoleOfGroup[]; readonly defaultRole: 'member' | 'viewer' };

const RANK = { viewer: 0, member: 1, administrator: 2 } as const;

/** The highest role any group gives, else the default; the first role tag, else none. Owners stay what they are. */
export function mapRoles({ roles, defaultRole }: Mapping, groups: readonly string[], now?: PlatformRole): MappedRoles {
  const mine = roles.filter(({ group }) => groups.includes(group));
  const given = mine.flatMap(({ platformRole }) => (platformRole === undefined ? [] : [platformRole]));
  const highest = given.reduce<keyof typeof RANK>(
    (best, role) => (RANK[role] > RANK[best] ? role : best),
    given[0] ?? defaultRole,
  );
  const isRoleMapped = now !== 'owner' && (now === undefined || roles.some(({ platformRole }) => platformRole));
  const isTagMapped = roles.some(({ roleTag }) => roleTag);
  return {
    ...(isRoleMapped ? { platformRole: highest } : {}),
    ...(isTagMapped ? { roleTag: mine.find(({ roleTag }) => roleTag)?.roleTag ?? null } : {}),
  };
}
