import 'server-only';
import { CAPABILITIES, isOffered, TENANT_CAPABILITIES } from '@bailiwick/contract';
import type { OfferedCapability } from './role-editor.rules.ts';

/** What a role can be made of; the browser is told instead of carrying the whole contract. */
export const OFFERED_CAPABILITIES: readonly OfferedCapability[] = TENANT_CAPABILITIES.filter(isOffered).map(
  (capability) => {
    const { group, risk, grantable } = CAPABILITIES[capability];
    return { capability, group, risk, tenantOnly: grantable === 'tenant' };
  },
);
