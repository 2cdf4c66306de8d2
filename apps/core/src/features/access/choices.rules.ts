import { DEFAULT_ROLE, type GrantablePrincipal } from '@bailiwick/contract';
import type { BrowserActor } from '../../foundation/access/actor.js';
import type { KnownTeam } from '../../foundation/access/standing.js';

export const toChoosableUser = (person: BrowserActor): GrantablePrincipal => ({
  kind: 'user',
  id: person.userId,
  name: person.displayName,
  username: person.username,
  platformRole: person.platformRole,
  carries: person.roleTag ?? DEFAULT_ROLE,
  active: person.active,
});

export const toChoosableTeam = ({ id, name, members }: KnownTeam): GrantablePrincipal => ({
  kind: 'team',
  id,
  name,
  members: members.size,
});

export function isFoundBy(principal: GrantablePrincipal, q: string): boolean {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${principal.name} ${principal.kind === 'user' ? principal.username : ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Whoever holds something first, then by name. */
export const inOrderOfUse = (
  principals: readonly GrantablePrincipal[],
  holding: ReadonlySet<string>,
): GrantablePrincipal[] =>
  [...principals].sort(
    (one, other) => Number(holding.has(other.id)) - Number(holding.has(one.id)) || one.name.localeCompare(other.name),
  );
