import type { Capability } from '@bailiwick/contract';
import { AppError, forbidden } from '../../kernel/errors.js';
import { decidingRule } from './access.rules.js';
import type { Actor } from './actor.js';

/** Why somebody may not: capabilities are missing, or all of them are until they have a second factor. */
export function refusal(
  actor: Actor,
  missing: readonly [Capability, ...Capability[]],
  resource: string | null,
): AppError {
  if (decidingRule(actor, missing[0], null) === 'two_factor')
    return new AppError('two_factor_enrolment_required', 403, 'Your role needs two-factor sign-in. Set it up first.', {
      hint: 'POST /api/v1/me/two-factor, then confirm it with a code.',
    });
  return forbidden({ missing: [...missing], resource, grantedBy: ['owner', 'administrator'] });
}
