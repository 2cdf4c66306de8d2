import { PlatformRole, TenantId, UserId } from '@bailiwick/contract';
import * as z from 'zod';
import type { AccountMovesService } from '../../foundation/identity/account-moves.service.js';
import { defineOperation } from '../../foundation/operations/operation.js';
import { starterOf } from '../../foundation/operations/operation.rules.js';

export const MovePlan = z.object({
  userId: UserId,
  username: z.string(),
  from: z.object({
    tenantId: TenantId,
    platformRole: PlatformRole,
    home: z.enum(['system', 'tenant']),
    slug: z.string(),
  }),
  to: z.object({ tenantId: TenantId, platformRole: PlatformRole }),
});
export type MovePlan = z.infer<typeof MovePlan>;

/** From one database to another; at every moment the person is in exactly one tenant, and can sign in there. */
export const movePerson = (moves: AccountMovesService) =>
  defineOperation({
    name: 'people.move',
    capability: 'people.move',
    input: MovePlan,
    steps: ['copy', 'settle', 'clean'],
    cancellable: false,
    run: async ({ userId, username, from, to }, { step, ...facts }) => {
      await step('copy', () => moves.copy(userId, to), { compensate: () => moves.undoCopy(userId, to) });
      await step('settle', () =>
        moves.settle(userId, { from, to }, (tell) =>
          tell('audit', {
            actor: starterOf(facts),
            action: 'people.settle',
            target: { kind: 'user', id: userId, label: username, tenantId: to.tenantId },
            outcome: 'done',
            operationId: facts.id,
            details: {
              tenantId: { from: from.tenantId, to: to.tenantId },
              platformRole: { from: from.platformRole, to: to.platformRole },
            },
          }),
        ),
      );
      await step('clean', () =>
        moves.clean(userId, from.home === 'system' ? { kind: 'system' } : { kind: 'tenant', slug: from.slug }),
      );
    },
  });
