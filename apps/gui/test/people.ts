import type { Rights, User } from '@bailiwick/contract';

const RIGHTS: Rights = {
  can: ['people.see', 'people.update', 'people.move', 'people.delete', 'people.sessions'],
  why: {},
};

/** Somebody for a test; say what matters. */
export const aUser = (overrides: Partial<User> = {}): User => ({
  id: 'usr_aaaaaaaaaaaaaaaa',
  username: 'alice',
  displayName: 'Alice Liddell',
  email: null,
  emailVerified: false,
  platformRole: 'member',
  roleTag: null,
  tenant: { id: 'ten_aaaaaaaaaaaaaaaa', slug: 'acme', name: 'Acme' },
  active: true,
  hasPassword: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastSignInAt: null,
  twoFactor: { enabledAt: null, missing: false },
  rights: RIGHTS,
  ...overrides,
});
