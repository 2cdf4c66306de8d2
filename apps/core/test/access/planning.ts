import {
  type Ground,
  type PlannedChange,
  plannedException,
  plannedGrant,
  plannedLoan,
  plannedRevocation,
} from '../../src/features/access/access-plan.rules.js';
import { type Asked, carriedBy, homeOf } from './delegation.js';
import { NOW, toActor, toState } from './world.js';

/** What the rules make of a change, as a service asks them; throws where they refuse it. */
export function plan({ world, visit, target, thing, change }: Asked): PlannedChange {
  const state = toState(world);
  const actor = toActor(state, visit);
  const ground: Ground = {
    actor,
    state,
    resource: { target, name: 'web', on: thing },
    nowMs: NOW,
    reason: '',
    path: 'changes.0',
  };
  switch (change.op) {
    case 'grant': {
      const tenantId = homeOf(world, change.principal);
      const carries = carriedBy(world, change.principal, tenantId);
      return plannedGrant(ground, change, { tenantId, carries, newId: 'gr_yyyyyyyyyyyyyyyy' });
    }
    case 'lend':
      return plannedLoan(ground, change, { tenantId: homeOf(world, change.principal), newId: 'gr_yyyyyyyyyyyyyyyy' });
    case 'exception':
      return plannedException(ground, change, []);
    case 'revoke': {
      const grant = state.grants.get(change.grantId);
      if (!grant) throw new Error('Only what is there is revoked.');
      return plannedRevocation(ground, grant, change.version);
    }
  }
}
