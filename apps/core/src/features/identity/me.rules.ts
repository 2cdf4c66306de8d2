import { Capability, type Capability as CapabilityName } from '@bailiwick/contract';
import { allows } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';

/** What this person holds on the panel itself, without a thing in hand. */
export const capabilitiesOnPanel = (actor: Actor): CapabilityName[] =>
  Capability.options.filter((capability) => allows(actor, capability, null));
