import { BulkAction, BulkResult, ContainerId } from '@bailiwick/contract';
import * as z from 'zod';
import { Slots } from '../../foundation/environments/slots.js';
import { defineOperation, type OperationFacts } from '../../foundation/operations/operation.js';
import { StarterScope } from '../../foundation/operations/starter-scope.js';

export const BulkPlan = z.object({
  action: BulkAction,
  ids: z.array(ContainerId).min(1),
  force: z.boolean(),
  scope: StarterScope.nullable(),
});
export type BulkPlan = z.infer<typeof BulkPlan>;
export type BulkItem = BulkResult['items'][number];

export type Starter = Pick<OperationFacts, 'actorId' | 'via' | 'address'>;

/** One item, by the person's rights of now; answers what came of it, whatever that is. */
export type BulkAct = (
  item: { id: ContainerId; action: BulkAction; force: boolean },
  circumstances: { starter: Starter; scope: BulkPlan['scope']; repeated: boolean; signal: AbortSignal },
) => Promise<BulkItem>;

const AT_ONCE = 4;
/** The same action on many; every item has its own answer. */
export const bulkContainers = (act: BulkAct) =>
  defineOperation({
    name: 'containers.bulk',
    capability: 'containers.see',
    input: BulkPlan,
    steps: ['items'],
    run: ({ action, ids, force, scope }, { actorId, via, address, make, signal, progress }): Promise<BulkResult> =>
      make('items', BulkResult, async (attempt) => {
        const slots = new Slots(AT_ONCE);
        let done = 0;
        const items = await Promise.all(
          ids.map((id) =>
            slots.run(async () => {
              const item = await act(
                { id, action, force },
                { starter: { actorId, via, address }, scope, repeated: attempt > 1, signal },
              );
              done += 1;
              progress((done / ids.length) * 100, { code: 'items', params: { done, of: ids.length } });
              return item;
            }),
          ),
        );
        return { items };
      }),
  });
