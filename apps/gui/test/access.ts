import type { Grant, GrantableRole, RoleException, TargetAccess } from '@bailiwick/contract';
import { BUILT_IN_ROLES } from '@bailiwick/contract';

export const CONTAINER = 'ct_aaaaaaaaaaaaaaaa';
export const TANIA = 'usr_taniaaaaaaaaaaaa';
export const BOB = 'usr_bobaaaaaaaaaaaaa';
const ADA = { id: 'usr_adaaaaaaaaaaaaaa' as const, name: 'Ada' };

let made = 0;
const letter = () => 'abcdefghijklmnop'[(made += 1)] ?? 'a';

/** Something given to Tania on the container; say what matters. */
export const aGrant = (overrides: Partial<Grant> = {}): Grant => ({
  id: `gr_${letter().repeat(16)}`,
  tenantId: 'ten_aaaaaaaaaaaaaaaa',
  principal: { kind: 'user', id: TANIA },
  principalName: 'Tania',
  target: { kind: 'container', id: CONTAINER },
  targetName: 'web',
  role: 'operator',
  allow: [],
  deny: [],
  lent: [],
  reason: null,
  grantedBy: ADA,
  grantedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  expired: false,
  version: 1,
  ...overrides,
});

export const anException = (overrides: Partial<RoleException> = {}): RoleException => ({
  containerId: CONTAINER,
  role: 'user',
  allow: [],
  deny: [],
  updatedBy: ADA,
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  ...overrides,
});

export const anAccess = (overrides: Partial<TargetAccess> = {}): TargetAccess => ({
  target: { kind: 'container', id: CONTAINER },
  targetName: 'web',
  grants: [],
  inherited: [],
  exceptions: [],
  grantable: [...(BUILT_IN_ROLES['maintainer'] ?? [])],
  version: 'v',
  ...overrides,
});

export const builtInRoles = (): GrantableRole[] =>
  Object.entries(BUILT_IN_ROLES).map(([name, capabilities]) => ({
    name,
    description: '',
    capabilities: [...capabilities],
    builtIn: true,
    missing: [],
  }));
