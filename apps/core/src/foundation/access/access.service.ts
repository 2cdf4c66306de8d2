import { Injectable } from '@nestjs/common';
import type { Capability, TenantId } from '@bailiwick/contract';
import { allows, canEverHold, onTenant, type Target } from './access.rules.js';
import type { Actor } from './actor.js';
import { refusal } from './refusal.js';

/** Asks the rules on behalf of services. */
@Injectable()
export class AccessService {
  allows(actor: Actor, capability: Capability, target: Target | null): boolean {
    return allows(actor, capability, target);
  }

  /** 403 naming the missing capability; call it only for what the actor may see. */
  require(actor: Actor, capability: Capability, target: Target | null): void {
    if (allows(actor, capability, target)) return;
    throw refusal(actor, [capability], target?.id ?? null);
  }

  /** The same for several at once: 403 naming each one that is missing. */
  requireAll(actor: Actor, capabilities: readonly Capability[], target: Target | null): void {
    const [first, ...others] = capabilities.filter((capability) => !allows(actor, capability, target));
    if (first) throw refusal(actor, [first, ...others], target?.id ?? null);
  }

  /** In how much of the panel they hold what is handed on for tenants: everywhere, in one tenant, or nowhere. */
  reach(actor: Actor, capability: Capability): 'all' | TenantId | null {
    if (allows(actor, capability, null)) return 'all';
    return allows(actor, capability, onTenant(actor.tenantId)) ? actor.tenantId : null;
  }

  /** The same for who is about to use it: 403 for nowhere. */
  requireReach(actor: Actor, capability: Capability): 'all' | TenantId {
    const reach = this.reach(actor, capability);
    if (reach === null) throw refusal(actor, [capability], null);
    return reach;
  }

  /** 403 for who could not hold it on anything, not even on a thing of their own. */
  requireEver(actor: Actor, capability: Capability): void {
    if (canEverHold(actor, capability)) return;
    throw refusal(actor, [capability], null);
  }
}
