import type { ClaimSetup } from '@bailiwick/contract';
import { isDisplayName, isPassword, isUsername } from './account-fields.rules.ts';

export type OwnerField = keyof ClaimSetup;

const RIGHT: Record<OwnerField, (value: string) => boolean> = {
  token: (value) => value.trim() !== '',
  displayName: isDisplayName,
  username: isUsername,
  password: isPassword,
};
const ALL: readonly OwnerField[] = ['token', 'displayName', 'username', 'password'];

/** The fields that cannot be sent as they are, in the order of the form. */
export function wrongOwnerFields(values: ClaimSetup, fields: readonly OwnerField[] = ALL): OwnerField[] {
  return fields.filter((field) => !RIGHT[field](values[field]));
}
