import { type PlatformRole, TenantId, UserId } from '@bailiwick/contract';
import * as z from 'zod';
import type { User } from './user.entity.js';

/** Staff run the panel: their accounts are in the system's database. */
export const isStaffRole = (role: PlatformRole): boolean => role === 'owner' || role === 'administrator';

/** Staff counts in the system's database only: a tenant's file that says otherwise may have come from anywhere. */
export const roleInTenant = (role: PlatformRole): PlatformRole => (isStaffRole(role) ? 'member' : role);

/** Something that is shown of somebody has changed, or they came or went. */
export const PersonChange = z.object({
  userId: UserId,
  /** Where they are or were, if that has changed: more or fewer belong there now. */
  tenantIds: z.array(TenantId),
  roleTags: z.array(z.string()),
});
export type PersonChange = z.infer<typeof PersonChange>;

/** What else changes with them: of whom there are more or fewer now. */
export function toChange(before: User | undefined, after: User | undefined): PersonChange {
  const [known] = [after, before].flatMap((user) => user ?? []);
  if (!known) throw new Error('Nobody has changed.');
  const both = [before, after].flatMap((user) => user ?? []);
  const changed = <Value>(of: (user: User) => Value): Value[] =>
    before && after && of(before) === of(after) ? [] : both.map(of);
  return {
    userId: known.id,
    tenantIds: changed(({ tenantId }) => tenantId),
    roleTags: changed(({ roleTag }) => roleTag).filter((tag) => tag !== null),
  };
}

/** An id nobody has. */
export const NOBODY: UserId = 'usr_aaaaaaaaaaaaaaaa';
