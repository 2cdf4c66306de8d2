import type { Capability, Rights } from '@bailiwick/contract';
import { allows, onTenant } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { Tenant } from '../../foundation/identity/tenant.entity.js';

const OFFERED = ['tenants.see', 'tenants.update', 'tenants.archive'] as const satisfies readonly Capability[];

/** The first tenant holds the staff and what nobody was given: it is never archived. */
export function rightsOnTenant(actor: Actor, { id, slug }: Tenant): Rights {
  const rights: Rights = { can: [], why: {} };
  for (const capability of OFFERED) {
    if (!allows(actor, capability, onTenant(id))) rights.why[capability] = { code: 'default', params: {} };
    else if (capability === 'tenants.archive' && slug === 'default')
      rights.why[capability] = { code: 'first_tenant', params: {} };
    else rights.can.push(capability);
  }
  return rights;
}
