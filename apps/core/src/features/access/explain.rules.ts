import type { Capability, Fix, Rule } from '@bailiwick/contract';
import type { Target } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { AccessState } from '../../foundation/access/standing.js';

type Bare = Omit<Fix, 'by' | 'mine'>;

const fix = (kind: Fix['kind'], about: Partial<Pick<Fix, 'grantId' | 'role'>> = {}): Bare => ({
  kind,
  grantId: about.grantId ?? null,
  role: about.role ?? null,
});

/** The rules that stand in the way whatever is granted. */
const PERSONAL: Readonly<Partial<Record<Rule, Fix['kind']>>> = {
  account: 'enable_account',
  two_factor: 'set_up_second_factor',
  viewer: 'raise_platform_role',
  ownership: 'raise_platform_role',
};

/** What would turn a no into a yes, the smallest step first. Pure; who could take it is asked elsewhere. */
export function fixesOf(
  { decidedBy, grants }: { decidedBy: Rule; grants: readonly Bare['grantId'][] },
  roleException: string | undefined,
): Bare[] {
  const personal = PERSONAL[decidedBy];
  if (personal) return [fix(personal)];
  if (decidedBy === 'token' || decidedBy === 'viewing') return [];
  if (decidedBy !== 'default')
    return [...grants.map((grantId) => fix('remove_exception', { grantId })), fix('request')];
  const exception = roleException === undefined ? [] : [fix('remove_role_exception', { role: roleException })];
  return [...exception, fix('grant'), fix('request')];
}

/** What would turn a yes into a no, where a grant is what it rests on. */
export const endsOf = (grants: readonly Bare['grantId'][]): Bare[] =>
  grants.map((grantId) => fix('revoke', { grantId }));

/** The role that would give it, were it not for what the role means on this container. */
export function exceptedRole(
  { roles, exceptions }: AccessState,
  actor: Actor,
  capability: Capability,
  target: Target,
): string | undefined {
  const here = [...exceptions].find(([id]) => id === target.id)?.[1];
  if (!here) return undefined;
  const holders = [target.id, target.stack, target.projectId, target.environmentId, target.tenantId];
  const held = holders.flatMap((id) => {
    const holding = id ? actor.standing.on.get(id) : undefined;
    return holding ? [...(holding.direct ? [holding.direct] : []), ...holding.teams] : [];
  });
  return held
    .flatMap(({ role }) => role ?? [])
    .find((role) => here.get(role)?.deny.has(capability) === true && roles.get(role)?.has(capability) === true);
}
