import {
  BUILT_IN_ROLES,
  type Capability,
  type ContainerId,
  type EnvironmentId,
  type GrantTarget,
  type Principal,
  type ProjectId,
  type StackKey,
  type TeamId,
  type TenantId,
  type UserId,
} from '@bailiwick/contract';
import { decide, type Target } from '../../src/foundation/access/access.rules.js';
import { type AccessWrites, afterWrites, NOTHING_GIVEN } from '../../src/foundation/access/access-state.rules.js';
import type { AccessState, KnownGrant, KnownTeam } from '../../src/foundation/access/standing.js';
import { type Holder, toStanding } from '../../src/foundation/access/standing.rules.js';
import { newId } from '../../src/kernel/ids.js';
import { anActor, TEST_TENANT } from './actor.js';

export const NOW = 1_800_000_000_000;
export const OTHER_TENANT: TenantId = 'ten_zzzzzzzzzzzzzzzz';
export const ANNA: UserId = 'usr_aaaaaaaaaaaaaaaa';
export const BEN: UserId = 'usr_bbbbbbbbbbbbbbbb';
export const WEB: ContainerId = 'ct_aaaaaaaaaaaaaaaa';
const HOST: EnvironmentId = 'env_aaaaaaaaaaaaaaaa';
const STACK: StackKey = `${HOST}/shop`;
export const SHOP: ProjectId = 'prj_aaaaaaaaaaaaaaaa';
export const UNKNOWN: ProjectId = 'prj_zzzzzzzzzzzzzzzz';
export const FIRST: TeamId = 'tea_aaaaaaaaaaaaaaaa';
export const SECOND: TeamId = 'tea_bbbbbbbbbbbbbbbb';
export const anna: Principal = { kind: 'user', id: ANNA };
export const firstTeam: Principal = { kind: 'team', id: FIRST };
export const secondTeam: Principal = { kind: 'team', id: SECOND };
export const onWeb: GrantTarget = { kind: 'container', id: WEB };
export const onStack: GrantTarget = { kind: 'stack', id: STACK };
export const onShop: GrantTarget = { kind: 'project', id: SHOP };
export const onHost: GrantTarget = { kind: 'environment', id: HOST };
export const onTenant: GrantTarget = { kind: 'tenant', id: TEST_TENANT };
export const LEVELS = { stack: onStack, project: onShop, environment: onHost, tenant: onTenant } as const;
/** A container of nobody's that every level holds. */
export const web: Target = {
  id: WEB,
  tenantId: TEST_TENANT,
  ownerId: null,
  stack: STACK,
  projectId: SHOP,
  environmentId: HOST,
  managed: true,
};

type Words = Partial<Omit<KnownGrant, 'allow' | 'deny'>> & { allow?: Capability[]; deny?: Capability[] };
export const grant = (
  principal: Principal,
  target: GrantTarget,
  { allow = [], deny = [], ...rest }: Words,
): KnownGrant => ({
  id: newId('gr'),
  tenantId: TEST_TENANT,
  principal,
  target,
  role: null,
  allow: new Set(allow),
  deny: new Set(deny),
  lent: [],
  reason: null,
  grantedBy: BEN,
  grantedByName: 'Ben',
  byStaff: true,
  grantedAtMs: NOW - 1000,
  expiresAtMs: null,
  version: 1,
  ...rest,
});
export const team = (id: TeamId, priority: number, rest: Partial<KnownTeam> = {}): KnownTeam => ({
  id,
  tenantId: TEST_TENANT,
  name: id,
  priority,
  members: new Set([ANNA]),
  ...rest,
});
export const exceptionOn = (role: string, allow: Capability[], deny: Capability[] = []): AccessWrites => ({
  putExceptions: [
    [
      WEB,
      role,
      {
        allow: new Set(allow),
        deny: new Set(deny),
        updatedBy: BEN,
        updatedByName: 'Ben',
        byStaff: true,
        updatedAtMs: NOW,
        version: 1,
      },
    ],
  ],
});
export const project = (rest: { defaultRole?: string; archived?: boolean } = {}) => ({
  id: SHOP,
  tenantId: TEST_TENANT,
  name: 'shop',
  ownerId: null,
  defaultRole: 'operator',
  archived: false,
  ...rest,
});
/** Two teams of Anna's, the first before the second; one open project; the built-in roles. */
export const NOTHING_YET = afterWrites(NOTHING_GIVEN, {
  putRoles: Object.entries(BUILT_IN_ROLES).map(([name, some]) => [name, new Set(some)] as const),
  putTeams: [team(FIRST, 1), team(SECOND, 2)],
  putProjects: [project()],
});
export const given = (...putGrants: KnownGrant[]): AccessState => afterWrites(NOTHING_YET, { putGrants });

export const holder: Holder = { userId: ANNA, tenantId: TEST_TENANT, roleTag: null };
export function asAnna(state: AccessState, overrides: Parameters<typeof anActor>[0] = {}) {
  const person = { ...holder, ...overrides };
  return anActor({ ...person, standing: toStanding(state, person, NOW, 'v') });
}
/** What is said about Anna, and by which rule. */
export function verdict(state: AccessState, capability: Capability, target: Target = web, overrides = {}) {
  const { allowed, decidedBy } = decide(asAnna(state, overrides), capability, target);
  return `${allowed ? 'yes' : 'no'} by ${decidedBy}`;
}
