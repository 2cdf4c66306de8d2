import type { CreateUser, UpdateUser, User } from '@bailiwick/contract';
import { isDisplayName, isEmail, isPassword, isUsername } from '../identity/account-fields.rules.ts';
import { toRole } from './people-view.rules.ts';

const anything = (): boolean => true;
const orEmpty = (rule: (text: string) => boolean) => (text: string) => text === '' || rule(text);

export const NEW_PERSON_FIELDS = [
  'displayName',
  'username',
  'email',
  'tenant',
  'platformRole',
  'roleTag',
  'password',
] as const;
type NewPerson = Record<(typeof NEW_PERSON_FIELDS)[number], string>;

export const NEW_PERSON: NewPerson = {
  displayName: '',
  username: '',
  email: '',
  tenant: 'default',
  platformRole: 'member',
  roleTag: '',
  password: '',
};

export const NEW_PERSON_RULES: Record<keyof NewPerson, (text: string) => boolean> = {
  displayName: isDisplayName,
  username: isUsername,
  email: orEmpty(isEmail),
  tenant: anything,
  platformRole: anything,
  roleTag: anything,
  password: orEmpty(isPassword),
};

/** What was left empty is not sent. */
export function toCreateUser(values: NewPerson): CreateUser {
  const { username, tenant, email, roleTag, password } = values;
  return {
    tenant,
    username,
    displayName: values.displayName.trim(),
    platformRole: toRole(values.platformRole) || 'member',
    ...(email === '' ? {} : { email }),
    ...(roleTag === '' ? {} : { roleTag }),
    ...(password === '' ? {} : { password }),
  };
}

export const PROFILE_FIELDS = ['displayName', 'username', 'email', 'roleTag'] as const;
type Profile = Record<(typeof PROFILE_FIELDS)[number], string>;

export const PROFILE_RULES: Record<keyof Profile, (text: string) => boolean> = {
  displayName: isDisplayName,
  username: isUsername,
  email: orEmpty(isEmail),
  roleTag: anything,
};

export const toProfile = ({ displayName, username, email, roleTag }: User): Profile => ({
  displayName,
  username,
  email: email ?? '',
  roleTag: roleTag ?? '',
});

/** Only what differs; an emptied field empties it. */
export function toUpdateUser(user: User, values: Profile): UpdateUser {
  const displayName = values.displayName.trim();
  const email = values.email === '' ? null : values.email;
  const roleTag = values.roleTag === '' ? null : values.roleTag;
  return {
    ...(displayName === user.displayName ? {} : { displayName }),
    ...(values.username === user.username ? {} : { username: values.username }),
    ...(email === user.email ? {} : { email }),
    ...(roleTag === user.roleTag ? {} : { roleTag }),
  };
}
