import { ArchiveFormat, ContainerId, PackResult } from '@bailiwick/contract';
import * as z from 'zod';
import { defineOperation } from '../../foundation/operations/operation.js';
import { StarterScope } from '../../foundation/operations/starter-scope.js';
import type { Work } from './unpack.operation.js';

export const PackPlan = z.object({
  containerId: ContainerId,
  folder: z.string(),
  names: z.array(z.string()),
  to: z.string(),
  format: ArchiveFormat,
  replace: z.boolean(),
  scope: StarterScope.nullable(),
});
export type PackPlan = z.infer<typeof PackPlan>;

interface Tools {
  /** Beside where it goes, anew at every try. */
  write(plan: PackPlan, work: Work): Promise<PackResult>;
  place(plan: PackPlan, work: Work): Promise<void>;
  discard(plan: PackPlan, work: Work): Promise<void>;
}

/** Makes an archive of files and folders; it is in its place when it is whole. */
export const packFiles = (tools: Tools) =>
  defineOperation({
    name: 'files.pack',
    capability: 'files.write',
    input: PackPlan,
    steps: ['pack', 'place'],
    details: ({ folder, names, to }) => ({ path: folder, names, to }),
    run: async (plan, { make, step, progress, signal, ...facts }) => {
      const work: Work = {
        facts,
        signal,
        progress: (done) => progress(null, { code: 'bytes', params: { done } }),
      };
      const made = await make('pack', PackResult, () => tools.write(plan, work), {
        compensate: () => tools.discard(plan, work),
      });
      await step('place', () => tools.place(plan, work));
      return made;
    },
  });
