import type { Person } from '@bailiwick/contract';

/** Owners and administrators: those whose account is the panel’s and not a tenant’s. */
export const isStaff = ({ platformRole }: Pick<Person, 'platformRole'>): boolean =>
  platformRole === 'owner' || platformRole === 'administrator';
