import { ContainerId, UnpackResult } from '@bailiwick/contract';
import * as z from 'zod';
import { defineOperation, type OperationFacts } from '../../foundation/operations/operation.js';
import { StarterScope } from '../../foundation/operations/starter-scope.js';

export const UnpackPlan = z.object({
  containerId: ContainerId,
  path: z.string(),
  into: z.string(),
  /** It was not there when this was asked for. */
  isNew: z.boolean(),
  replace: z.boolean(),
  scope: StarterScope.nullable(),
});
export type UnpackPlan = z.infer<typeof UnpackPlan>;

/** What a step works with: whose work it is, and how far it is. */
export interface Work {
  readonly facts: OperationFacts;
  readonly signal: AbortSignal;
  readonly progress: (doneBytes: number, ofBytes: number | null) => void;
}

interface Tools {
  /** Reads all of it and writes nothing. */
  check(plan: UnpackPlan, work: Work): Promise<UnpackResult>;
  /** Beside where it goes, anew at every try. */
  stage(plan: UnpackPlan, total: UnpackResult, work: Work): Promise<void>;
  place(plan: UnpackPlan, work: Work): Promise<void>;
  discard(plan: UnpackPlan, work: Work): Promise<void>;
}

/** Puts what is in an archive into a folder: all of it, once all of it is known to be harmless and is there. */
export const unpackArchive = (tools: Tools) =>
  defineOperation({
    name: 'files.unpack',
    capability: 'files.write',
    input: UnpackPlan,
    steps: ['check', 'unpack', 'place'],
    details: ({ path, into }) => ({ path, to: into }),
    run: async (plan, { make, step, progress, signal, ...facts }) => {
      const work: Work = {
        facts,
        signal,
        progress: (done, of) =>
          progress(of === null || of === 0 ? null : Math.min(100, (done / of) * 100), {
            code: 'bytes',
            params: { done },
          }),
      };
      const total = await make('check', UnpackResult, () => tools.check(plan, work));
      await step('unpack', () => tools.stage(plan, total, work), { compensate: () => tools.discard(plan, work) });
      await step('place', () => tools.place(plan, work));
      return total;
    },
  });
