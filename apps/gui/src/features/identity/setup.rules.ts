import type { ClaimSetup } from '@bailiwick/contract';

export type OwnerField = keyof ClaimSetup;

const RIGHT: Record<OwnerField, (value: string) => boolean> = {
  token: (value) => value.trim() !== '',
  displayName: (value) => value.trim().length >= 1 && value.trim().length <= 80,
  username: (value) => /^[a-z0-9][a-z0-9._-]{1,31}$/.test(value),
  password: (value) => value.length >= 12 && value.length <= 128,
};
const ALL: readonly OwnerField[] = ['token', 'displayName', 'username', 'password'];

/** The fields that cannot be sent as they are, in the order of the form. */
export function wrongOwnerFields(values: ClaimSetup, fields: readonly OwnerField[] = ALL): OwnerField[] {
  return fields.filter((field) => !RIGHT[field](values[field]));
}
