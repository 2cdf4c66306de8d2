import { createHash } from 'node:crypto';
import type { Grant, RoleException } from '@bailiwick/contract';
import { differing } from '../../foundation/access/access-state.rules.js';
import type { KnownException, KnownGrant } from '../../foundation/access/standing.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import type { CoreEvents } from '../../kernel/events.js';

/** What is not in the book: how people call them. */
export interface Called {
  readonly principalName: string | null;
  readonly targetName: string | null;
}

export const toShownGrant = (grant: KnownGrant, called: Called, nowMs: number): Grant => ({
  id: grant.id,
  tenantId: grant.tenantId,
  principal: grant.principal,
  principalName: called.principalName,
  target: grant.target,
  targetName: called.targetName,
  role: grant.role,
  allow: [...grant.allow],
  deny: [...grant.deny],
  lent: grant.lent
    .filter(({ untilMs }) => untilMs > nowMs)
    .map(({ capability, untilMs, by, byName }) => ({
      capability,
      until: toIso(untilMs),
      by: { id: by, name: byName },
    })),
  reason: grant.reason,
  grantedBy: { id: grant.grantedBy, name: grant.grantedByName },
  grantedAt: toIso(grant.grantedAtMs),
  expiresAt: toIsoOrNull(grant.expiresAtMs),
  expired: isOver(grant, nowMs),
  version: grant.version,
});

export const toShownException = (
  containerId: RoleException['containerId'],
  role: string,
  { allow, deny, updatedBy, updatedByName, updatedAtMs, version }: KnownException,
): RoleException => ({
  containerId,
  role,
  allow: [...allow],
  deny: [...deny],
  updatedBy: { id: updatedBy, name: updatedByName },
  updatedAt: toIso(updatedAtMs),
  version,
});

/** The things on which something else was handed on after a change than before it, or to whom is called otherwise. */
export function targetsTouched({ before, after }: CoreEvents['access.changed']): ReadonlySet<string> {
  const teams = new Set<string>(differing(before.teams, after.teams).map(({ id }) => id));
  const grants = [
    ...differing(before.grants, after.grants),
    ...[...after.grants.values()].filter(({ principal }) => teams.has(principal.id)),
  ];
  const containers = [...before.exceptions.keys(), ...after.exceptions.keys()];
  return new Set<string>([
    ...grants.map(({ target }) => target.id),
    ...containers.filter((id) => before.exceptions.get(id) !== after.exceptions.get(id)),
  ]);
}

export const versionOf = (shown: unknown): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22);
