import type { PlatformRole } from '@bailiwick/contract';

/** Staff run the panel: their accounts are in the system's database. */
export const isStaffRole = (role: PlatformRole): boolean => role === 'owner' || role === 'administrator';

/** Staff counts in the system's database only: a tenant's file that says otherwise may have come from anywhere. */
export const roleInTenant = (role: PlatformRole): PlatformRole => (isStaffRole(role) ? 'member' : role);
