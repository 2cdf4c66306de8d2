import type { PlatformRole } from '@bailiwick/contract';

/** Staff run the panel: their accounts are in the system's database. */
export const isStaffRole = (role: PlatformRole): boolean => role === 'owner' || role === 'administrator';
