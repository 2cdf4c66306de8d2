import type { PlatformRole, TwoFactorFilter, User } from '@bailiwick/contract';

export const PLATFORM_ROLES: readonly PlatformRole[] = ['owner', 'administrator', 'member', 'viewer'];
export const USER_STATES = ['active', 'disabled'] as const;
export const TWO_FACTORS: readonly TwoFactorFilter[] = ['on', 'off', 'missing'];
type UserState = (typeof USER_STATES)[number];

/** What the address says about the list: the same address always shows the same people. */
export interface PeopleView {
  q: string;
  /** A slug. */
  tenant: string;
  role: PlatformRole | '';
  state: UserState | '';
  twoFactor: TwoFactorFilter | '';
}

export const EVERYBODY: PeopleView = { q: '', tenant: '', role: '', state: '', twoFactor: '' };

export type Parameters = Record<string, string | string[] | undefined>;

export function readPeopleView(parameters: Parameters): PeopleView {
  return {
    q: first(parameters['q']).slice(0, 200),
    tenant: first(parameters['tenant']).slice(0, 64),
    role: toRole(first(parameters['role'])),
    state: toState(first(parameters['state'])),
    twoFactor: toTwoFactor(first(parameters['twoFactor'])),
  };
}

/** The query string of a view; empty for everybody. */
export function writePeopleView({ q, tenant, role, state, twoFactor }: PeopleView): string {
  const named = Object.entries({ q, tenant, role, state, twoFactor }).filter(([, value]) => value !== '');
  return named.length === 0 ? '' : `?${new URLSearchParams(named)}`;
}

export const toRole = (text: string): PlatformRole | '' => PLATFORM_ROLES.find((each) => each === text) ?? '';
export const toState = (text: string): UserState | '' => USER_STATES.find((each) => each === text) ?? '';
export const toTwoFactor = (text: string): TwoFactorFilter | '' => TWO_FACTORS.find((each) => each === text) ?? '';

export const filterCount = ({ q, tenant, role, state, twoFactor }: PeopleView): number =>
  [q.trim(), tenant, role, state, twoFactor].filter((each) => each !== '').length;

/** Those who are meant, in the order the core gave them. */
export function selectPeople(users: readonly User[], { q, tenant, role, state, twoFactor }: PeopleView): User[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return users.filter(
    (user) =>
      (tenant === '' || user.tenant.slug === tenant || user.tenant.id === tenant) &&
      (role === '' || user.platformRole === role) &&
      (state === '' || user.active === (state === 'active')) &&
      (twoFactor === '' || hasTwoFactor(user, twoFactor)) &&
      words.every((word) => textOf(user).includes(word)),
  );
}

/** As the core answers the same question. */
const hasTwoFactor = ({ twoFactor: { enabledAt, missing } }: User, wanted: TwoFactorFilter): boolean =>
  wanted === 'missing' ? missing : (enabledAt !== null) === (wanted === 'on');

const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** In the order in which the core lists them. */
export const inOrder = (users: readonly User[]): User[] =>
  users.toSorted((one, other) => compare(one.displayName, other.displayName) || (one.id < other.id ? -1 : 1));

const textOf = ({ username, displayName, email, roleTag, tenant }: User): string =>
  [username, displayName, email ?? '', roleTag ?? '', tenant.slug, tenant.name].join('\n').toLowerCase();

const first = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
